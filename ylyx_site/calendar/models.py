"""The calendar as a table: an administrator imports what the State Council publishes."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.calendar.rules import DayKind
from ylyx_site.shared.db import Model

STAMP = "calendar"


class CalendarDay(Model):
    """A day that differs from its weekday: a holiday, or a weekend that is worked."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[DayKind]
    name: Mapped[str] = mapped_column(sa.String(40))
    source: Mapped[str] = mapped_column(sa.String(200))
    published_on: Mapped[date | None]

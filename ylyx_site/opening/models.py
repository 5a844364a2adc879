"""Hazards, days that were opened, and care that an emergency has ended."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.shared.db import Model


class Hazard(Model):
    """Something dangerous that was found in the house (隐患), until it is dealt with."""

    __tablename__ = "hazard"

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), index=True)
    words: Mapped[str] = mapped_column(sa.String(200))
    found_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    found_at: Mapped[datetime]
    how: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    closed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    closed_at: Mapped[datetime | None]


class OpenedDay(Model):
    """Who has opened the house on a day, what was not good then, and why it opened all the same."""

    __tablename__ = "opened_day"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 the name is SQLAlchemy's

    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    opened_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    opened_at: Mapped[datetime]
    not_good: Mapped[str] = mapped_column(sa.String(60), default="")
    reason: Mapped[str] = mapped_column(sa.String(200), default="")


class CareClosing(Model):
    """The house, or one class, shut in an emergency from a day to a day, both included."""

    __tablename__ = "care_closing"

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), index=True)
    class_id: Mapped[int | None] = mapped_column(sa.ForeignKey("care_class.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.String(100))
    closed_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    closed_at: Mapped[datetime]
    reopened_at: Mapped[datetime | None]


class ClosedCare(Model):
    """A child's day of care that was ended by a closing and not by the family."""

    __tablename__ = "closed_care"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 the name is SQLAlchemy's

    care_day_id: Mapped[int] = mapped_column(sa.ForeignKey("care_day.id"), primary_key=True)
    closing_id: Mapped[int] = mapped_column(sa.ForeignKey("care_closing.id"), index=True)

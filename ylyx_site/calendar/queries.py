"""Reading the calendar."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.calendar.models import CalendarDay
from ylyx_site.calendar.rules import WorkingCalendar

# Limits count working days before and after a day; no break of the year is longer than this.
MARGIN = timedelta(days=31)


def working_calendar(session: Session, first: date, last: date) -> WorkingCalendar:
    """The calendar for the days `first`..`last` (both included), in one query.

    Knows the whole years that these days, and the month around them, lie in: counting working
    days over New Year is right. Callers pass it on instead of asking again.
    """
    rows = session.execute(
        sa.select(CalendarDay.day, CalendarDay.kind, CalendarDay.published_on).where(
            CalendarDay.day >= date((first - MARGIN).year, 1, 1),
            CalendarDay.day <= date((last + MARGIN).year, 12, 31),
        )
    ).all()
    published = {row.day.year for row in rows if row.published_on is not None}
    return WorkingCalendar({row.day: row.kind for row in rows}, published)


def is_published(session: Session, year: int) -> bool:
    """Whether the 调休 notice of that year is in the table."""
    dated = sa.select(CalendarDay.day).where(
        CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)),
        CalendarDay.published_on.is_not(None),
    )
    return bool(session.scalar(sa.select(dated.exists())))

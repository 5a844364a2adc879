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
    years = {
        "first": date((first - MARGIN).year, 1, 1), "last": date((last + MARGIN).year, 12, 31)
    }  # fmt: skip
    rows = session.connection().execute(_BETWEEN, years).all()
    published = {day.year for day, _, published_on in rows if published_on is not None}
    return WorkingCalendar({day: kind for day, kind, _ in rows}, published)


_BETWEEN = sa.select(CalendarDay.day, CalendarDay.kind, CalendarDay.published_on).where(
    CalendarDay.day.between(sa.bindparam("first"), sa.bindparam("last"))
)


def is_published(session: Session, year: int) -> bool:
    """Whether the 调休 notice of that year is in the table."""
    dated = sa.select(CalendarDay.day).where(
        CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)),
        CalendarDay.published_on.is_not(None),
    )
    return bool(session.scalar(sa.select(dated.exists())))

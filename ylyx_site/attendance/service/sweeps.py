"""A forgotten check-out ends at closing time, with a flag, never silently."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.models import Attendance
from ylyx_site.calendar.queries import working_calendar
from ylyx_site.childcare.models import CareDay
from ylyx_site.facilities.queries.opening import opening_on
from ylyx_site.journal.service import note
from ylyx_site.shared import clock
from ylyx_site.shared.spans import MINUTES_OF_A_DAY


def end_forgotten(session: Session, now: datetime) -> int:
    """End whoever is still there though the house has closed and all care of the day is over.

    Returns how many check-outs were ended; running twice ends nothing more.
    """
    today = clock.day_of(now)
    houses = session.execute(
        sa.select(CareDay.facility_id, CareDay.day, sa.func.max(CareDay.ends))
        .join(Attendance, Attendance.care_day_id == CareDay.id)
        .where(Attendance.left_at.is_(None), CareDay.day <= today)
        .group_by(CareDay.facility_id, CareDay.day)
        .having(sa.or_(CareDay.day < today, sa.func.max(CareDay.ends) <= clock.minute_of(now)))
        .order_by(CareDay.day, CareDay.facility_id)
    ).all()
    ended = 0
    for facility_id, day, last_end in houses:
        closed_at = clock.instant_at(day, _closes(session, facility_id, day, last_end))
        if closed_at <= now:
            ended += _end(session, facility_id, day, closed_at, now)
    return ended


def _closes(session: Session, facility_id: int, day: date, last_end: int) -> int:
    """The minute at which the house closes; without hours that day, the end of the last care."""
    calendar = working_calendar(session, day, day)
    opening = opening_on(session, [facility_id], day, day, calendar)[facility_id, day]
    return min(opening.span.end if opening.span else last_end, MINUTES_OF_A_DAY)


def _end(session: Session, facility_id: int, day: date, closed_at: datetime, now: datetime) -> int:
    here = sa.select(CareDay.id).where(CareDay.facility_id == facility_id, CareDay.day == day)
    arrived = (
        sa.select(CareDay.arrived_at).where(CareDay.id == Attendance.care_day_id).scalar_subquery()
    )
    ended = session.scalars(
        sa.update(Attendance)
        .where(Attendance.care_day_id.in_(here), Attendance.left_at.is_(None))
        .values(
            left_at=sa.case((arrived > closed_at, arrived), else_=closed_at),
            forgotten=True,
            step=None,
            step_by=None,
            step_at=None,
        )
        .returning(Attendance.care_day_id)
        .execution_options(synchronize_session=False)
    ).all()
    for day_id in sorted(ended):
        note(
            session, "attendance.forgotten", f"care_day:{day_id}", actor_id=None,
            facility_id=facility_id, now=now,
        )  # fmt: skip
    return len(ended)

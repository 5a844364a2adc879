"""Leave, sickness included: shifts stay on the roster, and no longer count."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.facilities.queries import opening_on
from ylyx_site.facilities.service.checks import from_today_on
from ylyx_site.shared.spans import DaySpan, TimeSpan
from ylyx_site.staffing.errors import LeaveTooLong
from ylyx_site.staffing.kinds import ShiftKind
from ylyx_site.staffing.models import Shift
from ylyx_site.staffing.queries.carers import CarerFacts, carer_of
from ylyx_site.staffing.queries.shifts import busy_masks, shift_of, shifts_between
from ylyx_site.staffing.service.following import following
from ylyx_site.staffing.service.keeping import keep_time, noted
from ylyx_site.staffing.wishes import LeaveWish

LONGEST = timedelta(days=366)


def take_leave(
    session: Session,
    facility_id: int,
    wish: LeaveWish,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Turn the shifts of a carer on these days into leave; days without any get one, if free.

    Nobody's booking is dropped. Raises `NotFound`, `InThePast`, `LeaveTooLong`.
    """
    carer = carer_of(session, facility_id, wish.carer_id)
    from_today_on(wish.first_day, now, "first_day")
    if not wish.first_day <= wish.last_day <= wish.first_day + LONGEST:
        raise LeaveTooLong("last_day")
    days = DaySpan(wish.first_day, wish.last_day)
    with following(session, facility_id, days, confirmed=confirmed):
        rostered = _turn(session, facility_id, carer, days)
        for day, span in _free_days(session, facility_id, carer, days).items():
            if day not in rostered:
                keep_time(session, carer, [day], span)
                session.add(
                    Shift(
                        facility_id=facility_id, carer_id=carer.id, class_id=None, day=day,
                        starts=span.start, ends=span.end, kind=ShiftKind.LEAVE,
                    )
                )  # fmt: skip
        noted(
            session, "leave_taken", f"carer:{carer.id}", facility_id,
            actor_id=actor_id, now=now, detail=f"{wish.first_day}..{wish.last_day}",
        )  # fmt: skip


def _turn(session: Session, facility_id: int, carer: CarerFacts, days: DaySpan) -> set[date]:
    """Make leave of what is on the roster; returns the days that have something."""
    found = [
        one for one in shifts_between(session, facility_id, days) if one.carer.id == carer.id
    ]  # fmt: skip
    for one in found:
        shift_of(session, facility_id, one.id).kind = ShiftKind.LEAVE
    return {one.day for one in found}


def _free_days(
    session: Session, facility_id: int, carer: CarerFacts, days: DaySpan
) -> dict[date, TimeSpan]:
    """Open days on which the carer is here and nowhere else, with their opening hours."""
    calendar = working_calendar(session, days.first, days.last)
    opening = opening_on(session, [facility_id], days.first, days.last, calendar)
    busy = busy_masks(session, {carer.worker_id}, days)
    spans = {day: opening[facility_id, day].span for day in days.days() if carer.is_there(day)}
    return {
        day: span
        for day, span in spans.items()
        if span is not None and not busy.get((carer.worker_id, day), 0) & span.mask
    }

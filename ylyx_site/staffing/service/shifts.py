"""Shifts: planned, moved, taken off."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.facilities.service.checks import from_today_on, hours
from ylyx_site.places.busy import Presence, free
from ylyx_site.shared import clock
from ylyx_site.shared.spans import DaySpan, TimeSpan
from ylyx_site.staffing.errors import NoDays
from ylyx_site.staffing.models import Shift
from ylyx_site.staffing.queries.carers import carer_of
from ylyx_site.staffing.queries.shifts import CARER, shift_of
from ylyx_site.staffing.service.following import following, plan_weeks, weeks_around
from ylyx_site.staffing.service.keeping import (
    keep_time,
    noted,
    refuse_absent,
    refuse_class,
    refuse_shut,
)
from ylyx_site.staffing.wishes import ShiftChange, ShiftEnd, ShiftWish


def plan_shift(
    session: Session,
    facility_id: int,
    wish: ShiftWish,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Put the same shift on the roster for each of its days; their weeks are planned from then on.

    Raises `NotFound` for another facility's carer or class, `OnAnotherRoster`, `NoDays`,
    `InThePast`, `ShutThatDay`, `ClassNotThere`, `CarerNotThere`, and what `hours` raises.
    """
    carer = carer_of(session, facility_id, wish.carer_id)
    days = sorted(set(wish.days))
    if not days:
        raise NoDays("days")
    from_today_on(days[0], now, "days")
    span = hours(wish.starts, wish.ends, "ends")
    refuse_class(session, facility_id, wish.class_id, wish.kind, days)
    refuse_absent(carer, days)
    refuse_shut(session, facility_id, days)
    with following(
        session, facility_id, weeks_around(days, clock.day_of(now)), confirmed=confirmed
    ):
        plan_weeks(session, facility_id, days)
        keep_time(session, carer, days, span)
        session.add_all(
            Shift(
                facility_id=facility_id, carer_id=carer.id, class_id=wish.class_id, day=day,
                starts=span.start, ends=span.end, kind=wish.kind,
            )
            for day in days
        )  # fmt: skip
        noted(
            session, "shift_planned", f"carer:{carer.id}", facility_id,
            actor_id=actor_id, now=now,
            detail=f"{wish.kind} {span} class {wish.class_id} {' '.join(map(str, days))}",
        )  # fmt: skip


def change_shift(
    session: Session,
    facility_id: int,
    wish: ShiftChange,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Give a shift another carer, class, time or kind. Raises as `plan_shift` does."""
    shift = shift_of(session, facility_id, wish.shift_id)
    carer = carer_of(session, facility_id, wish.carer_id)
    from_today_on(shift.day, now, None)
    span = hours(wish.starts, wish.ends, "ends")
    refuse_class(session, facility_id, wish.class_id, wish.kind, [shift.day])
    refuse_absent(carer, [shift.day])
    with following(session, facility_id, DaySpan(shift.day, shift.day), confirmed=confirmed):
        _let_go(session, facility_id, shift)
        keep_time(session, carer, [shift.day], span)
        shift.carer_id, shift.class_id, shift.kind = carer.id, wish.class_id, wish.kind
        shift.starts, shift.ends = span.start, span.end
        noted(
            session, "shift_changed", f"shift:{shift.id}", facility_id, actor_id=actor_id, now=now,
            detail=f"{wish.kind} {shift.day} {span} class {wish.class_id} carer {carer.id}",
        )  # fmt: skip


def remove_shift(
    session: Session,
    facility_id: int,
    wish: ShiftEnd,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Take a shift off the roster. Raises `NotFound`, `InThePast`."""
    shift = shift_of(session, facility_id, wish.shift_id)
    from_today_on(shift.day, now, None)
    with following(session, facility_id, DaySpan(shift.day, shift.day), confirmed=confirmed):
        take_off(session, facility_id, shift)
        noted(
            session, "shift_removed", f"shift:{shift.id}", facility_id, actor_id=actor_id, now=now,
            detail=f"{shift.kind} {shift.day} class {shift.class_id} carer {shift.carer_id}",
        )  # fmt: skip


def take_off(session: Session, facility_id: int, shift: Shift) -> None:
    """Delete a shift and let its carer's time go."""
    _let_go(session, facility_id, shift)
    session.delete(shift)


def _let_go(session: Session, facility_id: int, shift: Shift) -> None:
    worker_id = carer_of(session, facility_id, shift.carer_id).worker_id
    free(session, CARER, [Presence(worker_id, shift.day, TimeSpan(shift.starts, shift.ends))])

"""Whole weeks: copied from the week before; and the day from which the roster counts."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from ylyx_site.facilities.queries import class_caps_between
from ylyx_site.facilities.service.checks import from_today_on
from ylyx_site.places.busy import Presence, occupy
from ylyx_site.shared import clock
from ylyx_site.shared.spans import DaySpan
from ylyx_site.staffing.errors import NothingToCopy, RosterCounts
from ylyx_site.staffing.kinds import ShiftKind
from ylyx_site.staffing.models import RosterStart, Shift
from ylyx_site.staffing.queries.shifts import (
    CARER,
    ShiftFacts,
    busy_masks,
    last_planned_day,
    monday_of,
    shifts_between,
)
from ylyx_site.staffing.service.following import following, plan_weeks, weeks_around
from ylyx_site.staffing.service.keeping import noted, open_days, refusing_twice
from ylyx_site.staffing.wishes import CopyWish, StartWish

WEEK = timedelta(days=7)


def copy_week(
    session: Session,
    facility_id: int,
    wish: CopyWish,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Plan a week as the week before was, leave counted as the duty that it was.

    What cannot be is left out: past and shut days, classes and carers that are not there, carers
    who are busy then. Raises `InThePast`, `NothingToCopy`.
    """
    monday = monday_of(wish.monday)
    from_today_on(monday + WEEK - timedelta(days=1), now, None)
    week = DaySpan(monday, monday + WEEK - timedelta(days=1))
    today = clock.day_of(now)
    with following(session, facility_id, weeks_around([week.last], today), confirmed=confirmed):
        copied = _copies(session, facility_id, week, today=today)
        if not copied:
            raise NothingToCopy
        plan_weeks(session, facility_id, [monday])
        _write(session, facility_id, copied)
        noted(
            session, "week_copied", f"facility:{facility_id}", facility_id,
            actor_id=actor_id, now=now, detail=f"{monday} {len(copied)} shifts",
        )  # fmt: skip


def left_out(session: Session, facility_id: int, monday: date) -> list[ShiftFacts]:
    """Duty of the week before that this week has not, by carer, weekday and time."""
    week = DaySpan(monday, monday + WEEK - timedelta(days=1))
    there = {
        (one.carer.id, one.day, one.span) for one in shifts_between(session, facility_id, week)
    }
    return [
        one
        for one in _before(session, facility_id, week)
        if (one.carer.id, one.day + WEEK, one.span) not in there
    ]


def start_counting(
    session: Session,
    facility_id: int,
    wish: StartWish,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Let the roster limit the places from a day on, in the weeks that are planned.

    The day may be moved until it has come. Raises `InThePast`, `RosterCounts`.
    """
    from_today_on(wish.from_day, now)
    row = session.get(RosterStart, facility_id)
    if row is not None and row.from_day <= clock.day_of(now):
        raise RosterCounts("from_day")
    first = min(wish.from_day, row.from_day) if row is not None else wish.from_day
    last = max(last_planned_day(session, facility_id) or first, first)
    with following(session, facility_id, DaySpan(first, last), confirmed=confirmed):
        if row is None:
            row = RosterStart(facility_id=facility_id)
            session.add(row)
        row.from_day = wish.from_day
        noted(
            session, "roster_started", f"facility:{facility_id}", facility_id,
            actor_id=actor_id, now=now, detail=str(wish.from_day),
        )  # fmt: skip


def _before(session: Session, facility_id: int, week: DaySpan) -> list[ShiftFacts]:
    before = shifts_between(session, facility_id, DaySpan(week.first - WEEK, week.last - WEEK))
    return [one for one in before if one.class_id and one.kind is not ShiftKind.TRAINING]


def _copies(
    session: Session, facility_id: int, week: DaySpan, *, today: date
) -> list[ShiftFacts]:  # fmt: skip
    """The shifts of the week before that can be had again; their days are still the old ones."""
    before = _before(session, facility_id, week)
    is_open = open_days(session, facility_id, week.days())
    caps = class_caps_between(session, [facility_id], week.first, week.last)
    busy = busy_masks(session, {one.carer.worker_id for one in before}, week)
    return [
        one
        for one in before
        if (day := one.day + WEEK) >= today
        and day in is_open
        and (one.class_id, day) in caps
        and one.carer.is_there(day)
        and not busy.get((one.carer.worker_id, day), 0) & one.span.mask
    ]


def _write(session: Session, facility_id: int, copied: Iterable[ShiftFacts]) -> None:
    for one in copied:
        with refusing_twice({one.carer.worker_id: one.carer.name}):
            occupy(session, CARER, [Presence(one.carer.worker_id, one.day + WEEK, one.span)])
        session.add(
            Shift(
                facility_id=facility_id, carer_id=one.carer.id, class_id=one.class_id,
                day=one.day + WEEK, starts=one.span.start, ends=one.span.end, kind=ShiftKind.DUTY,
            )
        )  # fmt: skip

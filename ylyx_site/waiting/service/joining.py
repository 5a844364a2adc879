"""Joining a queue, pausing, coming back, leaving."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.errors import AlreadyBooked, DayFull
from ylyx_site.childcare.policy import Planned, make_plan
from ylyx_site.facilities.queries import facilities_of, facility_of
from ylyx_site.journal.service import note
from ylyx_site.places.gains import mark
from ylyx_site.shared.identifiers import public_code
from ylyx_site.shared.refusals import Refusal
from ylyx_site.waiting import errors
from ylyx_site.waiting.kinds import LIVE, Event
from ylyx_site.waiting.models import WaitingChild, WaitingDay, WaitingEntry, WaitingHouse
from ylyx_site.waiting.queries.terms import terms_of
from ylyx_site.waiting.rules.order import ORDINARY
from ylyx_site.waiting.rules.wishes import JoinWish
from ylyx_site.waiting.service.lines import line, lock_queues, write

MOST_HOUSES = 5


@dataclass(frozen=True, slots=True)
class Need:
    """What would be waited for: the days, the plan at each nursery, and what is free already."""

    days: tuple[date, ...]
    plans: dict[int, Planned]
    free_days: tuple[date, ...]


def need_of(session: Session, wish: JoinWish, *, account_id: int, now: datetime) -> Need:
    """What can be waited for: days that are full at one of the nurseries and free at none.

    Raises `StillFree` when nothing is full, `NoHouse`, `TooManyHouses`, the refusal of the first
    day when none of them could ever be, and what `make_plan` raises.
    """
    houses = dict.fromkeys(wish.facility_ids)
    if not houses:
        raise errors.NoHouse("facility_id")
    if len(houses) > MOST_HOUSES:
        raise errors.TooManyHouses("facility_id", most=MOST_HOUSES)
    plans = {
        one: make_plan(session, replace(wish.care, facility_id=one), account_id=account_id, now=now)
        for one in houses
    }
    free = {day for made in plans.values() for day in made.plan.days}
    full = _left_out(plans, DayFull)
    days = full | free if wish.together and full else full - free
    if not days:
        raise _why_not(session, plans, free)
    return Need(tuple(sorted(days)), plans, tuple(sorted(free)))


def _left_out(plans: dict[int, Planned], why: type[Refusal]) -> set[date]:
    return {
        one.day
        for made in plans.values()
        for one in made.plan.left_out
        if isinstance(one.refusal, why)
    }


def _why_not(session: Session, plans: dict[int, Planned], free: set[date]) -> Refusal:
    left_out = [one.refusal for made in plans.values() for one in made.plan.left_out]
    if not free and left_out:
        busy = [one for one in left_out if isinstance(one, AlreadyBooked)]
        return (busy or left_out)[0]
    house = next((one for one, made in plans.items() if made.plan.days), next(iter(plans)))
    return errors.StillFree(name=facility_of(session, house).name)


def around(
    session: Session,
    wish: JoinWish,
    need: Need,
    facility_ids: Sequence[int],
    *,
    account_id: int,
    now: datetime,
) -> dict[int, bool]:
    """Of other nurseries, where the same could be had: whether there is a place on one of the days.

    Those that take no such child, or have no such care on any of the days, are left out.
    """
    found: dict[int, bool] = {}
    for one in facility_ids:
        care = replace(wish.care, facility_id=one, days=need.days, pattern=None)
        try:
            made = make_plan(session, care, account_id=account_id, now=now)
        except Refusal:
            continue
        if made.plan.days or _left_out({one: made}, DayFull):
            found[one] = bool(made.plan.days)
    return found


def join(
    session: Session,
    wish: JoinWish,
    *,
    actor_id: int,
    now: datetime,
    clerk_id: int | None = None,
) -> str:
    """Join the queues; returns the entry's code. Raises what `need_of` raises, and the limits'.

    `QueueFull`, `TooManyEntries`, `AlreadyWaiting`. `clerk_id`: who does it for a caller, whose
    account `actor_id` is.
    """
    lock_queues(session, wish.facility_ids)
    need = need_of(session, wish, account_id=actor_id, now=now)
    _refuse_limits(session, wish, need)
    care = wish.care
    entry = WaitingEntry(
        code=public_code(8), account_id=actor_id, kind=care.kind, half=care.half,
        starts=care.start, ends=care.end, together=wish.together, joined_at=now,
    )  # fmt: skip
    session.add(entry)
    session.flush()
    session.add_all(WaitingDay(entry_id=entry.id, day=day) for day in need.days)
    session.add_all(WaitingChild(entry_id=entry.id, child_id=one) for one in care.child_ids)
    for facility_id in sorted(need.plans):
        joined = line(
            0, Event.JOINED, days=need.days, span=need.plans[facility_id].plan.span,
            children=len(care.child_ids), rank=ORDINARY,
        )  # fmt: skip
        _stand_in_line(session, entry.id, facility_id, joined, now)
    note(
        session, "waiting.joined", f"waiting:{entry.code}", actor_id=clerk_id or actor_id,
        facility_id=wish.facility_ids[0], detail=f"{len(need.days)} {need.days[0]}", now=now,
    )  # fmt: skip
    return entry.code


def _stand_in_line(
    session: Session, entry_id: int, facility_id: int, joined: dict[str, Any], now: datetime
) -> None:
    """Give the entry the next number of a queue, whose moment is that of its line."""
    last = session.scalar(
        sa.select(sa.func.max(WaitingHouse.number)).where(WaitingHouse.facility_id == facility_id)
    )
    number = (last or 0) + 1
    at = write(session, facility_id, [joined | {"number": number}], now)
    session.add(
        WaitingHouse(
            entry_id=entry_id, facility_id=facility_id, number=number, joined_at=at,
            starts=joined["starts"], ends=joined["ends"],
        )
    )  # fmt: skip
    session.flush()
    mark(session, [facility_id])  # a place may have been left that only a queue can see


def _refuse_limits(session: Session, wish: JoinWish, need: Need) -> None:
    live = sa.select(WaitingEntry.id).where(WaitingEntry.state.in_(LIVE))
    rows = session.execute(
        sa.select(WaitingHouse.facility_id, sa.func.count())
        .where(WaitingHouse.facility_id.in_(need.plans), WaitingHouse.entry_id.in_(live))
        .group_by(WaitingHouse.facility_id)
    )
    lengths = {facility_id: count for facility_id, count in rows}  # noqa: C416 rows are not pairs
    by_child = _entries_by_child(session, wish.care.child_ids)
    names = facilities_of(session, list(need.plans))
    for facility_id in need.plans:
        terms = terms_of(session, facility_id)
        if lengths.get(facility_id, 0) >= terms.most_waiting:
            raise errors.QueueFull(name=names[facility_id].name, most=terms.most_waiting)
        if max(by_child.values(), default=0) >= terms.most_per_child:
            raise errors.TooManyEntries(most=terms.most_per_child)
    if _is_there_already(session, wish, need):
        raise errors.AlreadyWaiting


def _entries_by_child(session: Session, child_ids: Sequence[int]) -> Counter[int]:
    rows = session.scalars(
        sa.select(WaitingChild.child_id)
        .join(WaitingEntry, WaitingEntry.id == WaitingChild.entry_id)
        .where(WaitingEntry.state.in_(LIVE), WaitingChild.child_id.in_(child_ids))
    )
    return Counter(rows)


def _is_there_already(session: Session, wish: JoinWish, need: Need) -> bool:
    """Whether one of the children waits for an hour of the same days at one of these nurseries."""
    rows = session.execute(
        sa.select(WaitingHouse.facility_id, WaitingHouse.starts, WaitingHouse.ends)
        .join(WaitingEntry, WaitingEntry.id == WaitingHouse.entry_id)
        .join(WaitingChild, WaitingChild.entry_id == WaitingEntry.id)
        .join(WaitingDay, WaitingDay.entry_id == WaitingEntry.id)
        .where(
            WaitingEntry.state.in_(LIVE),
            WaitingChild.child_id.in_(wish.care.child_ids),
            WaitingHouse.facility_id.in_(need.plans),
            WaitingDay.day.in_(need.days),
        )
        .distinct()
    )
    spans = {one: made.plan.span for one, made in need.plans.items()}
    return any(
        starts < spans[facility_id].end and spans[facility_id].start < ends
        for facility_id, starts, ends in rows
    )

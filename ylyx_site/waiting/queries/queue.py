"""The queues of nurseries, as the rule sees them: a fixed number of queries for any length."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.rules.planning import Child
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.families.kinds import BondState
from ylyx_site.families.models import Bond, Person
from ylyx_site.shared.spans import TimeSpan
from ylyx_site.waiting.kinds import LIVE, EntryState, NeedState
from ylyx_site.waiting.models import (
    PriorityClaim,
    PriorityGroup,
    WaitingChild,
    WaitingDay,
    WaitingEntry,
    WaitingHouse,
)
from ylyx_site.waiting.rules.order import Priority, Waiting, in_order

FOREVER = date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Queued:
    """An entry in the queue of one facility. `children`: those whom the account may act for."""

    entry_id: int
    code: str
    account_id: int
    facility_id: int
    state: EntryState
    kind: CareKind
    half: str
    starts: int | None
    ends: int | None
    together: bool
    children: tuple[Child, ...]
    waiting: Waiting


def queues_of(
    session: Session,
    facility_ids: Collection[int],
    today: date,
    *,
    days: Collection[date] | None = None,
) -> dict[int, list[Queued]]:
    """The live entries by facility, in order; with `days` only those who wait for one of them."""
    houses = session.execute(_houses(facility_ids, days)).all()
    ids = _ids(facility_ids, days)
    needs = _needs(session, ids)
    children = _children(session, ids)
    priorities = _priorities(session, ids, facility_ids)
    found: dict[int, dict[int, Queued]] = defaultdict(dict)
    for row in houses:
        entry, house = row
        waiting = Waiting(
            house.number, house.joined_at, TimeSpan(house.starts, house.ends),
            tuple(needs.get(entry.id, ())),
            tuple(priorities.get((entry.id, house.facility_id), ())),
        )  # fmt: skip
        found[house.facility_id][house.number] = Queued(
            entry.id, entry.code, entry.account_id, house.facility_id, entry.state, entry.kind,
            entry.half, entry.starts, entry.ends, entry.together,
            children.get(entry.id, ()), waiting,
        )  # fmt: skip
    return {
        facility_id: [
            by_number[one.number]
            for one in in_order([each.waiting for each in by_number.values()], today)
        ]
        for facility_id, by_number in found.items()
    }


def _houses(facility_ids: Collection[int], days: Collection[date] | None) -> Any:
    return (
        sa.select(WaitingEntry, WaitingHouse)
        .join(WaitingHouse, WaitingHouse.entry_id == WaitingEntry.id)
        .where(
            WaitingHouse.facility_id.in_(facility_ids),
            WaitingEntry.id.in_(_ids(facility_ids, days)),
        )
        .execution_options(populate_existing=True)
    )


def _ids(facility_ids: Collection[int], days: Collection[date] | None) -> sa.Select[int]:
    """The entries in question, as a part of each query."""
    ids = (
        sa.select(WaitingEntry.id)
        .join(WaitingHouse, WaitingHouse.entry_id == WaitingEntry.id)
        .where(WaitingHouse.facility_id.in_(facility_ids), WaitingEntry.state.in_(LIVE))
    )
    if days is None:
        return ids
    return ids.where(
        sa.exists().where(
            WaitingDay.entry_id == WaitingEntry.id,
            WaitingDay.state == NeedState.OPEN,
            WaitingDay.day.in_(days),
        )
    )


def _needs(session: Session, ids: sa.Select[int]) -> dict[int, list[date]]:
    needs: dict[int, list[date]] = defaultdict(list)
    rows = session.execute(
        sa.select(WaitingDay.entry_id, WaitingDay.day)
        .where(WaitingDay.entry_id.in_(ids), WaitingDay.state == NeedState.OPEN)
        .order_by(WaitingDay.day)
    )
    for entry_id, day in rows:
        needs[entry_id].append(day)
    return needs


def _children(session: Session, ids: sa.Select[int]) -> dict[int, tuple[Child, ...]]:
    """By entry: its children, if its account may still act for all of them; else nobody."""
    rows = session.execute(
        sa.select(WaitingChild.entry_id, Person.id, Person.name, Person.born_on, Bond.account_id)
        .join(WaitingEntry, WaitingEntry.id == WaitingChild.entry_id)
        .join(Person, Person.id == WaitingChild.child_id)
        .outerjoin(
            Bond,
            sa.and_(
                Bond.person_id == Person.id,
                Bond.account_id == WaitingEntry.account_id,
                Bond.state == BondState.LIVE,
                Bond.ended_at.is_(None),
                Person.ended_at.is_(None),
            ),
        )
        .where(WaitingChild.entry_id.in_(ids))
        .order_by(Person.id)
    )
    named: dict[int, list[Child]] = defaultdict(list)
    others: set[int] = set()
    for entry_id, child_id, name, born_on, account_id in rows:
        named[entry_id].append(Child(child_id, name, born_on))
        if account_id is None:
            others.add(entry_id)
    return {
        entry_id: () if entry_id in others else tuple(children)
        for entry_id, children in named.items()
    }


def _priorities(
    session: Session, ids: sa.Select[int], facility_ids: Collection[int]
) -> dict[tuple[int, int], list[Priority]]:
    """Confirmed priorities by (entry, facility)."""
    rows = session.execute(
        sa.select(
            PriorityClaim.entry_id, WaitingHouse.facility_id, PriorityGroup.rank,
            PriorityClaim.confirmed_on, PriorityClaim.valid_to,
        )
        .join(PriorityGroup, PriorityGroup.id == PriorityClaim.group_id)
        .join(WaitingHouse, WaitingHouse.entry_id == PriorityClaim.entry_id)
        .where(
            PriorityClaim.entry_id.in_(ids),
            WaitingHouse.facility_id == PriorityClaim.facility_id,
            WaitingHouse.facility_id.in_(facility_ids),
        )
    )  # fmt: skip
    found: dict[tuple[int, int], list[Priority]] = defaultdict(list)
    for entry_id, facility_id, rank, first, last in rows:
        if first is not None:
            found[entry_id, facility_id].append(Priority(rank, first, last or FOREVER))
    return found

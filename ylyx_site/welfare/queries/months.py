"""The month in numbers: checks, and how many people in special hardship were visited.

A person counts who was recognised as in special hardship on a day of the month and had a meal from
the canteen in it: of others the canteen knows nothing. Visited is who was seen at home at least
once: a meal handed over at the own door (not to a neighbour, not at the window), or a check in
which a neighbour or the grid worker saw the person. Who was only reached by telephone is counted
apart, and not as visited.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.families.models import Person, PersonGroup
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.shared.months import days_of
from ylyx_site.shared.months import month_of as month_of_day
from ylyx_site.shared.spans import DaySpan
from ylyx_site.welfare.kinds import HARDSHIP, Outcome, StepKind, Why
from ylyx_site.welfare.models import WelfareCheck, WelfareStep

# Who got which meal stands in a room above this one; its table is read by name, as scopes are.
HANDOVER = sa.table(
    "meal_handover", sa.column("ordered_meal_id", sa.Integer), sa.column("how", sa.String)
)
DELIVERED = "delivered"
SEEN = (StepKind.NEIGHBOUR, StepKind.GRID_WORKER)


@dataclass(frozen=True, slots=True)
class Month:
    """Numbers of a canteen's month up to today; `minutes` is the mean length of ended checks."""

    opened: int = 0
    still_open: int = 0
    minutes: int | None = None
    people: int = 0
    visited: int = 0
    only_called: int = 0

    @property
    def percent(self) -> int | None:
        """月探访率 in whole percent, rounded down; None where there is nobody to visit."""
        return self.visited * 100 // self.people if self.people else None


def month_of(session: Session, facility_ids: Collection[int], days: DaySpan) -> dict[int, Month]:
    """The numbers of each of these canteens for the days of a month; five queries."""
    people = _pairs(session, _in_hardship(facility_ids, days))
    at_door = _pairs(session, _handed_at_door(facility_ids, days))
    steps = _reached(session, facility_ids, days)
    seen = at_door | {(one, person) for one, person, kind in steps if kind in SEEN}
    called = {(one, person) for one, person, _kind in steps} - seen
    checks = _checks(session, facility_ids, days)
    counted = {name: _by_canteen(pairs & people) for name, pairs in
               (("people", people), ("visited", seen), ("only_called", called))}  # fmt: skip
    return {
        one: replace(checks.get(one, Month()), **{name: n[one] for name, n in counted.items()})
        for one in facility_ids
    }


class Visited(NamedTuple):
    """A person in special hardship who eats at the canteen: seen at home, or only called."""

    name: str
    at_door: bool
    by_somebody: bool
    only_called: bool

    @property
    def is_visited(self) -> bool:
        """Whether the person counts as visited."""
        return self.at_door or self.by_somebody


class CheckLine(NamedTuple):
    """A check of the month as a supervisor reads it: without what was said."""

    name: str
    day: date
    meal: Meal
    why: Why
    opened_at: datetime
    ended_at: datetime | None
    outcome: Outcome | None


def people_of(session: Session, facility_id: int, days: DaySpan) -> list[Visited]:
    """The people whom `Month.people` counts, by name: its rows. Five queries."""
    ids = [facility_id]
    people = {person for _one, person in _pairs(session, _in_hardship(ids, days))}
    at_door = {person for _one, person in _pairs(session, _handed_at_door(ids, days))}
    steps = _reached(session, ids, days)
    seen = {person for _one, person, kind in steps if kind in SEEN}
    called = {person for _one, person, _kind in steps} - seen - at_door
    names = session.execute(
        sa.select(Person.id, Person.name)
        .where(Person.id.in_(people))
        .order_by(Person.search_text, Person.id)
    )
    return [Visited(name, one in at_door, one in seen, one in called) for one, name in names]


def checks_of(session: Session, facility_id: int, days: DaySpan) -> list[CheckLine]:
    """The checks that `Month.opened` counts, the latest first."""
    rows = session.execute(
        sa.select(
            Person.name, WelfareCheck.day, WelfareCheck.meal, WelfareCheck.why,
            WelfareCheck.opened_at, WelfareCheck.ended_at, WelfareCheck.outcome,
        )
        .join(Person, Person.id == WelfareCheck.person_id)
        .where(*_of([facility_id], days))
        .order_by(WelfareCheck.opened_at.desc(), WelfareCheck.id.desc())
    )  # fmt: skip
    return [CheckLine(*row) for row in rows]


def _by_canteen(pairs: Iterable[tuple[int, int]]) -> Counter[int]:
    return Counter(facility_id for facility_id, _person in pairs)


def _pairs(session: Session, statement: sa.Select[int, int]) -> set[tuple[int, int]]:
    return {(row[0], row[1]) for row in session.execute(statement)}


def _in_hardship(facility_ids: Collection[int], days: DaySpan) -> sa.Select[int, int]:
    return (
        sa.select(OrderedMeal.facility_id, OrderedMeal.person_id)
        .join(PersonGroup, PersonGroup.person_id == OrderedMeal.person_id)
        .where(
            OrderedMeal.facility_id.in_(facility_ids),
            OrderedMeal.day.between(days.first, days.last),
            OrderedMeal.state == MealState.ORDERED,
            PersonGroup.group.in_(HARDSHIP),
            PersonGroup.valid_from <= days.last,
            sa.or_(PersonGroup.valid_to.is_(None), PersonGroup.valid_to >= days.first),
        )
        .distinct()
    )


def _handed_at_door(facility_ids: Collection[int], days: DaySpan) -> sa.Select[int, int]:
    return (
        sa.select(OrderedMeal.facility_id, OrderedMeal.person_id)
        .join(HANDOVER, HANDOVER.c.ordered_meal_id == OrderedMeal.id)
        .where(
            OrderedMeal.facility_id.in_(facility_ids),
            OrderedMeal.day.between(days.first, days.last),
            HANDOVER.c.how == DELIVERED,
        )
        .distinct()
    )


def _reached(
    session: Session, facility_ids: Collection[int], days: DaySpan
) -> set[tuple[int, int, StepKind]]:
    rows = session.execute(
        sa.select(WelfareCheck.facility_id, WelfareCheck.person_id, WelfareStep.kind)
        .join(WelfareStep, WelfareStep.check_id == WelfareCheck.id)
        .where(*_of(facility_ids, days), WelfareStep.reached)
    )
    return {(row[0], row[1], row[2]) for row in rows}


def _checks(session: Session, facility_ids: Collection[int], days: DaySpan) -> dict[int, Month]:
    rows = session.execute(
        sa.select(WelfareCheck.facility_id, WelfareCheck.opened_at, WelfareCheck.ended_at)
        .where(*_of(facility_ids, days))
        .order_by(WelfareCheck.id)
    ).all()
    found: dict[int, Month] = {}
    for facility_id in {row.facility_id for row in rows}:
        mine = [row for row in rows if row.facility_id == facility_id]
        took = [row.ended_at - row.opened_at for row in mine if row.ended_at is not None]
        seconds = sum(one.total_seconds() for one in took)
        minutes = int(seconds / len(took) // 60) if took else None
        found[facility_id] = Month(len(mine), len(mine) - len(took), minutes)
    return found


def _of(facility_ids: Collection[int], days: DaySpan) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        WelfareCheck.facility_id.in_(facility_ids),
        WelfareCheck.day.between(days.first, days.last),
    )


def month_until(today: date, month: str | None = None) -> DaySpan:
    """A month (`2026-10`) as far as it has been; this one when none is named."""
    whole = days_of(month or month_of_day(today))
    return DaySpan(whole.first, max(whole.first, min(whole.last, today)))

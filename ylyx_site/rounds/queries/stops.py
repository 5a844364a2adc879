"""The stops of a round for one meal: who, which door, what to hand over, what came of it.

Whoever shows addresses journals the read.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.models import Person
from ylyx_site.families.queries import DeliveryAddress, addresses_of
from ylyx_site.meals.models import OrderedMeal, Portion
from ylyx_site.meals.queries.orders import what_of
from ylyx_site.rounds.models import RoundStop
from ylyx_site.rounds.queries.rounds import brought
from ylyx_site.rounds.rules.wishes import Run
from ylyx_site.serving.kinds import HandedHow
from ylyx_site.serving.models import Handover


@dataclass(frozen=True, slots=True)
class Stop:
    """A person with a meal to be brought. `how` is None while there is no result.

    `number` counts today's stops from 1; `address` is None where it has been withdrawn. `late` says
    why the result was entered later than it was.
    """

    number: int
    person_id: int
    name: str
    meal_ids: tuple[int, ...]
    what: str
    how: HandedHow | None
    at: datetime | None
    late: str
    address: DeliveryAddress | None = None


def stops_of(session: Session, run: Run) -> list[Stop]:
    """Today's stops in the order of the round, with their doors; three queries."""
    rows = _meals(session, run)
    doors = addresses_of(session, {row.person_id for row in rows})
    what = _portions(session, [row.id for row in rows])
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.person_id].append(row)
    return [
        Stop(
            number, person_id, meals[0].name, tuple(one.id for one in meals),
            what_of(p for one in meals for p in what[one.id]), *_result(meals),
            doors.get(person_id),
        )
        for number, (person_id, meals) in enumerate(grouped.items(), 1)
    ]  # fmt: skip


def stop_of(session: Session, run: Run, person_id: int) -> Stop | None:
    """One stop, without its door and its dishes; None where there is none."""
    rows = _meals(session, run, RoundStop.person_id == person_id)
    if not rows:
        return None
    ids = tuple(row.id for row in rows)
    return Stop(0, person_id, rows[0].name, ids, "", *_result(rows))


def _result(meals: list[Any]) -> tuple[HandedHow | None, datetime | None, str]:
    """The result of a stop is there when all its meals have one; the worst one is shown."""
    if any(one.how is None for one in meals):
        return None, None, ""
    worst = max(meals, key=lambda one: (one.how is HandedHow.NOBODY, one.at))
    return worst.how, worst.at, worst.late_reason


def _meals(session: Session, run: Run, *which: sa.ColumnElement[bool]) -> list[Any]:
    return list(
        session.execute(
            sa.select(
                OrderedMeal.id,
                OrderedMeal.person_id,
                Person.name,
                Handover.how,
                Handover.at,
                Handover.late_reason,
            )
            .join(
                RoundStop,
                sa.and_(
                    RoundStop.facility_id == OrderedMeal.facility_id,
                    RoundStop.person_id == OrderedMeal.person_id,
                ),
            )
            .join(Person, Person.id == OrderedMeal.person_id)
            .outerjoin(Handover, Handover.ordered_meal_id == OrderedMeal.id)
            .where(
                *brought(run.facility_id, run.day),
                OrderedMeal.meal == run.meal,
                RoundStop.round_id == run.round_id,
                *which,
            )
            .order_by(RoundStop.position, OrderedMeal.person_id, OrderedMeal.id)
        )
    )


def _portions(session: Session, meal_ids: list[int]) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for row in session.execute(
        sa.select(Portion.meal_id, Portion.name, Portion.number)
        .where(Portion.meal_id.in_(meal_ids))
        .order_by(Portion.id)
    ):
        found[row.meal_id].append((row.name, row.number))
    return found

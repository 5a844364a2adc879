"""The planner: every stop of every round, with or without a meal, and whoever has none as yet."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Serving
from ylyx_site.families.models import Person
from ylyx_site.families.queries import DeliveryAddress, addresses_of
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.rounds.models import DeliveryRound, RoundStop

LOOKS_AHEAD = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class PlannedStop:
    """A person in a round; `next_day` is the next day with a meal to bring, None: resting."""

    person_id: int
    name: str
    address: DeliveryAddress | None
    next_day: date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Stops by round in their order, and people with deliveries whom no round reaches."""

    stops: dict[int, list[PlannedStop]]
    not_yet: list[PlannedStop]


def plan_of(session: Session, facility_id: int, today: date) -> Plan:
    """All stops of a canteen and those not yet in a round; four queries."""
    coming = _coming(session, facility_id, today)
    rows = session.execute(
        sa.select(RoundStop.round_id, RoundStop.person_id)
        .join(DeliveryRound, DeliveryRound.id == RoundStop.round_id)
        .where(RoundStop.facility_id == facility_id, DeliveryRound.ended_at.is_(None))
        .order_by(RoundStop.round_id, RoundStop.position, RoundStop.person_id)
    ).all()
    in_a_round = {row.person_id for row in rows}
    people = in_a_round | set(coming)
    names = {
        row.id: row.name
        for row in session.execute(
            sa.select(Person.id, Person.name).where(
                Person.id.in_(people), Person.ended_at.is_(None)
            )
        )
    }
    doors = addresses_of(session, people)

    def stop(person_id: int) -> PlannedStop:
        return PlannedStop(person_id, names[person_id], doors.get(person_id), coming.get(person_id))

    stops: dict[int, list[PlannedStop]] = defaultdict(list)
    for row in rows:
        if row.person_id in names:
            stops[row.round_id].append(stop(row.person_id))
    missing = [one for one in coming if one not in in_a_round and one in names]
    return Plan(stops, [stop(one) for one in missing])


def not_in_a_round(session: Session, facility_id: int, days: Sequence[date]) -> int:
    """How many people have a meal to be brought on these days and no place in a live round."""
    placed = sa.exists().where(
        RoundStop.facility_id == facility_id,
        RoundStop.person_id == OrderedMeal.person_id,
        RoundStop.round_id == DeliveryRound.id,
        DeliveryRound.ended_at.is_(None),
    )
    found = session.scalar(
        sa.select(sa.func.count(sa.distinct(OrderedMeal.person_id))).where(
            OrderedMeal.facility_id == facility_id,
            OrderedMeal.day.in_(days),
            OrderedMeal.serving == Serving.DELIVERY,
            OrderedMeal.state == MealState.ORDERED,
            ~placed,
        )
    )
    return found or 0


def _coming(session: Session, facility_id: int, today: date) -> dict[int, date]:
    """Whoever is brought a meal in the coming weeks, with the first day; the soonest first."""
    first = sa.func.min(OrderedMeal.day)
    rows = session.execute(
        sa.select(OrderedMeal.person_id, first)
        .where(
            OrderedMeal.facility_id == facility_id,
            OrderedMeal.day.between(today, today + LOOKS_AHEAD),
            OrderedMeal.serving == Serving.DELIVERY,
            OrderedMeal.state == MealState.ORDERED,
        )
        .group_by(OrderedMeal.person_id)
        .order_by(first, OrderedMeal.person_id)
    )
    return {row[0]: row[1] for row in rows}

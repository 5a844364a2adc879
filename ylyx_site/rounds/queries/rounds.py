"""Rounds, fetched through the canteen, and for a courier through being one of those who go it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.identity.models import Account, Grant
from ylyx_site.identity.roles import Role
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import MealTerms, OrderedMeal
from ylyx_site.rounds.models import DeliveryRound, RoundClosure, RoundCourier, RoundStop
from ylyx_site.rounds.rules.wishes import Author
from ylyx_site.serving.models import Handover
from ylyx_site.shared.refusals import NotFound


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round with who goes it, as (account, name) pairs."""

    id: int
    name: str
    couriers: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How a round stands with one meal of today: people, not portions."""

    stops: int = 0
    done: int = 0
    is_closed: bool = False

    @property
    def left(self) -> int:
        """Stops without a result."""
        return self.stops - self.done


def round_of(session: Session, author: Author, round_id: int) -> DeliveryRound:
    """A live round that the author may see; raises `NotFound`."""
    found: DeliveryRound | None = session.scalar(
        _rounds(author)
        .where(DeliveryRound.id == round_id)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def rounds_of(session: Session, author: Author) -> list[RoundFacts]:
    """The live rounds that the author may see, by name; two queries."""
    rows = session.scalars(_rounds(author).order_by(DeliveryRound.name, DeliveryRound.id)).all()
    couriers: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for round_id, account_id, name in session.execute(
        sa.select(RoundCourier.round_id, Account.id, Account.name)
        .join(Account, Account.id == RoundCourier.account_id)
        .where(RoundCourier.round_id.in_([row.id for row in rows]))
        .order_by(Account.name, Account.id)
    ):
        couriers[round_id].append((account_id, name))
    return [RoundFacts(row.id, row.name, tuple(couriers[row.id])) for row in rows]


def couriers_of(session: Session, facility_id: int) -> list[tuple[int, str]]:
    """(account, name) of those who carry meals for this canteen now."""
    rows = session.execute(
        sa.select(Account.id, Account.name)
        .join(Grant, Grant.account_id == Account.id)
        .where(
            Grant.facility_id == facility_id,
            Grant.role == Role.COURIER,
            Grant.ended_at.is_(None),
            Account.closed_at.is_(None),
        )
        .order_by(Account.name, Account.id)
        .distinct()
    )
    return [(row.id, row.name) for row in rows]


def meals_brought(session: Session, facility_id: int, day: date) -> dict[Meal, int]:
    """The meals that are brought on a day, each with the minute until which it is served."""
    rows = session.execute(
        sa.select(OrderedMeal.meal, sa.func.max(MealTerms.serves_to))
        .outerjoin(
            MealTerms,
            sa.and_(
                MealTerms.facility_id == OrderedMeal.facility_id,
                MealTerms.meal == OrderedMeal.meal,
            ),
        )
        .where(*brought(facility_id, day))
        .group_by(OrderedMeal.meal)
    )
    return {row[0]: row[1] or 0 for row in rows}


def progress(
    session: Session, facility_id: int, day: date, meal: Meal, round_ids: Collection[int]
) -> dict[int, Progress]:
    """How these rounds stand with a meal; two queries."""
    closed = set(session.scalars(
        sa.select(RoundClosure.round_id).where(
            RoundClosure.round_id.in_(round_ids),
            RoundClosure.day == day, RoundClosure.meal == meal,
        )
    ))  # fmt: skip
    stops: dict[int, dict[int, bool]] = {one: {} for one in round_ids}
    for round_id, person_id, how in session.execute(
        sa.select(RoundStop.round_id, OrderedMeal.person_id, Handover.how)
        .join(RoundStop, _stop_of_meal())
        .outerjoin(Handover, Handover.ordered_meal_id == OrderedMeal.id)
        .where(
            *brought(facility_id, day), OrderedMeal.meal == meal,
            RoundStop.round_id.in_(round_ids),
        )
    ):  # fmt: skip
        done = stops[round_id].get(person_id, True)
        stops[round_id][person_id] = done and how is not None
    return {
        one: Progress(len(people), sum(people.values()), one in closed)
        for one, people in stops.items()
    }


def brought(facility_id: int, day: date) -> tuple[sa.ColumnElement[bool], ...]:
    """The meals of a canteen's day that are to be brought to a door."""
    return (
        OrderedMeal.facility_id == facility_id,
        OrderedMeal.day == day,
        OrderedMeal.serving == Serving.DELIVERY,
        OrderedMeal.state == MealState.ORDERED,
    )


def _stop_of_meal() -> sa.ColumnElement[bool]:
    return sa.and_(
        RoundStop.facility_id == OrderedMeal.facility_id,
        RoundStop.person_id == OrderedMeal.person_id,
    )


def _rounds(author: Author) -> sa.Select[Any]:
    mine: sa.ColumnElement[bool] = sa.true()
    if author.is_courier:
        mine = sa.exists().where(
            RoundCourier.round_id == DeliveryRound.id,
            RoundCourier.account_id == author.actor_id,
        )
    return sa.select(DeliveryRound).where(
        DeliveryRound.facility_id == author.facility_id, DeliveryRound.ended_at.is_(None), mine
    )

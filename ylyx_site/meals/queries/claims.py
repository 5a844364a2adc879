"""What live orders claim, for the audit of the ledger."""

from collections import defaultdict
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.benefits.rules import Given, GivenLine
from ylyx_site.facilities.kinds import Serving
from ylyx_site.meals.kinds import MEAL_SLOTS, MealState
from ylyx_site.meals.models import BenefitLine, OrderedMeal, Portion
from ylyx_site.places.models import Resource, ResourceKind

LIVE = (MealState.ORDERED,)
PLACES = {
    ResourceKind.SEATS: Serving.DINE_IN,
    ResourceKind.PICK_UPS: Serving.PICK_UP,
    ResourceKind.DELIVERIES: Serving.DELIVERY,
}


def live_claims() -> sa.Select[Any]:
    """(resource_id, day, first, end, count) of every live meal: its portions and its place."""
    slot = sa.case(
        *((OrderedMeal.meal == meal, number) for meal, number in MEAL_SLOTS.items()), else_=-1
    )
    is_item = sa.or_(
        sa.and_(Resource.kind == ResourceKind.DISH, Resource.owner_id == Portion.dish_id),
        sa.and_(Resource.kind == ResourceKind.MEAL_SET, Resource.owner_id == Portion.set_id),
    )
    is_place = sa.or_(
        *(
            sa.and_(
                Resource.kind == kind,
                Resource.owner_id == OrderedMeal.facility_id,
                OrderedMeal.serving == serving,
            )
            for kind, serving in PLACES.items()
        )
    )
    columns = (Resource.id.label("resource_id"), OrderedMeal.day.label("day"),
               slot.label("first"), (slot + 1).label("end"))  # fmt: skip
    is_live = OrderedMeal.state.in_(LIVE)
    items: Any = (
        sa.select(*columns, Portion.number.label("count"))
        .select_from(OrderedMeal)
        .join(Portion, Portion.meal_id == OrderedMeal.id)
        .join(Resource, is_item)
        .where(is_live)
    )
    places = (
        sa.select(*columns, sa.literal(1).label("count"))
        .select_from(OrderedMeal)
        .join(Resource, is_place)
        .where(is_live)
    )
    both = sa.union_all(items, places).subquery("meals")
    return sa.select(both)


def live_presences(session: Session) -> dict[tuple[int, date], int]:
    """Which meals of a day each person holds, as masks by (person, day)."""
    masks: dict[tuple[int, date], int] = defaultdict(int)
    rows = session.execute(
        sa.select(OrderedMeal.person_id, OrderedMeal.day, OrderedMeal.meal).where(
            OrderedMeal.state.in_(LIVE), OrderedMeal.holds_meal
        )
    )
    for person_id, day, meal in rows:
        masks[person_id, day] |= 1 << MEAL_SLOTS[meal]
    return dict(masks)


def live_given(session: Session) -> list[Given]:
    """What benefits all live meals were given."""
    rows = session.execute(
        sa.select(OrderedMeal, BenefitLine)
        .join(BenefitLine, BenefitLine.meal_id == OrderedMeal.id)
        .where(OrderedMeal.state.in_(LIVE))
    )
    return [
        Given(
            meal.person_id, meal.day, meal.meal,
            (GivenLine(line.rule_code, line.rule_version, line.fen),),
        )
        for meal, line in rows
    ]  # fmt: skip

"""Orders as the desk of a canteen sees them: its own canteen's, whoever ordered them."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import MealOrder, OrderedMeal
from ylyx_site.meals.queries.orders import MealRow, read_meals
from ylyx_site.shared.refusals import NotFound


def desk_order(session: Session, facility_id: int, code: str) -> MealOrder:
    """The order with this code of this canteen; raises `NotFound` for another's."""
    order = session.scalar(
        sa.select(MealOrder).where(MealOrder.code == code, MealOrder.facility_id == facility_id)
    )
    if order is None:
        raise NotFound
    return order


def desk_meals_of_order(session: Session, facility_id: int, order_id: int) -> list[MealRow]:
    """All meals of an order of this canteen, ended ones too."""
    return read_meals(
        session, OrderedMeal.facility_id == facility_id, OrderedMeal.order_id == order_id
    )


def coming_here(session: Session, facility_id: int, person_id: int, today: date) -> list[MealRow]:
    """What a person still has ordered at this canteen, from today on; two queries."""
    return read_meals(
        session,
        OrderedMeal.facility_id == facility_id,
        OrderedMeal.person_id == person_id,
        OrderedMeal.day >= today,
        OrderedMeal.state == MealState.ORDERED,
        most=60,
    )


def latest_here(
    session: Session, facility_id: int, person_ids: Collection[int]
) -> dict[int, MealRow]:
    """The meal that was ordered last for each of these people at this canteen; two queries."""
    rank = sa.func.row_number().over(
        partition_by=OrderedMeal.person_id,
        order_by=(MealOrder.ordered_at.desc(), OrderedMeal.id.desc()),
    )
    ranked = (
        sa.select(OrderedMeal.id, rank.label("rank"))
        .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
        .where(
            OrderedMeal.facility_id == facility_id,
            OrderedMeal.person_id.in_(person_ids),
            OrderedMeal.state == MealState.ORDERED,
        )
        .subquery()
    )
    latest = sa.select(ranked.c.id).where(ranked.c.rank == 1)
    return {row.person_id: row for row in read_meals(session, OrderedMeal.id.in_(latest))}

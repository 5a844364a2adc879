"""When an elder withdraws, meals to come and weekly plans stop, and the words to the kitchen go."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import MealOrder, MealPlan, OrderedMeal
from ylyx_site.meals.service import endings
from ylyx_site.shared import clock


def end(session: Session, person_id: int, actor_id: int, now: datetime) -> None:
    """End the meals from today on that nobody has handed over, past their cut-off too, and plans.

    Nobody rings at the door of somebody who has left.
    """
    meals = session.scalars(
        sa.select(OrderedMeal)
        .where(
            OrderedMeal.person_id == person_id,
            OrderedMeal.day >= clock.day_of(now),
            OrderedMeal.state == MealState.ORDERED,
            OrderedMeal.handed_at.is_(None),
        )
        .order_by(OrderedMeal.facility_id, OrderedMeal.day, OrderedMeal.id)
        .execution_options(populate_existing=True)
    ).all()
    for facility_id in sorted({one.facility_id for one in meals}):
        mine = [one for one in meals if one.facility_id == facility_id]
        endings.end(session, mine, "meals.cancelled", actor_id=actor_id, now=now)
    session.execute(
        sa.update(MealPlan)
        .where(MealPlan.person_id == person_id, MealPlan.ended_at.is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )


def erase(session: Session, person_id: int) -> None:
    """Erase the words to the kitchen of each order that the person eats of."""
    orders = sa.select(OrderedMeal.order_id).where(OrderedMeal.person_id == person_id)
    session.execute(
        sa.update(MealOrder)
        .where(MealOrder.id.in_(orders))
        .values(note="")
        .execution_options(synchronize_session=False)
    )

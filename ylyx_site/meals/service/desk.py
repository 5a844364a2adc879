"""Ordering and cancelling at the desk of a canteen: the family's rules, but for the cut-off.

A clerk may overrule the cut-off with a reason, which stays with the meal. Portions are real:
nobody overrules them. Whom a desk may serve is decided by whoever calls.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.meals.errors.orders import (
    LateReasonMissing,
    NothingToCancel,
    TooLateToCancel,
    UndoOver,
)
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.meals.policy.planning import ends_of, plan_for
from ylyx_site.meals.queries.canteens import canteens_of
from ylyx_site.meals.queries.desk import desk_order
from ylyx_site.meals.rules.canteens import is_past
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.meals.rules.wishes import CancelWish, OrderWish
from ylyx_site.meals.service.endings import before_cutoff, end, may_undo
from ylyx_site.meals.service.orders import Author, order_planned


def order_at_desk(
    session: Session,
    wish: OrderWish,
    eaters: tuple[Eater, ...],
    *,
    actor_id: int,
    code: str,
    now: datetime,
) -> None:
    """Order for people whom the desk serves; raises as `orders.order`.

    After the cut-off only with a reason, and until serving ends.
    """
    made = plan_for(
        session, wish, eaters,
        account_id=actor_id, now=now, may_be_late=bool(wish.late_reason),
    )  # fmt: skip
    order_planned(session, wish, made, desk_author(actor_id, code, now, wish.late_reason))


def desk_author(actor_id: int, code: str, now: datetime, late_reason: str = "") -> Author:
    """A clerk who writes an order down."""
    return Author(actor_id, actor_id, code, now, by_desk=True, late_reason=late_reason)


def cancel_at_desk(
    session: Session, facility_id: int, wish: CancelWish, *, actor_id: int, now: datetime
) -> int:
    """Cancel meals of an order of this canteen; returns how many.

    Raises `NotFound`, `NothingToCancel`, `LateReasonMissing` for one past its cut-off without a
    reason, `TooLateToCancel` once serving is over.
    """
    live = _live(session, facility_id, wish.code, wish)
    late = [one for one in live if one not in before_cutoff(session, live, now)]
    if late and not wish.late_reason:
        raise LateReasonMissing
    if any(_is_over(session, one, now) for one in late):
        raise TooLateToCancel
    if late:
        _mark_late(session, late, wish.late_reason, actor_id)
    return end(session, live, "meals.cancelled", actor_id=actor_id, now=now)


def undo_at_desk(
    session: Session, facility_id: int, code: str, *, actor_id: int, now: datetime
) -> int:
    """Take back what the desk wrote down less than ten minutes ago; returns how many meals.

    Raises `NotFound`, `UndoOver` (also for what a family ordered), `NothingToCancel`.
    """
    order = desk_order(session, facility_id, code)
    if not order.by_desk or not may_undo(order, now):
        raise UndoOver
    live = _live(session, facility_id, code, CancelWish(code))
    return end(session, live, "meals.undone", actor_id=actor_id, now=now)


def _live(session: Session, facility_id: int, code: str, wish: CancelWish) -> list[OrderedMeal]:
    order = desk_order(session, facility_id, code)
    live = [
        one
        for one in session.scalars(
            sa.select(OrderedMeal)
            .where(OrderedMeal.order_id == order.id, OrderedMeal.state == MealState.ORDERED)
            .order_by(OrderedMeal.day, OrderedMeal.id)
            .execution_options(populate_existing=True)
        )
        if not wish.days or one.day in wish.days
    ]
    if not live:
        raise NothingToCancel
    return live


def _is_over(session: Session, meal: OrderedMeal, now: datetime) -> bool:
    canteen = canteens_of(session, {meal.facility_id}).get(meal.facility_id)
    ends = ends_of(canteen, [(meal.day, meal.meal)]) if canteen else {}
    return is_past(ends.get((meal.day, meal.meal), now), now)


def _mark_late(
    session: Session, meals: Sequence[OrderedMeal], reason: str, actor_id: int
) -> None:  # fmt: skip
    session.execute(
        sa.update(OrderedMeal)
        .where(OrderedMeal.id.in_([one.id for one in meals]))
        .values(late_reason=reason, late_by=actor_id)
        .execution_options(synchronize_session=False)
    )

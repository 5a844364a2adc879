"""Cancelling until the cut-off, undoing within ten minutes; what ends is given back."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.benefits.rules import Given, GivenLine
from ylyx_site.benefits.service import give_up
from ylyx_site.families.queries.people import acted_for
from ylyx_site.journal.service import note
from ylyx_site.meals.errors.orders import NothingToCancel, TooLateToCancel, UndoOver
from ylyx_site.meals.kinds import MEAL_SLOTS, MealState
from ylyx_site.meals.models import BenefitLine, MealOrder, OrderedMeal
from ylyx_site.meals.policy.planning import cutoffs_of
from ylyx_site.meals.queries.canteens import canteens_of
from ylyx_site.meals.queries.orders import own_order, portions_of
from ylyx_site.meals.rules.canteens import is_past
from ylyx_site.meals.rules.wishes import CancelWish
from ylyx_site.meals.service.ledger import EATER, claims_of, presence
from ylyx_site.places.busy import free
from ylyx_site.places.service import give_back

UNDO = timedelta(minutes=10)


def cancel(session: Session, wish: CancelWish, *, actor_id: int, now: datetime) -> int:
    """Cancel what is still before its cut-off; returns how many meals were.

    Raises `NotFound` for an order of others, `NothingToCancel`, `TooLateToCancel` when a named day
    (or, of all, every day) is past its cut-off.
    """
    order = own_order(session, actor_id, wish.code)
    live = [one for one in own_live_meals(session, actor_id, order.id) if wish.names(one)]
    if not live or set(wish.days) - {one.day for one in live}:
        raise NothingToCancel
    in_time = before_cutoff(session, live, now)
    if not in_time or (wish.days and len(in_time) < len(live)):
        raise TooLateToCancel
    return end(session, in_time, "meals.cancelled", actor_id=actor_id, now=now)


def undo(session: Session, code: str, *, actor_id: int, now: datetime) -> int:
    """Take back an order made less than ten minutes ago, even past the cut-off.

    Raises `NotFound`, `UndoOver`, `NothingToCancel`. Returns how many meals were ended.
    """
    order = own_order(session, actor_id, code)
    if not may_undo(order, now):
        raise UndoOver
    live = own_live_meals(session, actor_id, order.id)
    if not live:
        raise NothingToCancel
    return end(session, live, "meals.undone", actor_id=actor_id, now=now)


def may_undo(order: MealOrder, now: datetime) -> bool:
    """Whether the ten minutes are not over."""
    return order.ordered_at <= now < order.ordered_at + UNDO


def own_live_meals(session: Session, account_id: int, order_id: int) -> list[OrderedMeal]:
    """The meals of an order that still stand, of the people that are theirs, in order."""
    return list(
        session.scalars(
            sa.select(OrderedMeal)
            .where(
                OrderedMeal.order_id == order_id,
                OrderedMeal.state == MealState.ORDERED,
                OrderedMeal.person_id.in_(acted_for(account_id)),
            )
            .order_by(OrderedMeal.day, OrderedMeal.id)
            .execution_options(populate_existing=True)
        )
    )


def before_cutoff(
    session: Session, meals: Sequence[OrderedMeal], now: datetime
) -> list[OrderedMeal]:
    """Those whose cut-off has not come."""
    canteens = canteens_of(session, {one.facility_id for one in meals})
    kept = []
    for one in meals:
        canteen = canteens.get(one.facility_id)
        cutoffs = cutoffs_of(canteen, [(one.day, one.meal)]) if canteen else {}
        cutoff = cutoffs.get((one.day, one.meal))
        if cutoff is not None and not is_past(cutoff, now):
            kept.append(one)
    return kept


def end(
    session: Session,
    meals: Sequence[OrderedMeal],
    action: str,
    *,
    actor_id: int,
    now: datetime,
    state: MealState = MealState.CANCELLED,
) -> int:
    """End these meals once: whoever comes second finds them ended and gives nothing back."""
    ended = set(
        session.scalars(
            sa.update(OrderedMeal)
            .where(
                OrderedMeal.id.in_([one.id for one in meals]),
                OrderedMeal.state == MealState.ORDERED,
                OrderedMeal.handed_at.is_(None),  # who has eaten cannot cancel
            )
            .values(state=state, ended_at=now, ended_by=actor_id)
            .returning(OrderedMeal.id)
            .execution_options(synchronize_session=False)
        )
    )
    mine = [one for one in meals if one.id in ended]
    if not mine:
        raise NothingToCancel
    _note_orders(session, mine, action, actor_id, now)
    held = [presence(one.person_id, one.day, one.meal) for one in mine if one.holds_meal]
    free(session, EATER, held)
    give_up(session, _given(session, mine))
    give_back(session, claims_of(session, _taken(session, mine)))
    return len(mine)


def _note_orders(
    session: Session, meals: Sequence[OrderedMeal], action: str, actor_id: int, now: datetime
) -> None:
    rows = session.execute(
        sa.select(MealOrder.id, MealOrder.code).where(
            MealOrder.id.in_({one.order_id for one in meals})
        )
    )
    codes = {row.id: row.code for row in rows}
    for order_id, code in sorted(codes.items()):
        days = [one.day for one in meals if one.order_id == order_id]
        note(
            session, action, f"order:{code}", actor_id=actor_id, now=now,
            facility_id=meals[0].facility_id, detail=f"{len(days)} {days[0]}..{days[-1]}",
        )  # fmt: skip


def _given(session: Session, meals: Sequence[OrderedMeal]) -> list[Given]:
    """What benefits these meals were given, to be given up."""
    rows = session.scalars(
        sa.select(BenefitLine)
        .where(BenefitLine.meal_id.in_([one.id for one in meals]))
        .order_by(BenefitLine.meal_id, BenefitLine.position)
    ).all()
    return [
        Given(
            one.person_id, one.day, one.meal,
            tuple(
                GivenLine(row.rule_code, row.rule_version, row.fen)
                for row in rows
                if row.meal_id == one.id
            ),
        )
        for one in meals
    ]  # fmt: skip


def _taken(session: Session, meals: Sequence[OrderedMeal]) -> Counter[Any]:
    portions = portions_of(session, [one.id for one in meals])
    taken: Counter[Any] = Counter()
    for one in meals:
        slot = MEAL_SLOTS[one.meal]
        taken[one.serving, one.facility_id, one.day, slot] += 1
        for portion in portions[one.id]:
            taken[portion.kind, portion.item_id, one.day, slot] += portion.number
    return taken

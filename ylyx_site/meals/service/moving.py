"""Another meal in the place of one that was taken back: for all by the canteen, or chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.queries.people import acted_for
from ylyx_site.journal.service import note
from ylyx_site.meals.errors.orders import PriceChanged
from ylyx_site.meals.errors.withdrawals import AlreadyReplaced, ReplacementOver
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import MealOrder, MenuWithdrawal, OrderedMeal, WithdrawnMeal
from ylyx_site.meals.policy.planning import Planned, cutoffs_of
from ylyx_site.meals.policy.replacing import open_until, plan_instead, refuse_instead
from ylyx_site.meals.queries.canteens import canteen_of
from ylyx_site.meals.queries.orders import own_order, portions_of
from ylyx_site.meals.rules.canteens import is_past
from ylyx_site.meals.rules.menus import SwapWish, put_in_place
from ylyx_site.meals.rules.wishes import Item, MealWish, OrderWish
from ylyx_site.meals.service.menus import item_of
from ylyx_site.meals.service.orders import Author, book
from ylyx_site.shared.refusals import N_, NotFound

LATE = N_("原来的菜撤下，改订")


@dataclass(frozen=True, slots=True)
class Move:
    """What the canteen puts in the place of what is gone; `codes` gives a fresh code each time."""

    withdrawal_id: int
    gone: Item | None
    choice: Item | None
    actor_id: int | None
    codes: Callable[[], str]
    now: datetime


def move_all(session: Session, ended: Sequence[OrderedMeal], move: Move) -> set[int]:
    """Order `choice` for each of these meals to which it does not cost more; which ones it was.

    Who ordered and who pays stay; a meal that cannot be moved stays ended, and its family chooses.
    """
    moved = set[int]()
    had = portions_of(session, [one.id for one in ended])
    by_canteen = sorted(ended, key=lambda one: (one.facility_id, one.id))
    for _canteen, group in groupby(by_canteen, key=lambda one: one.facility_id):
        meals = list(group)
        if move.choice is None:
            continue
        plan, kept = plan_instead(session, meals, had, move.gone, move.choice, now=move.now)
        orders = _orders(session, kept)
        for priced, old in zip(plan.meals, kept, strict=True):
            if priced.pay_fen <= old.goods_fen + old.fee_fen - old.benefit_fen:
                header = orders[old.order_id]
                author = Author(header.account_id, header.payer_id, move.codes(), move.now)
                _book(session, old, replace(plan, meals=(priced,)), author, header.note)
                moved.add(old.id)
    return moved


def swap(session: Session, wish: SwapWish, *, actor_id: int, code: str, now: datetime) -> None:
    """Order what a family chose for a meal that was taken back, at the price that it was shown.

    Even past the cut-off, until serving begins. Raises `NotFound`, `AlreadyReplaced`,
    `ReplacementOver`, `PriceChanged`, and the meal's own refusal.
    """
    old, gone = own_withdrawn(session, wish, actor_id)
    plan = planned_swap(session, old, gone, wish.item, now=now)
    if plan.pay_fen != wish.quoted_fen:
        raise PriceChanged
    header = _orders(session, [old])[old.order_id]
    _book(session, old, plan, Author(actor_id, actor_id, code, now), header.note)


def decline(session: Session, wish: SwapWish, *, actor_id: int, now: datetime) -> None:
    """No other meal: what was paid is given back. Raises `NotFound`, `AlreadyReplaced`."""
    old, _gone = own_withdrawn(session, wish, actor_id)
    session.execute(
        sa.update(WithdrawnMeal)
        .where(WithdrawnMeal.meal_id == old.id)
        .values(declined_at=now)
        .execution_options(synchronize_session=False)
    )
    note(
        session, "meals.replacement_declined", f"order:{wish.code}",
        actor_id=actor_id, now=now, facility_id=old.facility_id,
    )  # fmt: skip


def own_withdrawn(
    session: Session, wish: SwapWish, account_id: int
) -> tuple[OrderedMeal, Item | None]:
    """The family's withdrawn meal and what of it is gone (None: all).

    Raises `NotFound`, and `AlreadyReplaced` when the person has a meal then again.
    """
    order = own_order(session, account_id, wish.code)
    found = session.execute(
        sa.select(OrderedMeal, MenuWithdrawal)
        .join(WithdrawnMeal, WithdrawnMeal.meal_id == OrderedMeal.id)
        .join(MenuWithdrawal, MenuWithdrawal.id == WithdrawnMeal.withdrawal_id)
        .where(
            OrderedMeal.order_id == order.id,
            OrderedMeal.person_id == wish.person_id,
            OrderedMeal.person_id.in_(acted_for(account_id)),
            OrderedMeal.day == wish.day,
            OrderedMeal.meal == wish.meal,
            OrderedMeal.state == MealState.WITHDRAWN,
        )
        .order_by(OrderedMeal.id)
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound
    if _has_meal(session, wish):
        raise AlreadyReplaced
    is_all = found[1].dish_id is None and found[1].set_id is None
    return found[0], None if is_all else item_of(found[1])


def planned_swap(
    session: Session, old: OrderedMeal, gone: Item | None, choice: Item, *, now: datetime
) -> Planned:
    """The plan of one replacement; raises `ReplacementOver` or why it cannot be."""
    canteen = canteen_of(session, old.facility_id)
    until = open_until(canteen, old.day, old.meal)
    if until is None or is_past(until, now):
        raise ReplacementOver
    had = portions_of(session, [old.id])
    plan, _kept = plan_instead(session, [old], had, gone, choice, now=now)
    portions = [((part.kind, part.item_id), part.number) for part in had[old.id]]
    refuse_instead(plan, old, MealWish(old.day, old.meal, put_in_place(portions, gone, choice)))
    return plan


def _has_meal(session: Session, wish: SwapWish) -> bool:
    live = sa.select(OrderedMeal.id).where(
        OrderedMeal.person_id == wish.person_id,
        OrderedMeal.day == wish.day,
        OrderedMeal.meal == wish.meal,
        OrderedMeal.state == MealState.ORDERED,
    )
    return session.scalar(live.limit(1)) is not None


def _orders(session: Session, meals: Sequence[OrderedMeal]) -> dict[int, MealOrder]:
    rows = session.scalars(
        sa.select(MealOrder).where(MealOrder.id.in_({one.order_id for one in meals}))
    )
    return {row.id: row for row in rows}


def _book(session: Session, old: OrderedMeal, plan: Planned, author: Author, words: str) -> None:
    """Order it, and write down that it stands for the old one; after the cut-off it says so."""
    meal = plan.meals[0].meal
    numbers = tuple((one.line.item, one.number) for one in meal.portions)
    wish = OrderWish(
        old.facility_id, (old.person_id,), (MealWish(old.day, old.meal, numbers),), old.serving,
        words,
    )  # fmt: skip
    book(session, wish, plan, author)
    new_id = session.scalar(
        sa.select(OrderedMeal.id)
        .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
        .where(MealOrder.code == author.code)
    )
    session.execute(
        sa.update(WithdrawnMeal)
        .where(WithdrawnMeal.meal_id == old.id)
        .values(moved_to=new_id, declined_at=None)
        .execution_options(synchronize_session=False)
    )
    cutoffs = cutoffs_of(plan.scene.canteen, [(old.day, old.meal)])
    if is_past(cutoffs[old.day, old.meal], author.now):
        session.execute(
            sa.update(OrderedMeal)
            .where(OrderedMeal.id == new_id)
            .values(late_reason=LATE)
            .execution_options(synchronize_session=False)
        )

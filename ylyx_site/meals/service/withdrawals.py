"""Taking back what was published: orders end, everything is given back, families are told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.meals.errors.menus import MenuPast
from ylyx_site.meals.errors.orders import NothingToCancel
from ylyx_site.meals.errors.withdrawals import DearerSet, ReasonMissing
from ylyx_site.meals.kinds import ItemKind, MealState
from ylyx_site.meals.models import (
    MenuDay,
    MenuItem,
    MenuWithdrawal,
    OrderedMeal,
    WithdrawnMeal,
)
from ylyx_site.meals.queries.withdrawals import affected_by, live_items
from ylyx_site.meals.rules.menus import WithdrawWish
from ylyx_site.meals.rules.wishes import ItemLimit, MenuWish
from ylyx_site.meals.service.endings import end
from ylyx_site.meals.service.menus import places_of, portions_of, public_menu
from ylyx_site.meals.service.moving import Move, move_all
from ylyx_site.meals.service.withdrawn_news import tell
from ylyx_site.places.service.limits import set_limits
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """How many meals ended, and how many of them were moved to something else at once."""

    ended: int
    moved: int


def withdraw(
    session: Session,
    wish: WithdrawWish,
    *,
    actor_id: int | None,
    codes: Callable[[], str],
    now: datetime,
) -> Withdrawn:
    """Take a menu, or one line of it, back from the public; every meal with it ends.

    All in one transaction: places, portions and benefits are given back, what was paid shows at
    the desk as money to give back, and each family is told once. With `move_to` those to whom it
    does not cost more get that instead, under fresh `codes`. Whoever has been handed the meal
    keeps it. Raises `NotFound`, `MenuPast`, `ReasonMissing`, `DearerSet`.
    """
    if not wish.reason.strip():
        raise ReasonMissing
    if wish.day < clock.day_of(now):
        raise MenuPast
    menu = public_menu(session, wish.kitchen_id, wish.day, wish.meal)
    items = live_items(session, menu.id)
    if wish.item is not None and wish.item not in items:
        raise NotFound
    if wish.move_to is not None and (
        wish.item is None or wish.move_to == wish.item or wish.move_to not in items
    ):
        raise DearerSet
    _take_off(session, menu, wish, now, is_last=set(items) == {wish.item})
    affected_by(session, wish.kitchen_id, wish.day, wish.meal, wish.item, is_locking=True)
    _close(session, wish, items)
    withdrawal_id = _write(session, menu, wish, actor_id, now)
    ended = _end(session, wish, withdrawal_id, actor_id, now)
    move = Move(withdrawal_id, wish.item, wish.move_to, actor_id, codes, now)
    moved = move_all(session, ended, move) if wish.move_to and ended else set[int]()
    tell(session, withdrawal_id, ended, moved, now=now)
    note(
        session, "meals.menu_withdrawn", f"menu:{menu.id}", actor_id=actor_id, now=now,
        facility_id=wish.kitchen_id,
        detail=f"{wish.day} {wish.meal.value} {len(ended)} {len(moved)}",
    )  # fmt: skip
    return Withdrawn(len(ended), len(moved))


def _take_off(
    session: Session, menu: MenuDay, wish: WithdrawWish, now: datetime, *, is_last: bool
) -> None:
    """Off the public menu; a menu without its last line is withdrawn as a whole."""
    if wish.item is None or is_last:
        menu.withdrawn_at = now
    if wish.item is not None:
        kind, number = wish.item
        column = MenuItem.dish_id if kind is ItemKind.DISH else MenuItem.set_id
        session.execute(
            sa.update(MenuItem)
            .where(MenuItem.menu_id == menu.id, column == number)
            .values(withdrawn_at=now)
            .execution_options(synchronize_session=False)
        )
    session.flush()


def _close(session: Session, wish: WithdrawWish, items: Sequence[tuple[ItemKind, int]]) -> None:
    """Nobody gets in any more: the limits fall to nothing, and their headers are locked.

    An order that was first has committed when we hold them, and is found below; one that comes
    later finds nothing left. The places' headers are locked in the same breath, in the ledger's
    order, because giving back needs them.
    """
    gone = [one for one in items if wish.item in (None, one)]
    closed = MenuWish(
        wish.kitchen_id, wish.day, wish.meal, tuple(ItemLimit(one, 0, 0) for one in gone)
    )
    set_limits(session, [*portions_of(closed), *places_of(session, [closed])])


def _write(
    session: Session, menu: MenuDay, wish: WithdrawWish, actor_id: int | None, now: datetime
) -> int:
    kind, number = wish.item or (None, None)
    row = MenuWithdrawal(
        menu_id=menu.id, dish_id=number if kind is ItemKind.DISH else None,
        set_id=number if kind is ItemKind.SET else None, reason=wish.reason.strip(),
        withdrawn_at=now, withdrawn_by=actor_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


def _end(
    session: Session,
    wish: WithdrawWish,
    withdrawal_id: int,
    actor_id: int | None,
    now: datetime,
) -> list[OrderedMeal]:
    """End the meals; those that their family cancelled in the same moment are not ours."""
    live = affected_by(session, wish.kitchen_id, wish.day, wish.meal, wish.item)
    if not live:
        return []
    try:
        end(
            session, live, "meals.withdrawn",
            actor_id=actor_id or 0, now=now, state=MealState.WITHDRAWN,
        )  # fmt: skip
    except NothingToCancel:
        return []
    ended = list(
        session.scalars(
            sa.select(OrderedMeal)
            .where(
                OrderedMeal.id.in_([one.id for one in live]),
                OrderedMeal.state == MealState.WITHDRAWN,
            )
            .order_by(OrderedMeal.id)
            .execution_options(populate_existing=True)
        )
    )
    session.execute(
        sa.insert(WithdrawnMeal),
        [{"meal_id": one.id, "withdrawal_id": withdrawal_id} for one in ended],
    )
    return ended

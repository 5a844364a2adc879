"""Guests at the window, whom nobody asks for a name: full price, real portions and seats."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.meals.kinds import MEAL_SLOTS, ItemKind
from ylyx_site.meals.queries.canteens import canteen_of
from ylyx_site.meals.queries.menus import menus_of
from ylyx_site.meals.rules.canteens import Menu, MenuLine
from ylyx_site.meals.service.ledger import claims_of
from ylyx_site.places.errors import Full
from ylyx_site.places.service import give_back, take
from ylyx_site.serving.errors import GuestSoldOut, NothingSold, NotOnThisMenu, SaleUndone, UndoOver
from ylyx_site.serving.models import GuestMeal
from ylyx_site.serving.rules.undoing import may_undo
from ylyx_site.serving.rules.wishes import Author, GuestWish
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import NotFound


def sell(session: Session, wish: GuestWish, author: Author) -> None:
    """Sell to somebody without a name, today; the money is in the till.

    Raises `NothingSold`, `NotOnThisMenu`, `GuestSoldOut`.
    """
    canteen, day = canteen_of(session, author.facility_id), clock.day_of(author.now)
    menu = menus_of(session, [canteen.kitchen_id], day, day, wish.meal).get(
        (canteen.kitchen_id, day, wish.meal)
    )
    sold = _chosen(wish, menu)
    rows = [
        GuestMeal(
            facility_id=canteen.id, kitchen_id=canteen.kitchen_id, day=day, meal=wish.meal,
            serving=wish.serving, name=line.name, number=number, price_fen=line.price_fen,
            sold_at=author.now, sold_by=author.actor_id, **_item(line),
        )
        for line, number in sold
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    fen = sum(line.price_fen * number for line, number in sold)
    note(
        session, "serving.guest_sold", f"canteen:{canteen.id}", actor_id=author.actor_id,
        now=author.now, facility_id=canteen.id, detail=f"{wish.meal.value} {fen}",
    )  # fmt: skip
    try:
        take(session, claims_of(session, _taken(rows)))
    except Full as full:
        raise GuestSoldOut from full


def undo_sale(session: Session, guest_id: int, author: Author) -> None:
    """Take a line of a sale back. Raises `NotFound`, `UndoOver`, `SaleUndone`."""
    row = session.get(GuestMeal, guest_id, populate_existing=True)
    if row is None or row.facility_id != author.facility_id:
        raise NotFound
    if not may_undo(row.sold_at, author.now, is_manager=author.is_manager):
        raise UndoOver
    undone = session.scalar(
        sa.update(GuestMeal)
        .where(GuestMeal.id == guest_id, GuestMeal.undone_at.is_(None))
        .values(undone_at=author.now, undone_by=author.actor_id)
        .returning(GuestMeal.id)
        .execution_options(synchronize_session=False)
    )
    if undone is None:
        raise SaleUndone
    note(
        session, "serving.guest_undone", f"guest:{guest_id}", actor_id=author.actor_id,
        now=author.now, facility_id=author.facility_id,
    )  # fmt: skip
    give_back(session, claims_of(session, _taken([row])))


def _chosen(wish: GuestWish, menu: Menu | None) -> list[tuple[MenuLine, int]]:
    lines = {one.field: one for one in menu.lines} if menu else {}
    wanted = [(name, number) for name, number in wish.numbers if number]
    if not wanted:
        raise NothingSold
    if any(name not in lines for name, _number in wanted):
        raise NotOnThisMenu
    return [(lines[name], number) for name, number in wanted]


def _item(line: MenuLine) -> Mapping[str, int | None]:
    kind, number = line.item
    return {
        "dish_id": number if kind is ItemKind.DISH else None,
        "set_id": number if kind is ItemKind.SET else None,
    }


def _taken(rows: list[GuestMeal]) -> Counter[Any]:
    """Portions, and a place of its way of serving for each set (a dish alone sits with it)."""
    taken: Counter[Any] = Counter()
    for row in rows:
        slot = MEAL_SLOTS[row.meal]
        kind = ItemKind.DISH if row.dish_id is not None else ItemKind.SET
        taken[kind, row.dish_id or row.set_id, row.day, slot] += row.number
        if kind is ItemKind.SET:
            taken[row.serving, row.facility_id, row.day, slot] += row.number
    return taken

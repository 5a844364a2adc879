"""Menus put before the public and changed there; the ledger gets their portions and places."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.facilities.kinds import Meal
from ylyx_site.facilities.queries import opening_on
from ylyx_site.journal.service import note
from ylyx_site.meals.errors.menus import (
    EmptyMenu,
    ForeignDish,
    MenuPast,
    MenuShutDay,
    MenuThere,
    RetiredDish,
    StillOnMenu,
)
from ylyx_site.meals.kinds import MEAL_SLOTS, ItemKind
from ylyx_site.meals.models import CanteenTerms, Dish, MealSet, MealTerms, MenuDay, MenuItem
from ylyx_site.meals.queries.menus import PUBLIC
from ylyx_site.meals.rules.wishes import Item, ItemLimit, MenuWish
from ylyx_site.places.models import ResourceKind
from ylyx_site.places.rules import Excess
from ylyx_site.places.service.limits import SlotLimit, set_limits
from ylyx_site.shared import clock
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.refusals import NotFound

RESOURCE_OF_ITEM = {ItemKind.DISH: ResourceKind.DISH, ItemKind.SET: ResourceKind.MEAL_SET}


def publish(
    session: Session, wish: MenuWish, *, actor_id: int | None, now: datetime
) -> list[Excess]:
    """Put a menu before the public, with portions and places to be taken.

    Raises `EmptyMenu`, `ForeignDish`, `RetiredDish`, `MenuShutDay`, `MenuThere`. A draft, or a
    withdrawn menu, of that meal is replaced. Returns what is over its limit now (ordered from a
    menu withdrawn before).
    """
    menu_id = write(session, wish, published_at=now)
    note(
        session, "meals.menu_published", f"menu:{menu_id}", actor_id=actor_id, now=now,
        facility_id=wish.kitchen_id, detail=f"{wish.day} {wish.meal.value} {len(wish.items)}",
    )  # fmt: skip
    return set_limits(session, [*portions_of(wish), *places_of(session, [wish])])


def write(session: Session, wish: MenuWish, *, published_at: datetime | None) -> int:
    """Write a menu that is not public yet, as a draft (`published_at` None) or to be; its number.

    Raises as `publish` does; `MenuThere` when the meal's menu is public.
    """
    refuse_bad(session, wish)
    menu_id = _menu_row(session, wish, published_at)
    rows = [_item_row(menu_id, *one) for one in enumerate(wish.items)]
    session.execute(sa.insert(MenuItem), rows)
    return menu_id


def change(session: Session, wish: MenuWish, *, actor_id: int, now: datetime) -> list[Excess]:
    """Change a public menu: portions, order, the day's prices, something more on it.

    Whoever has ordered keeps the meal and its price. Fewer portions than are ordered drop nobody
    and let nobody in: those are returned. Raises `NotFound`, `MenuPast`, `EmptyMenu`,
    `ForeignDish`, and `StillOnMenu` for a line that is left out.
    """
    if wish.day < clock.day_of(now):
        raise MenuPast
    menu = public_menu(session, wish.kitchen_id, wish.day, wish.meal)
    there = {
        item_of(row): row
        for row in session.scalars(sa.select(MenuItem).where(MenuItem.menu_id == menu.id))
    }
    refuse_numbers(wish)
    own = names_of(session, wish.kitchen_id, [one.item for one in wish.items])
    _refuse_left_out(session, wish, there)
    for place, one in enumerate(wish.items):
        row = there.get(one.item)
        if row is None:
            _refuse_retired([own[one.item]])
            session.add(MenuItem(**_item_row(menu.id, place, one)))
        else:
            row.position, row.portions, row.price_fen = place, one.portions, one.price_fen
            row.withdrawn_at = None
    session.flush()
    note(
        session, "meals.menu_changed", f"menu:{menu.id}", actor_id=actor_id, now=now,
        facility_id=wish.kitchen_id, detail=f"{wish.day} {wish.meal.value} {len(wish.items)}",
    )  # fmt: skip
    return set_limits(session, [*portions_of(wish), *places_of(session, [wish])])


def public_menu(session: Session, kitchen_id: int, day: date, meal: Meal) -> MenuDay:
    """The menu of that meal that is before the public; raises `NotFound`."""
    menu = session.scalar(
        sa.select(MenuDay)
        .where(
            MenuDay.facility_id == kitchen_id, MenuDay.day == day, MenuDay.meal == meal, *PUBLIC
        )
        .execution_options(populate_existing=True)
    )  # fmt: skip
    if menu is None:
        raise NotFound
    return menu


def item_of(row: Any) -> Item:
    """The dish or set of a row with `dish_id` and `set_id`."""
    return (ItemKind.DISH, row.dish_id) if row.dish_id is not None else (ItemKind.SET, row.set_id)


def refuse_bad(session: Session, wish: MenuWish) -> None:
    """Refuse what is no menu of that kitchen on that day."""
    refuse_numbers(wish)
    _refuse_retired(names_of(session, wish.kitchen_id, [one.item for one in wish.items]).values())
    calendar = working_calendar(session, wish.day, wish.day)
    opening = opening_on(session, [wish.kitchen_id], wish.day, wish.day, calendar)
    if opening[wish.kitchen_id, wish.day].span is None:
        raise MenuShutDay


def refuse_numbers(wish: MenuWish) -> None:
    """Refuse a menu of nothing."""
    if not wish.items or any(one.portions < 1 or one.price_fen < 0 for one in wish.items):
        raise EmptyMenu


def names_of(
    session: Session, kitchen_id: int, items: Collection[Item]
) -> dict[Item, Dish | MealSet]:
    """These dishes and sets of the kitchen; `ForeignDish` when one is not its own, or is twice."""
    found: dict[Item, Dish | MealSet] = {}
    for kind, model in ((ItemKind.DISH, Dish), (ItemKind.SET, MealSet)):
        wanted = [number for each, number in items if each is kind]
        rows: Iterable[Any] = session.scalars(
            sa.select(model)
            .where(model.facility_id == kitchen_id, model.id.in_(wanted))
            .execution_options(populate_existing=True)
        )
        found |= {(kind, row.id): row for row in rows}
    if len(found) != len(items):
        raise ForeignDish
    return found


def portions_of(wish: MenuWish) -> list[SlotLimit]:
    """The limits of a menu's dishes and sets."""
    return [
        SlotLimit(
            RESOURCE_OF_ITEM[one.item[0]], one.item[1], wish.kitchen_id,
            wish.day, MEAL_SLOTS[wish.meal], one.portions,
        )
        for one in wish.items
    ]  # fmt: skip


def places_of(session: Session, wishes: Collection[MenuWish]) -> list[SlotLimit]:
    """Seats, pick-ups and deliveries of one kitchen's canteen and of all points it supplies."""
    if not wishes:
        return []
    kitchen_id = next(iter(wishes)).kitchen_id
    rows = session.scalars(
        sa.select(MealTerms)
        .join(CanteenTerms, CanteenTerms.facility_id == MealTerms.facility_id)
        .where(
            sa.or_(
                sa.and_(CanteenTerms.facility_id == kitchen_id, CanteenTerms.supplied_by.is_(None)),
                CanteenTerms.supplied_by == kitchen_id,
            )
        )
        .order_by(MealTerms.facility_id)
        .execution_options(populate_existing=True)
    ).all()
    return [
        limit
        for wish in wishes
        for row in rows
        if row.meal is wish.meal
        for limit in serving_limits(row, wish.day)
    ]


def serving_limits(row: MealTerms, day: date) -> Iterable[SlotLimit]:
    """The places of one meal of a canteen or point on a day."""
    for kind, places in (
        (ResourceKind.SEATS, row.seats),
        (ResourceKind.PICK_UPS, row.pick_ups),
        (ResourceKind.DELIVERIES, row.deliveries),
    ):
        yield SlotLimit(kind, row.facility_id, row.facility_id, day, MEAL_SLOTS[row.meal], places)


def _refuse_retired(rows: Iterable[Dish | MealSet]) -> None:
    for row in rows:
        if row.retired_at is not None:
            raise RetiredDish(name=row.name)


def _refuse_left_out(session: Session, wish: MenuWish, there: dict[Item, MenuItem]) -> None:
    wanted = {one.item for one in wish.items}
    missing = [item for item, row in there.items() if not row.withdrawn_at and item not in wanted]
    if missing:
        named = names_of(session, wish.kitchen_id, missing)
        raise StillOnMenu(name=named[missing[0]].name)


def _item_row(menu_id: int, place: int, one: ItemLimit) -> dict[str, Any]:
    kind, number = one.item
    return {
        "menu_id": menu_id,
        "position": place,
        "dish_id": number if kind is ItemKind.DISH else None,
        "set_id": number if kind is ItemKind.SET else None,
        "portions": one.portions,
        "price_fen": one.price_fen,
    }


def _menu_row(session: Session, wish: MenuWish, published_at: datetime | None) -> int:
    """A fresh menu, or the draft or withdrawn one of that meal emptied and taken up again."""
    insert = on_conflict(session, MenuDay).values(
        facility_id=wish.kitchen_id, day=wish.day, meal=wish.meal, published_at=published_at
    )
    menu_id = session.scalar(
        insert.on_conflict_do_update(
            index_elements=["facility_id", "day", "meal"],
            set_={"published_at": published_at, "withdrawn_at": None},
            where=sa.or_(MenuDay.withdrawn_at.is_not(None), MenuDay.published_at.is_(None)),
        ).returning(MenuDay.id)
    )
    if menu_id is None:
        raise MenuThere
    session.execute(
        sa.delete(MenuItem)
        .where(MenuItem.menu_id == menu_id)
        .execution_options(synchronize_session=False)
    )
    return int(menu_id)

"""Publishing and withdrawing the menu of a meal; the ledger gets its portions and places."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.facilities.kinds import Serving
from ylyx_site.facilities.queries import opening_on
from ylyx_site.journal.service import note
from ylyx_site.meals.errors import EmptyMenu, ForeignDish, MenuShutDay, MenuThere
from ylyx_site.meals.kinds import MEAL_SLOTS, ItemKind
from ylyx_site.meals.models import CanteenTerms, Dish, MealSet, MealTerms, MenuDay, MenuItem
from ylyx_site.meals.rules.wishes import MenuWish
from ylyx_site.places.models import ResourceKind
from ylyx_site.places.rules import Excess
from ylyx_site.places.service.limits import SlotLimit, set_limits
from ylyx_site.shared.db import on_conflict

RESOURCE_OF_ITEM = {ItemKind.DISH: ResourceKind.DISH, ItemKind.SET: ResourceKind.MEAL_SET}
RESOURCE_OF_SERVING = {
    Serving.DINE_IN: ResourceKind.SEATS,
    Serving.PICK_UP: ResourceKind.PICK_UPS,
    Serving.DELIVERY: ResourceKind.DELIVERIES,
}


def publish(
    session: Session, wish: MenuWish, *, actor_id: int | None, now: datetime
) -> list[Excess]:
    """Put a menu before the public, with portions and places to be taken.

    Raises `EmptyMenu`, `ForeignDish`, `MenuShutDay`, `MenuThere`. A withdrawn menu of that meal
    is replaced. Returns what is over its limit now (ordered from a menu withdrawn before).
    """
    _refuse_bad(session, wish)
    menu_id = _menu_row(session, wish, now)
    session.execute(
        sa.insert(MenuItem),
        [
            {
                "menu_id": menu_id, "position": place,
                "dish_id": number if kind is ItemKind.DISH else None,
                "set_id": number if kind is ItemKind.SET else None,
                "portions": one.portions, "price_fen": one.price_fen,
            }
            for place, one in enumerate(wish.items)
            for kind, number in (one.item,)
        ],
    )  # fmt: skip
    note(
        session, "meals.menu_published", f"menu:{menu_id}", actor_id=actor_id, now=now,
        facility_id=wish.kitchen_id, detail=f"{wish.day} {wish.meal.value} {len(wish.items)}",
    )  # fmt: skip
    return set_limits(session, [*_portions(wish), *_places(session, wish)])


def _refuse_bad(session: Session, wish: MenuWish) -> None:
    if not wish.items or any(one.portions < 1 or one.price_fen < 0 for one in wish.items):
        raise EmptyMenu
    for kind, model in ((ItemKind.DISH, Dish), (ItemKind.SET, MealSet)):
        wanted = [one.item[1] for one in wish.items if one.item[0] is kind]
        own = sa.select(sa.func.count()).where(
            model.facility_id == wish.kitchen_id, model.id.in_(wanted)
        )
        if len(set(wanted)) != len(wanted) or session.scalar(own) != len(wanted):
            raise ForeignDish
    calendar = working_calendar(session, wish.day, wish.day)
    opening = opening_on(session, [wish.kitchen_id], wish.day, wish.day, calendar)
    if opening[wish.kitchen_id, wish.day].span is None:
        raise MenuShutDay


def _menu_row(session: Session, wish: MenuWish, now: datetime) -> int:
    """A fresh menu, or the withdrawn one of that meal emptied and brought back."""
    insert = on_conflict(session, MenuDay).values(
        facility_id=wish.kitchen_id, day=wish.day, meal=wish.meal, published_at=now
    )
    menu_id = session.scalar(
        insert.on_conflict_do_update(
            index_elements=["facility_id", "day", "meal"],
            set_={"published_at": now, "withdrawn_at": None},
            where=MenuDay.withdrawn_at.is_not(None),
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


def _portions(wish: MenuWish) -> list[SlotLimit]:
    return [
        SlotLimit(
            RESOURCE_OF_ITEM[one.item[0]], one.item[1], wish.kitchen_id,
            wish.day, MEAL_SLOTS[wish.meal], one.portions,
        )
        for one in wish.items
    ]  # fmt: skip


def _places(session: Session, wish: MenuWish) -> list[SlotLimit]:
    """Seats, pick-ups and deliveries of the kitchen's canteen and of all points it supplies."""
    rows = session.scalars(
        sa.select(MealTerms)
        .join(CanteenTerms, CanteenTerms.facility_id == MealTerms.facility_id)
        .where(
            MealTerms.meal == wish.meal,
            sa.or_(
                sa.and_(
                    CanteenTerms.facility_id == wish.kitchen_id, CanteenTerms.supplied_by.is_(None)
                ),
                CanteenTerms.supplied_by == wish.kitchen_id,
            ),
        )
        .order_by(MealTerms.facility_id)
    )
    return [
        SlotLimit(kind, row.facility_id, row.facility_id, wish.day, MEAL_SLOTS[wish.meal], places)
        for row in rows
        for kind, places in (
            (ResourceKind.SEATS, row.seats),
            (ResourceKind.PICK_UPS, row.pick_ups),
            (ResourceKind.DELIVERIES, row.deliveries),
        )
    ]

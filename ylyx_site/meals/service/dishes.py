"""The cookbook of a kitchen: dishes and sets, described, changed, retired and taken up again."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.meals.errors.menus import NameTaken, SetWithoutDishes
from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.models import Dish, MealSet, SetDish
from ylyx_site.meals.queries.cookbook import own_item
from ylyx_site.meals.rules.menus import DishWish, SetWish
from ylyx_site.meals.rules.wishes import Item
from ylyx_site.meals.service.kitchens import refuse_no_kitchen
from ylyx_site.meals.service.menus import names_of
from ylyx_site.meals.service.telling import look_again
from ylyx_site.shared import clock


def add_dish(
    session: Session, kitchen_id: int, wish: DishWish, *, actor_id: int, now: datetime
) -> int:
    """Enter a dish; its number. Raises `NotFound`, `SuppliedKitchen`, `NameTaken`."""
    refuse_no_kitchen(session, kitchen_id)
    _refuse_name(session, kitchen_id, wish.name, None)
    dish = Dish(facility_id=kitchen_id)
    _describe(dish, wish)
    session.add(dish)
    session.flush()
    _note(session, "meals.dish_added", kitchen_id, (ItemKind.DISH, dish.id), by=(actor_id, now))
    return dish.id


def change_dish(
    session: Session, kitchen_id: int, dish_id: int, wish: DishWish, *, actor_id: int, now: datetime
) -> None:
    """Describe a dish anew; menus that are planned already keep their price.

    Families who have ordered it are warned anew of what their people avoid.

    Raises `NotFound`, `NameTaken`.
    """
    dish = own_item(session, kitchen_id, (ItemKind.DISH, dish_id))
    assert isinstance(dish, Dish)  # noqa: S101 by its kind
    _refuse_name(session, kitchen_id, wish.name, (ItemKind.DISH, dish_id))
    was = dish.price_fen
    _describe(dish, wish)
    session.flush()
    look_again(session, (ItemKind.DISH, dish_id), clock.day_of(now))
    detail = f"{was}->{wish.price_fen}" if was != wish.price_fen else ""
    _note(
        session,
        "meals.dish_changed",
        kitchen_id,
        (ItemKind.DISH, dish_id),
        by=(actor_id, now),
        detail=detail,
    )


def add_set(
    session: Session, kitchen_id: int, wish: SetWish, *, actor_id: int, now: datetime
) -> int:
    """Enter a set; its number.

    Raises `NotFound`, `SuppliedKitchen`, `NameTaken`, `SetWithoutDishes`, `ForeignDish`.
    """
    refuse_no_kitchen(session, kitchen_id)
    _refuse_name(session, kitchen_id, wish.name, None)
    made = MealSet(facility_id=kitchen_id, name=wish.name, price_fen=wish.price_fen)
    session.add(made)
    session.flush()
    _fill(session, kitchen_id, made.id, wish)
    _note(session, "meals.set_added", kitchen_id, (ItemKind.SET, made.id), by=(actor_id, now))
    return made.id


def change_set(
    session: Session, kitchen_id: int, set_id: int, wish: SetWish, *, actor_id: int, now: datetime
) -> None:
    """As `change_dish`, with its dishes; raises what `add_set` raises."""
    made = own_item(session, kitchen_id, (ItemKind.SET, set_id))
    _refuse_name(session, kitchen_id, wish.name, (ItemKind.SET, set_id))
    was, made.name, made.price_fen = made.price_fen, wish.name, wish.price_fen
    session.flush()
    _fill(session, kitchen_id, set_id, wish)
    look_again(session, (ItemKind.SET, set_id), clock.day_of(now))
    detail = f"{was}->{wish.price_fen}" if was != wish.price_fen else ""
    _note(
        session,
        "meals.set_changed",
        kitchen_id,
        (ItemKind.SET, set_id),
        by=(actor_id, now),
        detail=detail,
    )


def retire(session: Session, kitchen_id: int, item: Item, *, actor_id: int, now: datetime) -> None:
    """No new menu has it; what is public stays, and so does history. Raises `NotFound`."""
    own_item(session, kitchen_id, item).retired_at = now
    session.flush()
    _note(session, "meals.dish_retired", kitchen_id, item, by=(actor_id, now))


def take_up(session: Session, kitchen_id: int, item: Item, *, actor_id: int, now: datetime) -> None:
    """Cook it again. Raises `NotFound`."""
    own_item(session, kitchen_id, item).retired_at = None
    session.flush()
    _note(session, "meals.dish_taken_up", kitchen_id, item, by=(actor_id, now))


def _describe(dish: Dish, wish: DishWish) -> None:
    dish.name, dish.price_fen, dish.picture = wish.name, wish.price_fen, wish.picture
    dish.allergens, dish.diets = wish.allergens, wish.diets
    dish.ingredients = wish.ingredients


def _fill(session: Session, kitchen_id: int, set_id: int, wish: SetWish) -> None:
    if not wish.dish_ids:
        raise SetWithoutDishes
    names_of(session, kitchen_id, [(ItemKind.DISH, number) for number in wish.dish_ids])
    session.execute(
        sa.delete(SetDish)
        .where(SetDish.set_id == set_id)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        sa.insert(SetDish), [{"set_id": set_id, "dish_id": number} for number in wish.dish_ids]
    )


def _refuse_name(session: Session, kitchen_id: int, name: str, itself: Item | None) -> None:
    """Two of one name could not be told apart on a menu."""
    for kind, model in ((ItemKind.DISH, Dish), (ItemKind.SET, MealSet)):
        own = itself[1] if itself and itself[0] is kind else 0
        same = sa.select(model.id).where(
            model.facility_id == kitchen_id, model.name == name, model.id != own
        )
        if session.scalar(same.limit(1)) is not None:
            raise NameTaken


def _note(
    session: Session,
    action: str,
    kitchen_id: int,
    item: Item,
    *,
    by: tuple[int, datetime],
    detail: str = "",
) -> None:
    actor_id, now = by
    note(
        session, action, f"{item[0].value}:{item[1]}", actor_id=actor_id, now=now,
        facility_id=kitchen_id, detail=detail,
    )  # fmt: skip

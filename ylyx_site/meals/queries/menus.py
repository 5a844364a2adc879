"""Menus with what is left of each dish, in two queries for any number of kitchens and days."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.meals.kinds import MEAL_SLOTS, ItemKind
from ylyx_site.meals.models import Dish, MealSet, MenuDay, MenuItem, MenuPicture, SetDish
from ylyx_site.meals.rules.canteens import Menu, MenuLine, Photo
from ylyx_site.meals.rules.wishes import MealWish
from ylyx_site.places.models import PlaceSlot, Resource, ResourceKind

PUBLIC = (MenuDay.published_at.is_not(None), MenuDay.withdrawn_at.is_(None))
Menus = dict[tuple[int, date, Meal], Menu]


def menus_of(
    session: Session,
    kitchen_ids: Collection[int],
    first: date,
    last: date,
    meal: Meal | None = None,
) -> Menus:
    """The published menus of these kitchens from day to day, both included."""
    rows = session.execute(_lines(kitchen_ids, first, last, meal)).all()
    dishes = _dishes_of_sets(session, {row.set_id for row in rows if row.set_id})
    lines: dict[tuple[int, date, Meal], list[MenuLine]] = defaultdict(list)
    for row in rows:
        lines[row.facility_id, row.day, row.meal].append(_line(row, dishes))
    return {key: Menu(key[1], key[2], tuple(found)) for key, found in lines.items()}


def menu_days(session: Session, kitchen_id: int, first: date) -> list[tuple[date, Meal]]:
    """The meals from a day on that have a menu, in order."""
    rows = session.execute(
        sa.select(MenuDay.day, MenuDay.meal).where(
            MenuDay.facility_id == kitchen_id,
            MenuDay.day >= first,
            *PUBLIC,
        )
    )
    return sorted(((day, meal) for day, meal in rows), key=lambda one: (one[0], MEAL_SLOTS[one[1]]))


def was_taken_back(session: Session, kitchen_id: int, wish: MealWish) -> bool:
    """Whether something of the wish stood on a menu of that meal and was withdrawn; one query."""
    dishes = [number for (kind, number), _portions in wish.numbers if kind is ItemKind.DISH]
    sets = [number for (kind, number), _portions in wish.numbers if kind is ItemKind.SET]
    is_gone = MenuItem.withdrawn_at.is_not(None) | MenuDay.withdrawn_at.is_not(None)
    found = session.scalar(
        sa.select(MenuDay.id)
        .join(MenuItem, MenuItem.menu_id == MenuDay.id)
        .where(
            MenuDay.facility_id == kitchen_id,
            MenuDay.day == wish.day,
            MenuDay.meal == wish.meal,
            is_gone,
            MenuItem.dish_id.in_(dishes) | MenuItem.set_id.in_(sets),
        )
        .limit(1)
    )
    return found is not None


def _lines(
    kitchen_ids: Collection[int], first: date, last: date, meal: Meal | None
) -> sa.Select[*tuple[Any, ...]]:
    slot = sa.case(*((MenuDay.meal == one, number) for one, number in MEAL_SLOTS.items()), else_=-1)
    is_resource = sa.or_(
        sa.and_(Resource.kind == ResourceKind.DISH, Resource.owner_id == MenuItem.dish_id),
        sa.and_(Resource.kind == ResourceKind.MEAL_SET, Resource.owner_id == MenuItem.set_id),
    )
    chosen: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            MenuDay.facility_id, MenuDay.day, MenuDay.meal, MenuItem.dish_id, MenuItem.set_id,
            MenuItem.portions, MenuItem.price_fen,
            sa.func.coalesce(Dish.name, MealSet.name).label("name"),
            sa.func.coalesce(Dish.picture, MealSet.picture).label("picture"),
            Dish.allergens, Dish.diets, Dish.ingredients,
            sa.func.coalesce(Dish.card_digest, MealSet.card_digest).label("card"),
            sa.func.coalesce(Dish.full_digest, MealSet.full_digest).label("full"),
            MenuPicture.width, MenuPicture.height,
            (PlaceSlot.capacity - PlaceSlot.taken).label("left"),
        )
        .join(MenuItem, MenuItem.menu_id == MenuDay.id)
        .outerjoin(Dish, Dish.id == MenuItem.dish_id)
        .outerjoin(MealSet, MealSet.id == MenuItem.set_id)
        .outerjoin(
            MenuPicture,
            MenuPicture.digest == sa.func.coalesce(Dish.card_digest, MealSet.card_digest),
        )
        .outerjoin(Resource, is_resource)
        .outerjoin(
            PlaceSlot,
            sa.and_(
                PlaceSlot.resource_id == Resource.id,
                PlaceSlot.day == MenuDay.day,
                PlaceSlot.slot == slot,
            ),
        )
        .where(
            MenuDay.facility_id.in_(kitchen_ids),
            MenuDay.day.between(first, last),
            MenuItem.withdrawn_at.is_(None),
            *PUBLIC,
        )
        .order_by(MenuDay.facility_id, MenuDay.day, MenuDay.meal, MenuItem.position)
    )  # fmt: skip
    return chosen if meal is None else chosen.where(MenuDay.meal == meal)


def _dishes_of_sets(session: Session, set_ids: set[int]) -> dict[int, list[Dish]]:
    found: dict[int, list[Dish]] = defaultdict(list)
    rows = session.execute(
        sa.select(SetDish.set_id, Dish)
        .join(Dish, Dish.id == SetDish.dish_id)
        .where(SetDish.set_id.in_(set_ids))
        .order_by(SetDish.set_id, Dish.id)
    )
    for set_id, dish in rows:
        found[set_id].append(dish)
    return found


def _line(row: Any, dishes: dict[int, list[Dish]]) -> MenuLine:
    if row.dish_id is not None:
        item, names = (ItemKind.DISH, row.dish_id), tuple[str, ...]()
        allergens, diets = _words([row.allergens]), tuple(row.diets.split())
        ingredients = row.ingredients
    else:
        item, parts = (ItemKind.SET, row.set_id), dishes.get(row.set_id, [])
        names = tuple(one.name for one in parts)
        allergens = _words(one.allergens for one in parts)
        diets = _shared([one.diets for one in parts])
        ingredients = " ".join(one.ingredients for one in parts)
    return MenuLine(
        item, row.name, row.price_fen, row.portions, max(0, row.left or 0), str(row.picture),
        allergens, diets, ingredients, names, photo_of(row),
    )  # fmt: skip


def photo_of(row: Any) -> Photo | None:
    """The photograph of a row with `card`, `full` and the card's `width` and `height`."""
    return Photo(row.card, row.full, row.width, row.height) if row.card and row.width else None


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    """All words of all texts, each once."""
    return tuple(dict.fromkeys(word for text in texts for word in text.split()))


def _shared(texts: list[str]) -> tuple[str, ...]:
    """A set is fit for a diet when all of its dishes are."""
    if not texts:
        return ()
    shared = set.intersection(*(set(text.split()) for text in texts))
    return tuple(word for word in texts[0].split() if word in shared)

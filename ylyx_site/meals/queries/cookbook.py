"""The cookbook of a kitchen, and photographs by their digest."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.models import Dish, MealSet, MenuPicture, SetDish
from ylyx_site.meals.queries.menus import photo_of
from ylyx_site.meals.rules.canteens import Photo
from ylyx_site.meals.rules.wishes import Item
from ylyx_site.shared.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Entry:
    """A dish or set of the cookbook; a set's `dishes` are its dishes' numbers and names."""

    item: Item
    name: str
    price_fen: int
    picture: str
    allergens: tuple[str, ...]
    diets: tuple[str, ...]
    ingredients: str
    retired_at: datetime | None
    photo: Photo | None
    dishes: tuple[tuple[int, str], ...] = ()

    @property
    def is_dish(self) -> bool:
        """Whether it is one dish, not a set."""
        return self.item[0] is ItemKind.DISH

    @property
    def field(self) -> str:
        """Its name in forms: `dish-12`, `set-3`."""
        return f"{self.item[0].value}-{self.item[1]}"

    @property
    def address(self) -> str:
        """Its page at the desk."""
        return f"/desk/menus/{'dishes' if self.is_dish else 'sets'}/{self.item[1]}"


def cookbook(session: Session, kitchen_id: int) -> list[Entry]:
    """All sets, then all dishes, those that are cooked first; three queries."""
    sets, dishes = _rows(session, MealSet, kitchen_id), _rows(session, Dish, kitchen_id)
    parts = _parts(session, kitchen_id)
    found = [_set_entry(row, parts[row.id]) for row in sets]
    found += [_dish_entry(row) for row in dishes]
    return sorted(found, key=lambda one: one.retired_at is not None)


def entry_of(session: Session, kitchen_id: int, item: Item) -> Entry:
    """One of them; raises `NotFound` for one of another kitchen."""
    found = [one for one in cookbook(session, kitchen_id) if one.item == item]
    if not found:
        raise NotFound
    return found[0]


def own_item(session: Session, kitchen_id: int, item: Item) -> Dish | MealSet:
    """The row of a dish or set of this kitchen; raises `NotFound`."""
    row: Dish | MealSet | None = (
        session.get(Dish, item[1], populate_existing=True)
        if item[0] is ItemKind.DISH
        else session.get(MealSet, item[1], populate_existing=True)
    )
    if row is None or row.facility_id != kitchen_id:
        raise NotFound
    return row


def picture_of(session: Session, digest: str) -> bytes:
    """A photograph's bytes (WebP); raises `NotFound`."""
    content = session.scalar(sa.select(MenuPicture.content).where(MenuPicture.digest == digest))
    if content is None:
        raise NotFound
    return bytes(content)


def _rows(session: Session, model: Any, kitchen_id: int) -> list[Any]:
    rows = session.execute(
        sa.select(
            model, model.card_digest.label("card"), model.full_digest.label("full"),
            MenuPicture.width, MenuPicture.height,
        )
        .outerjoin(MenuPicture, MenuPicture.digest == model.card_digest)
        .where(model.facility_id == kitchen_id)
        .order_by(model.id)
        .execution_options(populate_existing=True)
    )  # fmt: skip
    return [_Row(row[0].id, row[0], photo_of(row)) for row in rows.all()]


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    row: Any
    photo: Photo | None


def _parts(session: Session, kitchen_id: int) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows = session.execute(
        sa.select(SetDish.set_id, Dish)
        .join(Dish, Dish.id == SetDish.dish_id)
        .where(Dish.facility_id == kitchen_id)
        .order_by(SetDish.set_id, Dish.id)
    )
    for set_id, dish in rows:
        found[set_id].append(dish)
    return found


def _dish_entry(one: _Row) -> Entry:
    dish = one.row
    return Entry(
        (ItemKind.DISH, dish.id), dish.name, dish.price_fen, str(dish.picture),
        tuple(dish.allergens.split()), tuple(dish.diets.split()), dish.ingredients,
        dish.retired_at, one.photo,
    )  # fmt: skip


def _set_entry(one: _Row, parts: list[Any]) -> Entry:
    made = one.row
    return Entry(
        (ItemKind.SET, made.id), made.name, made.price_fen, str(made.picture), (), (), "",
        made.retired_at, one.photo, tuple((part.id, part.name) for part in parts),
    )  # fmt: skip

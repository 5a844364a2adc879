"""What a kitchen cooks for a meal: a fixed number of queries, however many eat."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.facilities.models import Facility
from ylyx_site.families.kinds import Texture
from ylyx_site.families.models import ElderProfile, Person
from ylyx_site.families.queries.eaters import opened_avoids
from ylyx_site.kitchen.rules.freezing import Stand, stand_of
from ylyx_site.kitchen.rules.wants import AVOID, Item, Wanted
from ylyx_site.meals.models import Dish, MealOrder, MealSet, OrderedMeal, Portion, SetDish
from ylyx_site.serving.models import GuestMeal

GUESTS = "guests"  # why a meal was added: sold at the window


@dataclass(frozen=True, slots=True)
class Names:
    """What items are called, which dishes sets are made of, and the places that are supplied."""

    items: Mapping[Item, str]
    sets: Mapping[Item, tuple[Item, ...]]
    places: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A label: whose it is, what is in it, how it has to be."""

    meal_id: int
    where: int
    name: str
    tail: str
    serving: Serving
    needs: tuple[str, ...]
    what: tuple[tuple[str, int], ...]


def wanted_of(
    session: Session, kitchen_id: int, day: date, meal: Meal, cutoffs: Mapping[int, datetime]
) -> tuple[list[Wanted], Names]:
    """All meals of a kitchen, its points' too, with their names; `cutoffs` by facility.

    A facility without a cut-off (it serves the meal no more) counts as not past it.
    """
    rows = session.execute(_meals(kitchen_id, day, meal)).all()
    portions = _portions(session, kitchen_id, day, meal)
    far = datetime.max.replace(tzinfo=next(iter(cutoffs.values())).tzinfo) if cutoffs else None
    meals = []
    for row in rows:
        cutoff = cutoffs.get(row.facility_id, far)
        stand = (
            stand_of(row.ordered_at, row.ended_at, cutoff, is_late=bool(row.late_reason))
            if cutoff
            else Stand.PLANNED
        )
        if stand is not Stand.NEVER:
            meals.append(_wanted(row, stand, tuple(portions[row.id])))
    guests = _guests(session, kitchen_id, day, meal)
    return meals + guests, _names(session, meals + guests, {row.facility_id for row in rows})


def labels_of(
    session: Session, kitchen_id: int, day: date, meal: Meal, servings: Collection[Serving]
) -> list[LabelRow]:
    """Whose meals are packed, by place and way of serving; names are on them: journal the read."""
    rows = session.execute(
        _meals(kitchen_id, day, meal)
        .add_columns(Person.name, ElderProfile.phone_tail)
        .where(OrderedMeal.ended_at.is_(None), OrderedMeal.serving.in_(servings))
    ).all()
    portions = _portions(session, kitchen_id, day, meal, named=True)
    found = [
        LabelRow(
            row.id, row.facility_id, row.name, row.phone_tail or "", row.serving, _needs(row),
            tuple(portions[row.id]),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.where, one.serving.value, one.name, one.meal_id))


def _meals(kitchen_id: int, day: date, meal: Meal) -> Any:
    return (
        sa.select(
            OrderedMeal.id, OrderedMeal.facility_id, OrderedMeal.serving, OrderedMeal.ended_at,
            OrderedMeal.late_reason, MealOrder.ordered_at, ElderProfile.diets,
            ElderProfile.texture, ElderProfile.avoids_sealed,
        )
        .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
        .join(Person, Person.id == OrderedMeal.person_id)
        .outerjoin(ElderProfile, ElderProfile.person_id == OrderedMeal.person_id)
        .where(
            OrderedMeal.kitchen_id == kitchen_id, OrderedMeal.day == day, OrderedMeal.meal == meal
        )
        .order_by(OrderedMeal.id)
    )  # fmt: skip


def _portions(
    session: Session, kitchen_id: int, day: date, meal: Meal, *, named: bool = False
) -> dict[int, list[tuple[str, int]]]:
    """What is in each meal: by item, or by the name under which it was sold."""
    rows = session.execute(
        sa.select(
            Portion.meal_id, Portion.dish_id, Portion.set_id, Portion.name, Portion.number
        )
        .join(OrderedMeal, OrderedMeal.id == Portion.meal_id)
        .where(
            OrderedMeal.kitchen_id == kitchen_id, OrderedMeal.day == day, OrderedMeal.meal == meal
        )
        .order_by(Portion.id)
    )  # fmt: skip
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for meal_id, dish_id, set_id, name, number in rows:
        found[meal_id].append((name if named else _item(dish_id, set_id), number))
    return found


def _wanted(row: Any, stand: Stand, items: tuple[tuple[Item, int], ...]) -> Wanted:
    at = row.ended_at if stand is Stand.GONE else row.ordered_at
    return Wanted(stand, row.facility_id, row.serving, _needs(row), items, at, row.late_reason)


def _needs(row: Any) -> tuple[str, ...]:
    soft = row.texture is not None and row.texture is not Texture.ORDINARY
    return (
        *(row.diets or "").split(),
        *((str(row.texture),) if soft else ()),
        *(f"{AVOID}{word}" for word in opened_avoids(row.avoids_sealed)),
    )


def _guests(session: Session, kitchen_id: int, day: date, meal: Meal) -> list[Wanted]:
    rows = session.scalars(
        sa.select(GuestMeal)
        .where(
            GuestMeal.kitchen_id == kitchen_id,
            GuestMeal.day == day,
            GuestMeal.meal == meal,
            GuestMeal.undone_at.is_(None),
        )
        .order_by(GuestMeal.id)
    )
    return [
        Wanted(
            Stand.ADDED, row.facility_id, row.serving, (),
            ((_item(row.dish_id, row.set_id), row.number),), row.sold_at, GUESTS,
        )
        for row in rows
    ]  # fmt: skip


def _names(session: Session, meals: Collection[Wanted], places: set[int]) -> Names:
    """Four queries: dishes inside of sets, sets and dishes by name, places by name."""
    items = {item for one in meals for item, _number in one.items}
    set_ids = {int(one[4:]) for one in items if one.startswith("set-")}
    parts = session.execute(
        sa.select(SetDish.set_id, SetDish.dish_id)
        .where(SetDish.set_id.in_(set_ids))
        .order_by(SetDish.set_id, SetDish.dish_id)
    ).all()
    sets: dict[Item, tuple[Item, ...]] = {}
    for set_id, dish_id in parts:
        sets[f"set-{set_id}"] = (*sets.get(f"set-{set_id}", ()), f"dish-{dish_id}")
    dish_ids = {int(one[5:]) for one in items if one.startswith("dish-")}
    dish_ids |= {dish_id for _set_id, dish_id in parts}
    where = places | {one.where for one in meals}
    return Names(_items(session, set_ids, dish_ids), sets, _places(session, where))


def _items(session: Session, set_ids: set[int], dish_ids: set[int]) -> dict[Item, str]:
    sets = session.execute(sa.select(MealSet.id, MealSet.name).where(MealSet.id.in_(set_ids)))
    named = {f"set-{number}": name for number, name in sets}
    dishes = session.execute(sa.select(Dish.id, Dish.name).where(Dish.id.in_(dish_ids)))
    return named | {f"dish-{number}": name for number, name in dishes}


def _places(session: Session, ids: set[int]) -> dict[int, str]:
    rows = session.execute(sa.select(Facility.id, Facility.name).where(Facility.id.in_(ids)))
    return {number: name for number, name in rows}  # noqa: C416 rows are not pairs


def _item(dish_id: int | None, set_id: int | None) -> Item:
    return f"dish-{dish_id}" if dish_id is not None else f"set-{set_id}"

"""The menus of a week as their kitchen plans them: drafts too, with what is ordered already."""

import enum
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import FacilityKind, Meal
from ylyx_site.facilities.models import Facility
from ylyx_site.meals.kinds import MEAL_SLOTS, ItemKind, MealState
from ylyx_site.meals.models import CanteenTerms, Dish, MealSet, MenuDay, MenuItem, OrderedMeal
from ylyx_site.meals.rules.wishes import Item
from ylyx_site.places.models import PlaceSlot, Resource, ResourceKind
from ylyx_site.shared.spans import DaySpan


class MenuState(enum.StrEnum):
    """Where a meal's menu stands."""

    NONE = "none"
    DRAFT = "draft"
    PUBLIC = "public"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of a menu; `taken` is what the ledger has of its portions."""

    item: Item
    name: str
    price_fen: int
    portions: int
    taken: int
    is_withdrawn: bool

    @property
    def field(self) -> str:
        """Its name in forms and addresses: `dish-12`, `set-3`."""
        return f"{self.item[0].value}-{self.item[1]}"

    @property
    def over(self) -> int:
        """How many more are ordered than there are portions."""
        return max(0, self.taken - self.portions)


@dataclass(frozen=True, slots=True)
class PlannedMenu:
    """A meal's menu of a day in its kitchen."""

    day: date
    meal: Meal
    state: MenuState
    lines: tuple[PlanLine, ...]

    @property
    def live(self) -> list[PlanLine]:
        """What is still on it."""
        return [one for one in self.lines if not one.is_withdrawn]

    @property
    def gone(self) -> list[PlanLine]:
        """What was taken off it."""
        return [one for one in self.lines if one.is_withdrawn]

    @property
    def portions(self) -> int:
        """All portions together."""
        return sum(one.portions for one in self.live)


MealKey = tuple[date, Meal]


def planned_menus(session: Session, kitchen_id: int, days: DaySpan) -> dict[MealKey, PlannedMenu]:
    """The menus of these days that were written, whatever became of them; one query."""
    found: dict[MealKey, list[Any]] = defaultdict(list)
    for row in session.execute(_lines(kitchen_id, days)):
        found[row.day, row.meal].append(row)
    return {
        key: PlannedMenu(
            *key, _state(rows[0]), tuple(_line(row) for row in rows if row.name is not None)
        )
        for key, rows in found.items()
        if _state(rows[0]) is not MenuState.NONE
    }


def meals_ordered(
    session: Session, facility_ids: Collection[int], days: DaySpan, *, at_kitchen: bool
) -> dict[MealKey, int]:
    """How many meals stand by day and meal: of a kitchen with its points, or of one place."""
    column = OrderedMeal.kitchen_id if at_kitchen else OrderedMeal.facility_id
    rows = session.execute(
        sa.select(OrderedMeal.day, OrderedMeal.meal, sa.func.count())
        .where(
            column.in_(facility_ids),
            OrderedMeal.day.between(days.first, days.last),
            OrderedMeal.state == MealState.ORDERED,
        )
        .group_by(OrderedMeal.day, OrderedMeal.meal)
    )
    return {(day, meal): int(number) for day, meal, number in rows}


def points_of(session: Session, kitchen_id: int) -> list[str]:
    """The names of the meal points that a kitchen supplies."""
    rows = session.scalars(
        sa.select(Facility.name)
        .join(CanteenTerms, CanteenTerms.facility_id == Facility.id)
        .where(CanteenTerms.supplied_by == kitchen_id)
        .order_by(Facility.id)
    )
    return list(rows)


def kitchens(session: Session, besides: int) -> list[tuple[int, str]]:
    """Numbers and names of the canteens that cook themselves, but for one."""
    rows = session.execute(
        sa.select(Facility.id, Facility.name)
        .join(CanteenTerms, CanteenTerms.facility_id == Facility.id)
        .where(
            CanteenTerms.supplied_by.is_(None),
            Facility.kind == FacilityKind.CANTEEN,
            Facility.id != besides,
        )
        .order_by(Facility.name)
    )
    return [(row.id, row.name) for row in rows]


def _lines(kitchen_id: int, days: DaySpan) -> sa.Select[*tuple[Any, ...]]:
    slot = sa.case(*((MenuDay.meal == one, number) for one, number in MEAL_SLOTS.items()), else_=-1)
    is_resource = sa.or_(
        sa.and_(Resource.kind == ResourceKind.DISH, Resource.owner_id == MenuItem.dish_id),
        sa.and_(Resource.kind == ResourceKind.MEAL_SET, Resource.owner_id == MenuItem.set_id),
    )
    chosen: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            MenuDay.day, MenuDay.meal, MenuDay.published_at, MenuDay.withdrawn_at,
            MenuItem.dish_id, MenuItem.set_id, MenuItem.portions, MenuItem.price_fen,
            MenuItem.withdrawn_at.label("line_withdrawn_at"),
            sa.func.coalesce(Dish.name, MealSet.name).label("name"),
            sa.func.coalesce(PlaceSlot.taken, 0).label("taken"),
        )
        .outerjoin(MenuItem, MenuItem.menu_id == MenuDay.id)
        .outerjoin(Dish, Dish.id == MenuItem.dish_id)
        .outerjoin(MealSet, MealSet.id == MenuItem.set_id)
        .outerjoin(Resource, is_resource)
        .outerjoin(
            PlaceSlot,
            sa.and_(
                PlaceSlot.resource_id == Resource.id,
                PlaceSlot.day == MenuDay.day,
                PlaceSlot.slot == slot,
            ),
        )
        .where(MenuDay.facility_id == kitchen_id, MenuDay.day.between(days.first, days.last))
        .order_by(MenuDay.day, MenuItem.position)
    )  # fmt: skip
    return chosen


def _state(row: Any) -> MenuState:
    """A draft that was thrown away is as if it had never been."""
    if row.withdrawn_at is not None:
        return MenuState.WITHDRAWN if row.published_at is not None else MenuState.NONE
    return MenuState.PUBLIC if row.published_at is not None else MenuState.DRAFT


def _line(row: Any) -> PlanLine:
    item = (ItemKind.DISH, row.dish_id) if row.dish_id is not None else (ItemKind.SET, row.set_id)
    return PlanLine(
        item, row.name, row.price_fen, row.portions, row.taken, row.line_withdrawn_at is not None
    )

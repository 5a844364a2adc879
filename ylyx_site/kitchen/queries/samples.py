"""Samples of food, and the dishes of which there should be some."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from ylyx_site.facilities.kinds import Meal
from ylyx_site.facilities.queries.meals import as_of_the_day
from ylyx_site.identity.models import Account
from ylyx_site.kitchen.models import FoodSample
from ylyx_site.kitchen.rules.samples import KEPT, REMIND_AFTER
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import Dish, MealTerms, MenuDay, MenuItem, OrderedMeal, SetDish


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A sample as it stands."""

    id: int
    day: date
    meal: Meal
    dish_id: int
    dish: str
    grams: int
    tenths: int
    box: str
    taken_at: datetime
    taken_by: str
    disposed_at: datetime | None
    disposed_by: str | None

    @property
    def due_at(self) -> datetime:
        """When it may be thrown away."""
        return self.taken_at + KEPT


def dishes_cooked(
    session: Session, kitchen_id: int, day: date, meal: Meal
) -> list[tuple[int, str]]:
    """Each dish on the menu, those inside of sets too, by name; one query."""
    is_menu = (
        MenuDay.facility_id == kitchen_id, MenuDay.day == day, MenuDay.meal == meal,
        MenuDay.withdrawn_at.is_(None),
    )  # fmt: skip
    alone = (
        sa.select(MenuItem.dish_id)
        .join(MenuDay, MenuDay.id == MenuItem.menu_id)
        .where(*is_menu, MenuItem.dish_id.is_not(None))
    )
    inside = (
        sa.select(SetDish.dish_id)
        .join(MenuItem, MenuItem.set_id == SetDish.set_id)
        .join(MenuDay, MenuDay.id == MenuItem.menu_id)
        .where(*is_menu)
    )
    rows = session.execute(
        sa.select(Dish.id, Dish.name)
        .where(Dish.id.in_(alone.union(inside)))
        .order_by(Dish.name, Dish.id)
    )
    return [(number, name) for number, name in rows]


def samples_of(session: Session, kitchen_id: int, day: date, meal: Meal) -> list[SampleRow]:
    """The samples of a meal, by dish; one query."""
    return _rows(session, FoodSample.facility_id == kitchen_id, FoodSample.day == day,
                 FoodSample.meal == meal)  # fmt: skip


def kept_samples(session: Session, kitchen_id: int) -> list[SampleRow]:
    """All samples that are still kept, the oldest first; one query."""
    return _rows(session, FoodSample.facility_id == kitchen_id, FoodSample.disposed_at.is_(None))


def meals_without(
    session: Session, day: date, minute: int, kitchen_id: int | None = None
) -> list[tuple[int, Meal]]:
    """Kitchens and meals served for an hour (of which somebody ordered) without any sample."""
    rows = session.execute(
        sa.select(MenuDay.facility_id, MenuDay.meal)
        .join(
            MealTerms,
            sa.and_(MealTerms.facility_id == MenuDay.facility_id, MealTerms.meal == MenuDay.meal),
        )
        .where(
            MenuDay.day == day,
            MenuDay.withdrawn_at.is_(None),
            MenuDay.facility_id == kitchen_id if kitchen_id is not None else sa.true(),
            MealTerms.serves_from <= minute - REMIND_AFTER,
            sa.exists().where(
                OrderedMeal.kitchen_id == MenuDay.facility_id,
                OrderedMeal.day == day,
                OrderedMeal.meal == MenuDay.meal,
                OrderedMeal.state == MealState.ORDERED,
            ),
            ~sa.exists().where(
                FoodSample.facility_id == MenuDay.facility_id,
                FoodSample.day == day,
                FoodSample.meal == MenuDay.meal,
            ),
        )
        .order_by(MenuDay.facility_id, MealTerms.serves_from)
    )
    return [(kitchen, meal) for kitchen, meal in rows]


def _rows(session: Session, *where: sa.ColumnElement[bool]) -> list[SampleRow]:
    took, threw = aliased(Account), aliased(Account)
    rows: Any = session.execute(
        sa.select(
            FoodSample.id, FoodSample.day, FoodSample.meal, FoodSample.dish_id, Dish.name,
            FoodSample.grams, FoodSample.tenths, FoodSample.box, FoodSample.taken_at, took.name,
            FoodSample.disposed_at, threw.name,
        )
        .join(Dish, Dish.id == FoodSample.dish_id)
        .join(took, took.id == FoodSample.taken_by)
        .outerjoin(threw, threw.id == FoodSample.disposed_by)
        .where(*where)
        .order_by(
            FoodSample.day, as_of_the_day(FoodSample.meal), Dish.name, FoodSample.id
        )
    )  # fmt: skip
    return [SampleRow(*row) for row in rows]

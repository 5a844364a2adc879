"""A canteen with a menu, and orders in one line, for the tests of meals."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tests.makers import a_canteen, a_dish, a_menu, a_set
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.facilities.models import Facility
from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.models import Dish, MealSet, MenuDay
from ylyx_site.meals.rules.wishes import MealWish, OrderWish
from ylyx_site.meals.service.orders import order
from ylyx_site.shared import clock

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)


@dataclass(frozen=True, slots=True)
class Place:
    """A canteen, its fish (12 yuan), its set (15 yuan) and Tuesday's lunch menu."""

    canteen: Facility
    fish: Dish
    meal_set: MealSet
    menu: MenuDay

    def lunch(self, *person_ids: int, day: date = TUESDAY, **changes: Any) -> OrderWish:
        """One set for each person, collected."""
        numbers = changes.pop("numbers", (((ItemKind.SET, self.meal_set.id), 1),))
        wish = OrderWish(
            self.canteen.id, person_ids, (MealWish(day, Meal.LUNCH, numbers),), Serving.PICK_UP
        )
        return replace(wish, **changes)


def a_place(session: Session, *, portions: int = 10, seats: int = 20, **terms: Any) -> Place:
    """A canteen with fish and a set on Tuesday's lunch menu, so many portions of each."""
    canteen = a_canteen(session, seats=seats, **terms)
    fish = a_dish(session, canteen.id, allergens="fish", ingredients="鲈鱼 姜 葱")
    rice = a_dish(session, canteen.id, "米饭", 100, diets="soft")
    meal_set = a_set(session, canteen.id, dishes=(rice,))
    menu = a_menu(session, canteen.id, TUESDAY, (meal_set, portions), (fish, portions))
    return Place(canteen, fish, meal_set, menu)


def ordered(session: Session, wish: OrderWish, actor_id: int, code: str = "7K392F") -> str:
    """Order it now; returns the code."""
    order(session, wish, actor_id=actor_id, code=code, now=clock.now())
    return code

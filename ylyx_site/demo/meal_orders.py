"""Meals ordered by the cast: for 赵女士's parents, and by 周奶奶 for herself."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.demo.rules import dice, public_codes
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families.queries.eaters import eaters_of
from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.models import MealSet
from ylyx_site.meals.queries.menus import menu_days
from ylyx_site.meals.rules.wishes import MealWish, OrderWish
from ylyx_site.meals.service.orders import order
from ylyx_site.shared import clock

ZHAO, ZHOU = "13800000003", "13800000004"
ZHAO_EATS_AT, ZHOU_EATS_AT = "水峰社区老年食堂", "金星社区老年食堂"


def enter_meal_orders(
    session: Session, accounts: dict[str, int], facilities: dict[str, int], *, now: datetime
) -> None:
    """Order the next lunches, as these people would do it."""
    zhao, zhou = accounts[ZHAO], accounts[ZHOU]
    mother, father = (one.id for one in eaters_of(session, zhao)[::-1])
    grandmother = eaters_of(session, zhou)[0].id
    near, golden = facilities[ZHAO_EATS_AT], facilities[ZHOU_EATS_AT]
    first, second, third = _lunches(session, near, now)
    wishes = [
        (zhao, _wish(session, near, first, (mother, father), ("软食套餐", Serving.DELIVERY))),
        (zhao, _wish(session, near, second, (mother,), ("两荤一素套餐", Serving.DELIVERY))),
        (zhou, _wish(session, golden, first, (grandmother,), ("一荤一素套餐", Serving.DINE_IN))),
        (zhou, _wish(session, golden, third, (grandmother,), ("两荤一素套餐", Serving.PICK_UP))),
    ]
    codes = public_codes(dice("meal orders"), len(wishes))
    for (account_id, wish), code in zip(wishes, codes, strict=True):
        order(session, wish, actor_id=account_id, code=code, now=now)


def _lunches(session: Session, kitchen_id: int, now: datetime) -> list[date]:
    """The next three days after today with lunch."""
    tomorrow = clock.day_of(now) + timedelta(days=1)
    days = [day for day, meal in menu_days(session, kitchen_id, tomorrow) if meal is Meal.LUNCH]
    return days[:3]


def _wish(
    session: Session,
    canteen_id: int,
    day: date,
    people: tuple[int, ...],
    how: tuple[str, Serving],
) -> OrderWish:
    name, serving = how
    set_id = session.scalars(
        sa.select(MealSet.id).where(MealSet.facility_id == canteen_id, MealSet.name == name)
    ).one()
    meal = MealWish(day, Meal.LUNCH, (((ItemKind.SET, set_id), 1),))
    return OrderWish(canteen_id, people, (meal,), serving)

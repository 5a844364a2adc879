"""What was eaten at 水峰社区老年食堂 this month so far: twelve elders on every day it was open."""

from datetime import date, datetime, timedelta
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.demo.kitchens import publish_lunches
from ylyx_site.demo.rules import public_codes
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families.queries import eaters
from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.models import MealSet, OrderedMeal
from ylyx_site.meals.policy.eaters import as_eater
from ylyx_site.meals.rules.wishes import MealWish, OrderWish
from ylyx_site.meals.service.desk import order_at_desk
from ylyx_site.serving.kinds import HOW_BY_SERVING, Means
from ylyx_site.serving.rules.wishes import Author, HandWish
from ylyx_site.serving.service.counter import serve
from ylyx_site.shared import clock

EATERS = 12
NOON = 11 * 60 + 5
MISSED = 17  # one in so many was not there


def enter_past_meals(
    session: Session,
    canteen_id: int,
    people: list[int],
    staff: tuple[int, int],
    throws: Random,
    *,
    now: datetime,
) -> None:
    """Menus, orders and taps of the month's days before today, as the two clerks made them."""
    days = publish_lunches(session, canteen_id, _days(clock.day_of(now)), now)
    if not days:
        return
    sets = session.scalars(sa.select(MealSet.id).where(MealSet.facility_id == canteen_id)).all()
    known = eaters(session, people[:EATERS])
    begin = clock.instant_at(days[0] - timedelta(days=1), 9 * 60)
    for person_id, code in zip(people, public_codes(throws, EATERS), strict=False):
        item = ((ItemKind.SET, throws.choice(sorted(sets))), 1)
        meals = tuple(MealWish(day, Meal.LUNCH, (item,)) for day in days)
        serving = throws.choice((Serving.DINE_IN, Serving.PICK_UP))
        order_at_desk(
            session, OrderWish(canteen_id, (person_id,), meals, serving),
            (as_eater(known[person_id]),), actor_id=staff[0], code=code, now=begin,
        )  # fmt: skip
    _serve(session, canteen_id, days, staff, throws)


def _days(today: date) -> list[date]:
    """The days of this month before today, the last fifteen at most."""
    first = max(today.replace(day=1), today - timedelta(days=22))
    return [first + timedelta(days=n) for n in range((today - first).days)]


def _serve(
    session: Session, canteen_id: int, days: list[date], staff: tuple[int, int], throws: Random
) -> None:
    rows = session.execute(
        sa.select(OrderedMeal.id, OrderedMeal.day, OrderedMeal.serving)
        .where(OrderedMeal.facility_id == canteen_id, OrderedMeal.day.in_(days))
        .order_by(OrderedMeal.day, OrderedMeal.id)
    ).all()
    for n, (meal_id, day, serving) in enumerate(rows):
        if throws.randrange(MISSED) == 0:
            continue
        at = clock.instant_at(day, NOON) + timedelta(minutes=2 * (n % EATERS))
        wish = HandWish(meal_id, HOW_BY_SERVING[serving], Means.NAME, takes_money=True)
        serve(session, wish, Author(canteen_id, staff[n % 2], at))

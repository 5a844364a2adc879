"""The canteens of the demo district: 24 of them with four weeks of menus, and meals ordered."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from ylyx_site.demo.meal_orders import ZHAO, ZHOU
from ylyx_site.facilities.kinds import Meal
from ylyx_site.families.models import Person
from ylyx_site.identity.models import Account
from ylyx_site.meals.models import CanteenTerms, MealOrder, MenuDay, OrderedMeal
from ylyx_site.shared.db import db

pytestmark = pytest.mark.slow


def test_24_canteens_have_lunch_on_every_open_day_of_four_weeks(district: Flask) -> None:
    cooking = sa.select(CanteenTerms.facility_id).where(CanteenTerms.supplied_by.is_(None))
    canteens = db.session.scalars(cooking).all()
    assert len(canteens) == 24
    rows = db.session.execute(
        sa.select(MenuDay.facility_id, sa.func.count())
        .where(MenuDay.meal == Meal.LUNCH, MenuDay.day >= date(2026, 11, 23))
        .group_by(MenuDay.facility_id)
    )
    assert {row[1] for row in rows} == {24}  # Monday to Saturday of four weeks
    ahead = sa.select(MenuDay.day).where(MenuDay.day >= date(2026, 11, 23))
    days = sorted(set(db.session.scalars(ahead)))
    assert (days[0], days[-1]) == (date(2026, 11, 23), date(2026, 12, 19))


def test_the_cast_has_ordered_lunch_with_the_districts_benefits(district: Flask) -> None:
    rows = db.session.execute(
        sa.select(Person.name, sa.func.count(), sa.func.min(OrderedMeal.benefit_fen))
        .join(OrderedMeal, OrderedMeal.person_id == Person.id)
        .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
        .join(Account, Account.id == MealOrder.account_id)
        .where(Account.phone.in_((ZHAO, ZHOU)))  # others are ordered for at the desk
        .group_by(Person.name)
    ).all()
    assert {row[0]: row[1] for row in rows} == {"周桂兰": 2, "赵德明": 1, "陈桂芳": 2}
    assert min(row[2] for row in rows) > 0

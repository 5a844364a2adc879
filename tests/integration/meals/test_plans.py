"""The weekly pattern: a month in one transaction, what is left out and why, rests, skipping."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from tests.client import SiteClient, text_of
from tests.integration.meals.place import a_place, ordered
from tests.makers import a_menu, an_account, an_elder
from ylyx_site.calendar.models import CalendarDay
from ylyx_site.calendar.rules import DayKind
from ylyx_site.facilities.kinds import ClosureKind, Meal, Serving
from ylyx_site.facilities.models import Closure
from ylyx_site.families.models import Person
from ylyx_site.identity.models import Account
from ylyx_site.ledger import findings
from ylyx_site.meals.kinds import ItemKind, MealState
from ylyx_site.meals.models import MealOrder, MealSet, OrderedMeal
from ylyx_site.meals.rules.wishes import MealWish, OrderWish
from ylyx_site.shared.db import db, transaction

MONDAY = date(2026, 11, 23)
WANG = "13800000001"


@pytest.fixture
def canteen(app: Flask) -> int:
    """Lunch from Monday on for four weeks but Tuesday the 8th; closures, a holiday, a full day."""
    with transaction() as session:
        place = a_place(session)
        for ahead in range(28):
            day = MONDAY + timedelta(days=ahead)
            if day.isoweekday() < 7 and day not in {date(2026, 11, 24), date(2026, 12, 8)}:
                portions = 1 if day == date(2026, 12, 10) else 9
                a_menu(session, place.canteen.id, day, (place.meal_set, portions))
        session.add(
            Closure(
                facility_id=place.canteen.id, first_day=date(2026, 12, 9),
                last_day=date(2026, 12, 9), kind=ClosureKind.OWN, reason="设备检修",
            )
        )  # fmt: skip
        session.add(
            CalendarDay(day=date(2026, 12, 11), kind=DayKind.holiday, name="节", source="测")
        )
        wang = an_account(session, name="王建国")
        li = an_account(session, "13800000002", "李先生")
        an_elder(session, wang.id)
        foreign = an_elder(session, li.id, "李奶奶")
        ordered(session, place.lunch(foreign.id, day=date(2026, 12, 10)), li.id)
        return place.canteen.id


@pytest.fixture
def wang(client: SiteClient, canteen: int) -> SiteClient:
    """Wang's browser."""
    client.sign_in_as("13800000001")
    return client


def a_plan(wang: SiteClient, canteen: int) -> str:
    """Monday to Friday, lunch, the first set; the address of the plan."""
    answer = wang.submit(f"/meals/plans/new?canteen={canteen}", wish="first_set")
    assert answer.status_code == 303, text_of(answer)
    return str(answer.location)


def ordered_days() -> list[date]:
    """Days that wang's elder has a live meal on."""
    db.session.rollback()
    return list(
        db.session.scalars(
            sa.select(OrderedMeal.day)
            .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
            .where(OrderedMeal.state == MealState.ORDERED, MealOrder.code != "7K392F")
            .order_by(OrderedMeal.day)
        )
    )


def test_the_preview_names_each_day_left_out_and_why(wang: SiteClient, canteen: int) -> None:
    page = wang.page(a_plan(wang, canteen))
    out = {
        item.xpath(".//b")[0].text_content(): item.xpath(".//span[@class='quiet']")[
            0
        ].text_content()
        for item in page.xpath("//details//li")
    }
    unpublished = "这一天的菜单还没有公布。请换一天，或过几天再来看。"
    assert [
        out.pop(f"12月{day} 周{name}")
        for day, name in (("21日", "一"), ("22日", "二"), ("23日", "三"))
    ] == [unpublished] * 3
    assert out == {
        "12月8日 周二": unpublished,
        "12月9日 周三": "食堂这一天停餐：设备检修。请换一天，或看看别的食堂。",
        "12月10日 周四": "“两荤一素套餐”不够了，还剩 0 份。请少订一点，或换一个菜。",
        "12月11日 周五": "这一天是法定节假日，食堂休息。请换一天，或看看别的食堂。",
    }
    assert len(page.xpath("//input[@name='date']")) == 16


def test_the_month_is_ordered_in_one_order_all_or_the_part_that_was_kept(
    wang: SiteClient, canteen: int
) -> None:
    plan = a_plan(wang, canteen)
    days = [box.get("value") for box in wang.page(plan).xpath("//input[@name='date']")]
    answer = wang.submit(plan, "/orders", date=days[1:])
    assert answer.status_code == 303, text_of(answer)
    assert [day.isoformat() for day in ordered_days()] == days[1:]
    assert findings(db.session()) == []


def test_a_day_that_went_meanwhile_orders_nothing(wang: SiteClient, canteen: int) -> None:
    plan = a_plan(wang, canteen)
    answer = wang.submit(plan, "/orders", date=["2026-11-25", "2026-12-08"])
    assert answer.status_code == 422
    assert "有的日子现在订不了，还没有订任何一天。" in text_of(answer)
    assert ordered_days() == []


def test_a_rest_leaves_days_out_cancels_what_is_ordered_and_can_be_lifted(
    wang: SiteClient, canteen: int
) -> None:
    plan = a_plan(wang, canteen)
    assert wang.submit(plan, "/orders").status_code == 303
    before = ordered_days()
    rest = {"from": "2026-11-25", "to": "2026-11-27"}
    assert wang.submit(plan, "/rests", **rest).status_code == 303
    gone = {date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27)}
    assert ordered_days() == [day for day in before if day not in gone]
    assert text_of(wang.get(plan)).count("这一天在休息期里，不订。") == 3
    assert wang.submit(plan, "/rests/ending").status_code == 303
    assert "这一天在休息期里" not in text_of(wang.get(plan))
    assert findings(db.session()) == []


@pytest.mark.parametrize(
    "rest", [{"from": "2026-11-22", "to": "2026-11-25"}, {"from": "2026-11-25", "to": "2027-03-01"},
             {"from": "2026-11-25", "to": "2026-11-24"}, {"from": "", "to": ""}]
)  # fmt: skip
def test_a_rest_that_cannot_be_is_refused(
    wang: SiteClient, canteen: int, rest: dict[str, str]
) -> None:
    assert wang.submit(a_plan(wang, canteen), "/rests", **rest).status_code == 422


def skip(wang: SiteClient, plan: str, day: str) -> TestResponse:
    """Press the plan's button beside a day that is ordered."""
    forms = [
        form
        for form in wang.page(plan).xpath("//form[contains(@action, '/cancellation')]")
        if form.fields["date"] == day
    ]
    return wang.post(forms[0].action, data=dict(forms[0].form_values()))


def test_one_day_is_skipped_by_one_tap_on_the_plan(wang: SiteClient, canteen: int) -> None:
    plan = a_plan(wang, canteen)
    wang.submit(plan, "/orders")
    before = ordered_days()
    assert skip(wang, plan, "2026-11-25").status_code == 303
    assert ordered_days() == [day for day in before if day != date(2026, 11, 25)]


def test_a_day_that_was_ordered_for_two_is_skipped_for_the_one(
    wang: SiteClient, canteen: int
) -> None:
    with transaction() as session:
        wang_id = session.scalars(sa.select(Account.id).where(Account.phone == WANG)).one()
        mother = session.scalars(sa.select(Person.id).where(Person.name == "陈桂芳")).one()
        father = an_elder(session, wang_id, "王大爷", date(1946, 5, 1)).id
        (set_id,) = session.scalars(sa.select(MealSet.id))
        meal = MealWish(date(2026, 11, 25), Meal.LUNCH, (((ItemKind.SET, set_id), 1),))
        wish = OrderWish(canteen, (mother, father), (meal,), Serving.PICK_UP)
        ordered(session, wish, wang_id, "7K392G")
    assert skip(wang, a_plan(wang, canteen), "2026-11-25").status_code == 303
    db.session.rollback()
    live = sa.select(OrderedMeal.person_id).where(
        OrderedMeal.state == MealState.ORDERED, OrderedMeal.person_id.in_((mother, father))
    )
    assert list(db.session.scalars(live)) == [father]


def test_plans_of_another_family_do_not_exist(app: Flask, wang: SiteClient, canteen: int) -> None:
    plan = a_plan(wang, canteen)
    li = app.test_client()
    li.sign_in_as("13800000002")
    assert li.get(plan).status_code == 404
    form = {"csrf_token": li.token(), "key": "a-key-of-li-1234", "from": "2026-11-25",
            "to": "2026-11-25", "date": "2026-11-25", "rest": "1"}  # fmt: skip
    for deed in ("orders", "rests", "rests/ending", "ending"):
        assert li.post(f"{plan}/{deed}", data=form).status_code == 404
    assert "还没有按星期订的计划" in text_of(li.get("/meals/plans"))


def test_a_plan_without_weekdays_is_refused_and_an_ended_one_is_gone(
    wang: SiteClient, canteen: int
) -> None:
    answer = wang.submit(f"/meals/plans/new?canteen={canteen}", drop=("weekdays",))
    assert answer.status_code == 422
    assert "请选每周哪几天订餐。" in text_of(answer)
    plan = a_plan(wang, canteen)
    assert wang.submit(plan, "/ending").status_code == 303
    assert wang.get(plan).status_code == 404

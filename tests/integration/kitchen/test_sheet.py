"""The kitchen's sheet: figures at the cut-off, what changed, who needs what; no names on it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from io import BytesIO
from time import thread_time

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.client import SiteClient, text_of
from tests.integration.meals.place import TUESDAY, ordered
from tests.integration.serving.conftest import CHEN, COURIER, ZHAO, Hall, browser
from tests.integration.serving.test_counter import many
from tests.makers import a_canteen, a_child, a_nursery, a_role, an_account, an_elder
from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service.bookings import book
from ylyx_site.facilities.kinds import CareKind, Meal, Serving
from ylyx_site.identity.roles import Role
from ylyx_site.journal.models import JournalEntry
from ylyx_site.kitchen.queries.nurseries import nursery_meals
from ylyx_site.kitchen.queries.sheet import wanted_of
from ylyx_site.kitchen.rules import wants
from ylyx_site.kitchen.rules.freezing import Stand
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.meals.rules.wishes import CancelWish
from ylyx_site.meals.service.endings import cancel
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

pytestmark = pytest.mark.usefixtures("noon")
PAGE = "/desk/kitchen"
CUTOFF = clock.instant_at(TUESDAY, 540)


def stands(hall: Hall) -> list[Stand]:
    """How each meal stands."""
    db.session.rollback()
    meals, _names = wanted_of(
        db.session(), hall.canteen, TUESDAY, Meal.LUNCH, {hall.canteen: CUTOFF}
    )
    return [one.stand for one in meals]


def cancels(hall: Hall, code: str, at: str) -> None:
    """The family cancels at a time of Tuesday (before the cut-off the rules allow it)."""
    with clock.standing_at(f"2026-11-24T{at}+08:00"), transaction() as session:
        cancel(session, CancelWish(code), actor_id=hall.wang, now=clock.now())


def test_what_was_ordered_at_the_cutoff_stays_and_changes_stand_apart(hall: Hall) -> None:
    assert stands(hall) == [Stand.PLANNED] * 3
    cancels(hall, "7K392F", "08:59:59")
    assert stands(hall) == [Stand.PLANNED] * 2
    with transaction() as session:  # a menu's line taken back at ten; a clerk lets one in
        session.execute(
            sa.update(OrderedMeal)
            .where(OrderedMeal.id == hall.meals[1])
            .values(state="withdrawn", ended_at=clock.instant_at(TUESDAY, 600))
        )
        session.execute(
            sa.update(OrderedMeal)
            .where(OrderedMeal.id == hall.meals[2])
            .values(late_reason="电话补订", late_by=hall.accounts[CHEN])
        )
    assert stands(hall) == [Stand.GONE, Stand.ADDED]
    text = text_of(browser_of_chen(hall).get(PAGE))
    assert "09:00 已截止" in text and "晚加 +1 晚退 −1" in text.replace("\u3000", " ")
    assert "电话补订" in text


def browser_of_chen(hall: Hall) -> SiteClient:
    """The clerk's browser, on the app of the running test."""
    from flask import current_app  # noqa: PLC0415 the app that the fixture has pushed

    return browser(current_app._get_current_object(), CHEN)  # type: ignore[attr-defined]


def test_the_sheet_has_needs_first_and_no_names(chen: SiteClient, hall: Hall) -> None:
    page = chen.get(PAGE)
    text = text_of(page)
    assert "低盐 3" in text and "忌鱼 3" in text
    assert text.index("先看要特别做的") < text.index("两荤一素套餐")
    assert "陈桂芳" not in page.text and "0082" not in page.text
    figures = [
        int(one) for one in chen.page(PAGE).xpath("//div[contains(@class, 'figure')]/b/text()")
    ]
    assert figures == [3, 1, 1, 1]


def test_dishes_inside_of_sets_are_counted(hall: Hall) -> None:
    meals, names = wanted_of(db.session(), hall.canteen, TUESDAY, Meal.LUNCH, {})
    portions = wants.dishes_of(wants.lines_of(meals), names.sets)
    assert {names.items[dish]: number for dish, number in portions.items()} == {"米饭": 3}


def test_a_point_gets_its_own_lines_and_sees_them(app: Flask, chen: SiteClient, hall: Hall) -> None:
    with transaction() as session:
        point = a_canteen(session, "水峰助餐点", supplied_by=hall.canteen)
        session.execute(
            sa.update(OrderedMeal)
            .where(OrderedMeal.id == hall.meals[0])
            .values(facility_id=point.id)
        )
        a_role(session, an_account(session, "13800000029", "高值班"), Role.CLERK,
               facility_id=point.id)  # fmt: skip
    text = text_of(chen.get(PAGE))
    assert "分到哪里" in text and "水峰助餐点" in text
    assert "这里的饭由别的食堂做" in text_of(browser(app, "13800000029").get(PAGE))


def test_children_who_are_booked_and_not_away_stand_beside(app: Flask, hall: Hall) -> None:
    with clock.standing_at("2026-11-20T08:00:00+08:00"), transaction() as session:
        nursery = a_nursery(session)
        head = an_account(session, "13800000010", "陈园长")
        a_role(session, head, Role.HEAD, facility_id=nursery.id)
        mother = an_account(session, "13900000009", "李女士")
        children = [a_child(session, mother.id, name) for name in ("亮亮", "果果", "米米")]
        ids = tuple(one.id for one in children)
        wish = CareWish(nursery.id, ids[:2], (TUESDAY,), CareKind.FULL_DAY)
        book(session, wish, actor_id=mother.id, code="BBBBB2", now=clock.now())
        afternoon = CareWish(nursery.id, ids[2:], (TUESDAY,), CareKind.HALF_DAY, half="pm")
        book(session, afternoon, actor_id=mother.id, code="BBBBB3", now=clock.now())
    chen_of_nursery = browser(app, "13800000010")
    answer = chen_of_nursery.submit(
        "/desk/facility/kitchen", "/kitchen", kitchen=str(hall.canteen), from_day=str(TUESDAY)
    )
    assert answer.status_code == 303
    db.session.rollback()
    assert [
        one.children for one in nursery_meals(db.session(), hall.canteen, TUESDAY, Meal.LUNCH)
    ] == [2]
    with transaction() as session:
        first = session.scalars(sa.select(CareDay.id).order_by(CareDay.id).limit(1)).one()
        session.execute(
            sa.update(CareDay).where(CareDay.id == first).values(state=CareState.ABSENT)
        )
    assert "托育餐1金星托育中心" in text_of(browser(app, CHEN).get(PAGE))
    assert nursery_meals(db.session(), hall.other, TUESDAY, Meal.LUNCH) == []
    assert nursery_meals(db.session(), hall.canteen, date(2026, 11, 23), Meal.LUNCH) == []


def test_labels_have_names_needs_and_until_when_and_their_read_is_journaled(
    chen: SiteClient, hall: Hall
) -> None:
    labels = [
        " ".join(str(one.text_content()).split())
        for one in chen.page(f"{PAGE}/labels").xpath("//ol[@class='labels']/li")
    ]
    assert len(labels) == 2  # what is eaten there needs none
    assert "陈桂芳 0082 自取两荤一素套餐低盐 忌鱼11/24 13:00 前吃完" in labels
    assert len(chen.page(f"{PAGE}/labels?all=1").xpath("//ol[@class='labels']/li")) == 3
    actions = set(db.session.scalars(sa.select(JournalEntry.action)))
    assert "kitchen.labels_read" in actions


def test_the_printed_sheet_and_the_table(chen: SiteClient, hall: Hall) -> None:
    assert "做多少" in text_of(chen.get(f"{PAGE}/print"))
    answer = chen.get(f"{PAGE}/sheet")
    book_ = load_workbook(BytesIO(answer.data))
    answer.close()
    lines = list(book_.worksheets[0].values)
    assert lines[1][:8] == ("两荤一素套餐", 3, 3, 0, 0, 1, 1, 1)
    assert list(book_.worksheets[1].values) == [("菜", "份数"), ("米饭", 3)]


@pytest.mark.parametrize("part", ["", "/print", "/labels", "/sheet", "/samples"])
def test_other_canteens_and_couriers_see_nothing_of_it(app: Flask, hall: Hall, part: str) -> None:
    assert browser(app, COURIER).get(f"{PAGE}{part}").status_code == 404
    answer = browser(app, ZHAO).get(f"{PAGE}{part}")
    assert answer.status_code == 200
    assert "陈桂芳" not in answer.text if answer.mimetype == "text/html" else True
    assert "两荤一素套餐" not in (answer.text if answer.mimetype == "text/html" else "")
    answer.close()


def test_four_hundred_lunches_cost_the_queries_of_three(
    chen: SiteClient, hall: Hall, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    with count_queries() as few:
        chen.get(PAGE)
    many(hall, 397)
    with count_queries() as queries:
        started = thread_time()
        page = FlaskClient.open(chen, PAGE)  # without reading the answer as a strict browser
        took = thread_time() - started
    assert len(queries) == len(few) <= 20
    assert "低盐 400" in text_of(page)
    assert took < 0.3  # of this thread alone: the machine is shared while tests run


def test_an_order_of_an_elder_in_two_servings_counts_by_serving(hall: Hall) -> None:
    with clock.standing_at("2026-11-23T08:00:00+08:00"), transaction() as session:
        elder = an_elder(session, hall.wang, "何奶奶", diet=(), avoids=(), phone="13900000086")
        wish = hall.place.lunch(elder.id, serving=Serving.DINE_IN)
        ordered(session, wish, hall.wang, "7K392M")
    meals, _names = wanted_of(db.session(), hall.canteen, TUESDAY, Meal.LUNCH, {})
    assert wants.servings_of(meals)[Serving.DINE_IN] == 2
    assert sum(wants.needs_of(meals).values()) == 6

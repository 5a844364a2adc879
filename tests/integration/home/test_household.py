"""What the front page leads with: a family of children, of elders, of both, and of nobody yet."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from tests.client import SiteClient, text_of
from tests.integration.childcare.conftest import a_browser, a_family, a_house
from tests.integration.meals.place import TUESDAY, WEDNESDAY, Place, a_place, ordered
from tests.makers import a_menu, a_role, an_account, an_elder
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.home.household import Household, household_of
from ylyx_site.identity.roles import Role
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.serving.kinds import HandedHow
from ylyx_site.serving.service import hand_over
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

ZHAO = "13800000003"
NOON = "2026-11-24T12:10:00+08:00"


class Daughter:
    """Zhao, who orders for her mother and father; both may eat at one canteen."""

    def __init__(self, app: Flask, phone: str = ZHAO) -> None:
        with transaction() as session:
            account = an_account(session, phone, "赵女士")
            self.place: Place = a_place(session, portions=30)
            a_menu(session, self.place.canteen.id, WEDNESDAY, (self.place.meal_set, 30))
            self.mother = an_elder(session, account.id, "陈桂芳").id
            self.father = an_elder(session, account.id, "赵德明", phone="13900000083").id
            self.account_id = account.id
        self.browser: SiteClient = a_browser(app, phone)

    def orders(self, person_id: int, code: str = "7K392F") -> int:
        """Tuesday's lunch, collected; returns the meal."""
        with transaction() as session:
            ordered(session, self.place.lunch(person_id), self.account_id, code)
            return session.query(OrderedMeal.id).order_by(OrderedMeal.id.desc()).first()[0]

    def links(self) -> list[str]:
        """What the first card of the page leads to."""
        page = self.browser.page("/")
        return page.xpath("(//main//section)[1]//a/@href")


@pytest.fixture
def zhao(app: Flask) -> Daughter:
    return Daughter(app)


def test_a_family_of_elders_leads_with_who_has_no_meal(zhao: Daughter) -> None:
    zhao.orders(zhao.mother)
    assert zhao.links() == [
        "/meals/orders", "/meals/orders/7K392F", f"/meals?person_id={zhao.father}",
    ]  # fmt: skip
    said = text_of(zhao.browser.get("/"))
    assert said.count("今天起还没有订饭") == 1
    assert "还没有预约" not in said


def test_elders_for_whom_nothing_was_ordered_are_each_led_to_a_meal(zhao: Daughter) -> None:
    assert sorted(zhao.links()) == sorted(
        ["/meals/orders", *(f"/meals?person_id={one}" for one in (zhao.mother, zhao.father))]
    )


def test_the_usual_comes_before_the_doors_for_a_family_of_elders(zhao: Daughter) -> None:
    zhao.orders(zhao.mother)
    page = zhao.browser.page("/")
    order = [
        one.get("id") or one.get("class")
        for one in page.xpath("//main//*[@id='food' or @id='usuals' or @class='doors']")
    ]
    assert order == ["food", "usuals", "doors"]
    assert page.xpath("//div[@class='doors']/a/@href")[:2] == ["/meals", "/childcare"]


def test_a_meal_of_today_says_what_came_of_it(app: Flask, zhao: Daughter) -> None:
    meal = zhao.orders(zhao.mother)
    with clock.standing_at(NOON), transaction() as session:
        hand_over(
            session, meal, HandedHow.COLLECTED, facility_id=zhao.place.canteen.id,
            actor_id=zhao.account_id, now=clock.now(),
        )  # fmt: skip
    with clock.standing_at(NOON):
        card = zhao.browser.page("/").xpath("string(//section[@id='food'])")
        assert "今天午餐" in card
        assert "11月24日 周二 12:10" in " ".join(card.split())
        assert zhao_house(zhao).next_meal is None


def zhao_house(zhao: Daughter) -> Household:
    db.session.rollback()
    return household_of(db.session(), zhao.account_id, clock.now())


def test_senior_home_of_elders_is_three_cards_and_names_whose_meal(zhao: Daughter) -> None:
    zhao.orders(zhao.father)
    zhao.browser.set_cookie("edition", "senior")
    page = zhao.browser.page("/")
    assert page.xpath("//a[@class='task']/@href") == ["/meals", "/meals/orders", "tel:02343700000"]
    assert "赵德明" in page.xpath("string(//a[@class='task'][2])")


def test_a_family_of_both_leads_with_what_is_nearer(app: Flask) -> None:
    house = a_house(app)
    wang = a_family(app, "13800000001", "王女士")
    with transaction() as session:
        place = a_place(session, portions=30)
        elder = an_elder(session, wang.account_id).id
    assert seen(wang.browser) == ["care", "food"]
    with transaction() as session:
        ordered(session, place.lunch(elder), wang.account_id)
    assert seen(wang.browser) == ["food", "care"]
    wang.books(house, date=TUESDAY.isoformat())
    assert seen(wang.browser) == ["care", "food"]


def seen(browser: SiteClient) -> list[str]:
    page = browser.page("/")
    return page.xpath("//main//section[@id='care' or @id='food' or @id='nobody']/@id")


def test_who_has_entered_nobody_is_asked_to_and_staff_go_to_work_first(app: Flask) -> None:
    house = a_house(app)
    with transaction() as session:
        an_account(session, "13800000009", "何女士")
        chen = an_account(session, "13800000011", "陈老师")
        a_role(session, chen, Role.CARER, facility_id=house)
    nobody = a_browser(app, "13800000009")
    assert seen(nobody) == ["nobody"]
    assert nobody.page("/").xpath("//section[@id='nobody']//a/@href") == ["/family/people/new"]
    worker = a_browser(app, "13800000011")
    worker.submit("/sign-in/role", "/sign-in/role")
    assert worker.page("/").xpath("//main//section/@id")[:2] == ["work", "nobody"]
    worker.set_cookie("edition", "senior")
    assert worker.page("/").xpath("//main//section/@id") == ["work"]


def test_dinner_comes_after_lunch(zhao: Daughter) -> None:
    lunch = zhao.orders(zhao.mother)
    dinner = zhao.orders(zhao.father, "7K392G")
    with transaction() as session:
        session.get_one(OrderedMeal, dinner).meal = Meal.DINNER
    assert [one.id for one in zhao_house(zhao).meals] == [lunch, dinner]
    with transaction() as session:
        session.get_one(OrderedMeal, lunch).meal = Meal.BREAKFAST
        session.get_one(OrderedMeal, dinner).meal = Meal.LUNCH
    assert [one.id for one in zhao_house(zhao).meals] == [lunch, dinner]
    with transaction() as session:
        session.get_one(OrderedMeal, lunch).meal = Meal.DINNER
    assert [one.id for one in zhao_house(zhao).meals] == [dinner, lunch]


def test_many_meals_of_one_parent_do_not_hide_the_other(
    zhao: Daughter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ylyx_site.home.household.MOST", 1)
    zhao.orders(zhao.mother)
    zhao.orders(zhao.father, "7K392G")
    assert zhao_house(zhao).hungry == []


def test_the_page_asks_the_same_for_one_meal_and_for_six(
    zhao: Daughter, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    zhao.orders(zhao.mother)
    with count_queries() as one:
        zhao.browser.page("/")
    with transaction() as session:
        for number, day in enumerate((TUESDAY, WEDNESDAY)):
            wish = zhao.place.lunch(zhao.father, day=day, serving=Serving.DINE_IN)
            ordered(session, wish, zhao.account_id, f"7K392{'GH'[number]}")
    with count_queries() as many:
        zhao.browser.page("/")
    assert len(many) == len(one)

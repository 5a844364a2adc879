"""Home, the family's board and help: for nobody, a family and staff, in all their forms."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests import makers
from tests.client import SiteClient, text_of
from tests.integration.childcare.conftest import Family, a_browser, a_family, a_house
from ylyx_site.identity.roles import Role
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction

LOOKS = [
    {"edition": edition, "language": language}
    for edition in ("ordinary", "senior")
    for language in ("zh", "en")
]


def looking(browser: SiteClient, look: dict[str, str]) -> SiteClient:
    for name, value in look.items():
        browser.set_cookie(name, value)
    return browser


def staff(app: Flask, role: Role, house: int, phone: str = "13800000010") -> SiteClient:
    with transaction() as session:
        account = makers.an_account(session, phone, "陈园长")
        makers.a_role(session, account, role, facility_id=house)
    browser = a_browser(app, phone)
    browser.submit("/sign-in/role", "/sign-in/role")
    return browser


def heading(page: Any) -> str:
    return str(page.xpath("//h1")[0].text_content()).strip()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(look.values()))
def test_every_look_answers_for_nobody_and_for_a_family(app: Flask, look: dict[str, str]) -> None:
    nobody = looking(a_browser(app), look)
    assert [nobody.get(address).status_code for address in ("/", "/help", "/family")] == [
        200, 200, 303,
    ]  # fmt: skip
    wang = a_family(app, "13800000001", "王女士")
    wang.books(a_house(app))
    browser = looking(wang.browser, look)
    assert [browser.get(address).status_code for address in ("/", "/help", "/family")] == [200] * 3


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(look.values()))
@pytest.mark.parametrize("role", [Role.HEAD, Role.CARER])
def test_every_look_answers_for_staff(app: Flask, role: Role, look: dict[str, str]) -> None:
    browser = looking(staff(app, role, a_house(app)), look)
    assert [browser.get(address).status_code for address in ("/", "/help", "/family")] == [200] * 3


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [("08", "早上好"), ("10", "早上好"), ("11", "中午好"), ("12", "中午好"), ("13", "下午好"),
     ("17", "下午好"), ("18", "晚上好"), ("23", "晚上好")],
)  # fmt: skip
def test_the_greeting_goes_by_the_hour_in_shanghai(app: Flask, hour: str, greeting: str) -> None:
    with clock.standing_at(f"2026-11-23T{hour}:59:59+08:00"):
        assert heading(a_browser(app).page("/")) == f"{greeting}，明天孩子去哪儿？"


def test_home_shows_the_next_two_days_that_are_ones_own(app: Flask) -> None:
    house = a_house(app)
    wang, li = (
        a_family(app, "13800000001", "王女士"),
        a_family(app, "13800000002", "李先生", "亮亮"),
    )
    codes = [wang.books(house, date=f"2026-11-{day}") for day in (24, 26, 27)]
    li.books(house)
    page = wang.browser.page("/")
    assert heading(page) == "早上好，王女士"
    shown = page.xpath(
        "//section[@aria-labelledby='next']//li//a[not(contains(@href, '/absence'))]/@href"
    )
    assert shown == [f"/childcare/bookings/{code}" for code in codes[:2]]
    assert "亮亮" not in text_of(wang.browser.get("/"))


def test_home_offers_the_latest_booking_again_and_it_can_be_sent(app: Flask) -> None:
    house = a_house(app)
    wang = a_family(app, "13800000001", "王女士")
    wang.books(house, kind="hourly", start="14:00", end="16:00")
    page = wang.browser.page("/")
    again = page.xpath("//section[@aria-labelledby='again']//a/@href")
    hours = "kind=hourly&start=14%3A00&end=16%3A00"
    assert again == [f"/childcare/{house}/bookings/new?child_id={wang.child_id}&{hours}"]
    with clock.standing_at("2026-11-24T17:00:00+08:00"):
        assert wang.browser.submit(again[0]).status_code == 303


def test_home_without_bookings_says_what_to_do(app: Flask) -> None:
    wang = a_family(app, "13800000001", "王女士")
    page = wang.browser.page("/")
    assert page.xpath("//section[@aria-labelledby='next']//li/p/text()") == [
        "还没有预约。需要的时候，三下就能约好。"
    ]
    assert page.xpath("//section[@aria-labelledby='again']") == []


def test_senior_home_is_a_few_large_tasks_with_the_telephone(app: Flask) -> None:
    wang = a_family(app, "13800000001", "王女士")
    page = looking(wang.browser, {"edition": "senior"}).page("/")
    assert page.xpath("//a[@class='task']/@href") == [
        "/childcare", "/childcare/bookings", "/meals", "tel:02343700000",
    ]  # fmt: skip
    assert page.xpath("/html/@data-edition") == ["senior"]


def test_the_board_has_seven_days_and_counts_what_comes_later(app: Flask) -> None:
    house = a_house(app)
    wang, li = (
        a_family(app, "13800000001", "王女士"),
        a_family(app, "13800000002", "李先生", "亮亮"),
    )
    wang.books(house, date=["2026-11-24", "2026-11-27", "2026-11-30", "2026-12-01"])
    li.books(house)
    page = wang.browser.page("/family")
    days = page.xpath("//section[@aria-labelledby='week']/ul/li")
    assert [len(day.xpath(".//a[not(contains(@href, '/absence'))]")) for day in days] == [
        0, 1, 0, 0, 1, 0, 0,
    ]  # fmt: skip
    assert len(page.xpath("//a[contains(@href, '/absence')]")) == 1  # of tomorrow only
    assert "再往后还有 2 次。" in text_of(wang.browser.get("/family"))
    assert "亮亮" not in text_of(wang.browser.get("/family"))


def test_an_emptied_family_is_asked_to_enter_a_child(app: Flask) -> None:
    with transaction() as session:
        makers.an_account(session, "13800000009", "赵女士")
    page = a_browser(app, "13800000009").page("/family")
    assert page.xpath("//section[@aria-labelledby='people']/a/@href") == ["/family/people/new"]


def test_staff_are_shown_the_way_to_their_desk(app: Flask) -> None:
    house = a_house(app)
    page = staff(app, Role.HEAD, house).page("/")
    assert "/desk" in page.xpath("//main//a/@href")


def test_help_gives_the_telephone_and_its_hours(app: Flask) -> None:
    page = a_browser(app).page("/help")
    assert page.xpath("//main//a[starts-with(@href,'tel:')]/@href") == ["tel:02343700000"]
    assert "08:00–18:00" in page.xpath("string(//main)")


def test_changing_edition_and_language_comes_back(app: Flask) -> None:
    browser = a_browser(app)
    answer = browser.submit("/help", "/edition")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/help")
    assert browser.page("/help").xpath("/html/@data-edition") == ["senior"]
    data = {"csrf_token": browser.token(), "language": "en", "next": "//evil.example"}
    answer = browser.post("/language", data=data)
    assert answer.headers["Location"] == "/"
    assert browser.page("/").xpath("/html/@lang") == ["en"]
    data |= {"language": "xx"}
    browser.post("/language", data=data)
    assert browser.page("/").xpath("/html/@lang") == ["zh-CN"]


def test_a_day_after_the_children_grew_up_the_page_still_answers(app: Flask) -> None:
    wang: Family = a_family(app, "13800000001", "王女士")
    with transaction() as session:
        makers.a_child(session, wang.account_id, "大大", date(2019, 1, 1))
    assert wang.browser.get("/family").status_code == 200
    assert wang.browser.get("/childcare").status_code == 200

"""Who has a place, and the week of one nursery: for everybody, by half hours, whole or in part."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from lxml import html

from tests import makers
from tests.client import text_of
from tests.integration.childcare.conftest import (
    TUESDAY,
    Family,
    a_browser,
    a_house,
    sentences,
)
from ylyx_site.calendar.service import import_days
from ylyx_site.calendar.table import rows_from
from ylyx_site.facilities.kinds import ClassKind, ClosureKind
from ylyx_site.facilities.models import Closure, WorkingWeekend
from ylyx_site.places.publishing import publish_days
from ylyx_site.settings import ROOT
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction

TUESDAY_MORNING = "/childcare?date=2026-11-24&kind=half_day&half=am&age_months=20"


def found(browser: Any, address: str) -> dict[str, str]:
    """What the search says of each nursery: places left, or the word instead."""
    page = browser.page(address)
    return {
        str(card.xpath(".//h2")[0].text_content()): str(
            card.xpath(".//*[@class='left' or @class='tag full']")[0].text_content()
        ).strip()
        for card in page.xpath("//article")
    }


def test_all_nurseries_that_take_the_age_with_what_is_left(app: Flask, wang: Family) -> None:
    house = a_house(app, registered_places=3)
    full = a_house(app, name="北街托育", registered_places=1)
    a_house(app, name="大班托育", caps={ClassKind.OLDER: 20})
    wang.books(full, kind="half_day", half="am")
    nobody = a_browser(app)
    assert found(nobody, TUESDAY_MORNING) == {"金星托育中心": "3 位", "北街托育": "满"}
    assert found(nobody, TUESDAY_MORNING.replace("half=am", "half=pm")) == {
        "金星托育中心": "3 位", "北街托育": "1 位",
    }  # fmt: skip
    assert found(nobody, TUESDAY_MORNING.replace("age_months=20", "age_months=30")) == {
        "大班托育": "20 位"
    }
    assert house < full


def test_a_search_by_words_and_town(app: Flask) -> None:
    a_house(app)
    a_house(app, name="北街托育")
    nobody = a_browser(app)
    assert list(found(nobody, f"{TUESDAY_MORNING}&q=北街")) == ["北街托育"]
    assert list(found(nobody, f"{TUESDAY_MORNING}&q=bjty")) == ["北街托育"]
    assert found(nobody, f"{TUESDAY_MORNING}&q=%25") == {}
    assert found(nobody, f"{TUESDAY_MORNING}&division=500111002") == {}
    assert len(found(nobody, f"{TUESDAY_MORNING}&division=５００１１１")) == 2


def test_a_search_for_hours_counts_every_half_hour(app: Flask, wang: Family) -> None:
    house = a_house(app, registered_places=1)
    wang.books(house, kind="hourly", start="10:00", end="11:00")
    hours = "/childcare?date=2026-11-24&kind=hourly&age_months=20&start={}&end={}"
    nobody = a_browser(app)
    assert [
        found(nobody, hours.format(*one))["金星托育中心"]
        for one in (("09:00", "10:00"), ("09:30", "10:30"), ("10:30", "11:30"), ("11:00", "12:00"))
    ] == ["1 位", "满", "满", "1 位"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("date=2026-11-22", "这一天已经过去了。请选今天以后的日子。"),
        ("date=2027-02-29", "没有这一天。请选日历上有的日子。"),
        ("date=9999-12-31", "没有这一天。请选日历上有的日子。"),
        ("date=2028-11-24", "这一天太远了，还不能约。请选近一点的日子。"),
        ("kind=night", "没有这种托育方式。请选全日、半日、计时或临时。"),
        ("kind=hourly&start=09:10&end=11:00", "计时托按半小时算。最近的时间是 09:00 或 09:30。"),
        ("kind=hourly&start=11:00&end=09:00", "结束时间要晚于开始时间。"),
        ("kind=hourly&start=9点&end=11:00", "请按“时:分”填写时间，例如 07:30。"),
        ("age_months=-3", "请用月数填孩子的年龄，例如 20。"),
        ("age_months=9999999999", "请用月数填孩子的年龄，例如 20。"),
    ],
)
def test_a_search_that_cannot_be_is_422_with_a_sentence(
    app: Flask, query: str, sentence: str
) -> None:
    answer = a_browser(app).get(f"/childcare?{query}")
    assert answer.status_code == 422
    assert sentences(answer)[0] == sentence


@pytest.mark.parametrize(
    "query",
    ["page=99999999999999999999", "page=-1", "page=x", "child=abc", "age_months=", "half=night",
     "q=" + "字" * 3000, "division=" + "9" * 3000, "division=東", "near=1,2", "date=", "start=",
     "%ff=%fe"],
)  # fmt: skip
def test_whatever_stands_in_a_search_it_is_answered(app: Flask, query: str) -> None:
    a_house(app)
    assert a_browser(app).get(f"/childcare?{query}").status_code == 200


def test_htmx_gets_only_the_results(app: Flask, house: int) -> None:
    headers = {"HX-Request": "true", "HX-Target": "section#results"}
    answer = a_browser(app).get(TUESDAY_MORNING, headers=headers)
    part = html.fromstring(answer.text)
    assert (part.tag, part.get("id"), "<html" in answer.text) == ("div", "results", False)
    assert answer.headers["Vary"] == "HX-Request" or "HX-Request" in answer.headers["Vary"]
    whole = a_browser(app).page(TUESDAY_MORNING)
    assert [one.get("id") for one in whole.xpath("//main/*[@id]")] == ["results"]


def week(browser: Any, house: int, query: str = "week=2026-11-23&age_months=20") -> Any:
    """The rows of the week's table as words."""
    page = browser.page(f"/childcare/{house}?{query}")
    return [
        [str(cell.xpath("string(a|span/text())")).strip() for cell in row.xpath("./td")]
        for row in page.xpath("//table[starts-with(@class, 'week')]/tbody/tr")
    ]


def test_a_week_shows_what_is_left_by_day_and_kind(app: Flask, wang: Family) -> None:
    house = a_house(app, registered_places=1)
    wang.books(house, kind="half_day", half="am")
    with transaction() as session:
        session.add(
            Closure(
                facility_id=house, first_day=date(2026, 11, 26), last_day=date(2026, 11, 26),
                kind=ClosureKind.OWN, reason="消杀",
            )
        )  # fmt: skip
    assert week(a_browser(app), house) == [
        ["已过", "候补", "1", "停托", "1"],
        ["已过", "候补", "1", "停托", "1"],
        ["截止", "1", "1", "停托", "1"],
    ]


def test_in_the_senior_edition_each_day_is_a_row(app: Flask, wang: Family) -> None:
    house = a_house(app, registered_places=1)
    wang.books(house, kind="half_day", half="am")
    ordinary, senior = a_browser(app), a_browser(app)
    senior.set_cookie("edition", "senior")
    columns = zip(*week(ordinary, house), strict=True)
    assert week(senior, house) == [list(day) for day in columns]


def test_a_holiday_and_a_worked_weekend_show_in_the_week(app: Flask) -> None:
    with clock.standing_at("2026-09-20T08:00:00+08:00"):
        with transaction() as session:
            rows = rows_from((ROOT / "ylyx_site/calendar/data/cn-2026.csv").read_text("utf-8"))
            import_days(session, rows, actor_id=None, now=clock.now())
            house = makers.a_nursery(session, publish_until=None).id
            session.add(
                WorkingWeekend(facility_id=house, day=date(2026, 10, 10), opens=450, closes=1050)
            )
            session.flush()
            publish_days(session, [house], clock.today(), date(2026, 10, 31))
        [full_day, *_] = week(a_browser(app), house, "week=2026-10-05&age_months=20")
        assert full_day == ["放假", "放假", "放假", "15", "15", "15"]


def test_a_strip_counts_each_half_hour(app: Flask, wang: Family) -> None:
    house = a_house(app, registered_places=2)
    wang.books(house, kind="hourly", start="09:00", end="10:00")
    page = a_browser(app).page(f"/childcare/{house}?date={TUESDAY}&age_months=20")
    rows = [
        (row.xpath("th/text()")[0], row.xpath("td/text()")[0])
        for row in page.xpath("//table[@class='plain']/tbody/tr")
    ]
    assert rows[2:6] == [
        ("08:30", "余 2 位"), ("09:00", "余 1 位"), ("09:30", "余 1 位"), ("10:00", "余 2 位"),
    ]  # fmt: skip
    assert (len(rows), rows[0][0], rows[-1][0]) == (20, "07:30", "17:00")


@pytest.mark.parametrize(
    "query",
    [
        "week=2026-02-30",
        "date=tomorrow",
        "week=9999-W53",
        "week=2026-W99",
        "week=W",
        "date=2030-01-01",
    ],
)
def test_a_week_that_cannot_be_is_422_and_shows_another(app: Flask, house: int, query: str) -> None:
    answer = a_browser(app).get(f"/childcare/{house}?{query}")
    assert answer.status_code == 422
    assert len(sentences(answer)) == 1


@pytest.mark.parametrize("cookie", [("edition", "senior"), ("language", "en")])
def test_every_page_answers_in_the_senior_edition_and_in_english(
    wang: Family, house: int, cookie: tuple[str, str]
) -> None:
    code = wang.books(house)
    wang.browser.set_cookie(*cookie)
    addresses = [
        "/childcare", TUESDAY_MORNING, f"/childcare/{house}", wang.asking(house, date="2026-11-25"),
        "/childcare/bookings", f"/childcare/bookings/{code}",
        f"/childcare/bookings/{code}/cancellation", f"/childcare/bookings/{code}.ics",
    ]  # fmt: skip
    assert [wang.browser.get(address).status_code for address in addresses] == [200] * 8
    refused = wang.posts(house, date="2026-11-28")
    assert (refused.status_code, len(sentences(refused))) == (422, 1)


def test_search_tells_what_to_do_when_there_is_nothing(app: Flask) -> None:
    words = text_of(a_browser(app).get(TUESDAY_MORNING))
    assert "这一天没有机构能收这个月龄的孩子。请换一天、换一种方式，或者打电话问人工台。" in words

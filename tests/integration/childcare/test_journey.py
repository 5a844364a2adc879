"""The whole way: who has a place, the form, the ticket, the list, cancelling, undoing."""

from typing import Any

import pytest
from flask import Flask

from tests import makers
from tests.client import text_of
from tests.integration.childcare.conftest import (
    TUESDAY,
    WEDNESDAY,
    Family,
    Stored,
    a_browser,
    a_house,
    audit,
    more_children,
    sentences,
    states,
    stored,
)
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction

WEEK = {"weekdays": [1, 2, 3, 4, 5], "from_": "2026-11-24", "to": "2026-11-30", "date": None}


def links(page: Any, words: str) -> list[str]:
    """The addresses of links that say so."""
    return [str(one.get("href")) for one in page.xpath("//main//a") if words in one.text_content()]


def heading(page: Any) -> str:
    """The words of its only heading of the first level."""
    return str(page.xpath("//h1")[0].text_content()).strip()


def test_from_who_has_a_place_to_the_ticket(wang: Family, house: int) -> None:
    search = wang.browser.page("/childcare?date=2026-11-24&kind=half_day&half=am")
    [booking] = links(search, "约这家")
    answer = wang.browser.submit(booking)
    assert answer.status_code == 303
    assert stored() == [Stored(wang.child_id, TUESDAY, 450, 720, 3800, "booked")]
    ticket = wang.browser.page(answer.headers["Location"])
    assert heading(ticket) == "已为您留好"
    code = answer.headers["Location"].rpartition("/")[2]
    assert ticket.xpath("//p[@class='code']/text()") == [f"{code[:3]}-{code[3:]}"]
    assert len(ticket.xpath("//div[@class='qr']/svg")) == 1
    assert "半日托 · 上午" in ticket.xpath("//main")[0].text_content()


def test_from_a_week_to_the_form(wang: Family, house: int) -> None:
    week = wang.browser.page(f"/childcare/{house}?week=2026-11-23")
    address = week.xpath("//table[@class='week']//a[contains(@href,'date=2026-11-25')]/@href")[0]
    assert wang.browser.submit(address).status_code == 303
    assert stored() == [Stored(wang.child_id, WEDNESDAY, 450, 1050, 6800, "booked")]


def test_the_form_shows_price_and_the_three_limits_before_booking(wang: Family, house: int) -> None:
    page = wang.browser.page(wang.asking(house))
    assert page.xpath("//div[@class='total']/dd/text()") == ["¥68.00"]
    assert page.xpath("//ul[@class='rules']/li/text()") == [
        "最晚预约：11月23日 周一 24:00 前。",
        "最晚改时间：11月24日 周二 08:30 前。",
        "免费取消：11月24日 周二 08:30 前。",
        "约好后 10 分钟内可以撤销，什么原因都行。",
    ]
    assert stored() == []


def test_a_week_by_pattern_with_the_weekend_left_out(wang: Family, house: int) -> None:
    page = wang.browser.page(wang.asking(house, **WEEK))
    days = page.xpath("//form[contains(@action,'/bookings')]//input[@name='date']/@value")
    assert days == [f"2026-11-{day}" for day in (24, 25, 26, 27, 30)]
    wang.books(house, **WEEK)
    assert states() == {f"11-{day}": "booked" for day in (24, 25, 26, 27, 30)}


def test_a_day_of_a_pattern_can_be_unticked(wang: Family, house: int) -> None:
    answer = wang.sends(house, WEEK, date=["2026-11-24", "2026-11-30"])
    assert answer.status_code == 303
    assert states() == {"11-24": "booked", "11-30": "booked"}


def test_a_closed_day_of_several_is_named_and_the_others_are_offered(
    wang: Family, house: int
) -> None:
    page = wang.browser.page(wang.asking(house, date=["2026-11-27", "2026-11-28"]))
    out = page.xpath("//section[@aria-labelledby='out']//li")
    assert [text.text_content().strip() for text in out] == [
        "11月28日 周六这一天机构休息。请换一天，或看看别的机构。"
    ]
    wang.books(house, date=["2026-11-27", "2026-11-28"])
    assert states() == {"11-27": "booked"}


def test_siblings_go_together_or_not_at_all(app: Flask, wang: Family, li: Family) -> None:
    house = a_house(app, registered_places=2)
    both = [wang.child_id, *more_children(wang, "亮亮")]
    li.books(house)
    page = wang.browser.page(wang.asking(house, child_id=both))
    assert page.xpath("//section[@aria-labelledby='out']//li/span/text()") == [
        "这一时段已经满了。请换个时间，或看看附近的机构。"
    ]
    answer = wang.posts(house, child_id=both)
    assert (answer.status_code, sentences(answer)) == (
        422,
        ["这一时段已经满了。请换个时间，或看看附近的机构。"],
    )
    wang.books(house, child_id=both, date=WEDNESDAY)
    assert [(one.child_id, one.day) for one in stored()] == [
        (li.child_id, TUESDAY), (both[0], WEDNESDAY), (both[1], WEDNESDAY),
    ]  # fmt: skip
    assert audit() == []


def test_each_kind_takes_from_the_one_pool_of_places(app: Flask, wang: Family, li: Family) -> None:
    house = a_house(app, registered_places=1)
    wang.books(house, kind="half_day", half="am")
    wang.books(house, kind="hourly", start="12:00", end="14:30")
    wang.books(house, kind="temporary", half="", date=WEDNESDAY)
    assert [(one.starts, one.ends, one.price_fen) for one in stored()] == [
        (450, 720, 3800), (720, 870, 3000), (450, 1050, 8000),
    ]  # fmt: skip
    assert li.posts(house).status_code == 422
    assert li.posts(house, kind="hourly", start="14:00", end="15:00").status_code == 422
    li.books(house, kind="hourly", start="14:30", end="15:30")
    assert audit() == []


def test_the_list_shows_ones_own_days_and_what_was_cancelled(
    wang: Family, li: Family, house: int
) -> None:
    mine, gone = wang.books(house), wang.books(house, date=WEDNESDAY)
    li.books(house)
    wang.browser.submit(f"/childcare/bookings/{gone}/cancellation")
    page = wang.browser.page("/childcare/bookings")
    assert page.xpath("//section[@aria-labelledby='coming']//li//a/@href") == [
        f"/childcare/bookings/{mine}"
    ]
    assert page.xpath("//section[@aria-labelledby='past']//li//a/@href") == [
        f"/childcare/bookings/{gone}"
    ]
    assert "亮亮" not in text_of(wang.browser.get("/childcare/bookings"))


def test_one_day_then_all_that_is_to_come(wang: Family, house: int) -> None:
    code = wang.books(house, **WEEK)
    ticket = wang.browser.page(f"/childcare/bookings/{code}")
    one_day = links(ticket, "取消这天11月25日 周三")
    assert one_day == [f"/childcare/bookings/{code}/cancellation?date=2026-11-25"]
    assert wang.browser.submit(one_day[0]).status_code == 303
    assert states() == {
        "11-24": "booked", "11-25": "cancelled", "11-26": "booked", "11-27": "booked",
        "11-30": "booked",
    }  # fmt: skip
    assert audit() == []
    assert wang.browser.submit(f"/childcare/bookings/{code}/cancellation").status_code == 303
    assert set(states().values()) == {"cancelled"}
    page = wang.browser.page(f"/childcare/bookings/{code}")
    assert heading(page) == "已取消"


def test_undo_takes_all_back_and_the_day_can_be_booked_again(wang: Family, house: int) -> None:
    code = wang.books(house, **WEEK)
    answer = wang.browser.submit(f"/childcare/bookings/{code}", "/undo")
    assert answer.status_code == 303
    assert set(states().values()) == {"cancelled"}
    assert audit() == []
    wang.books(house)
    assert [one.state for one in stored() if one.day == TUESDAY] == ["cancelled", "booked"]


def test_a_cancelled_place_is_somebody_elses_at_once(app: Flask, wang: Family, li: Family) -> None:
    house = a_house(app, registered_places=1)
    code = wang.books(house)
    assert li.posts(house).status_code == 422
    wang.browser.submit(f"/childcare/bookings/{code}/cancellation")
    li.books(house)
    assert [(one.child_id, str(one.state)) for one in stored()] == [
        (wang.child_id, "cancelled"), (li.child_id, "booked"),
    ]  # fmt: skip
    assert audit() == []


def test_the_same_form_sent_twice_books_once(wang: Family, house: int) -> None:
    first, second = wang.posts(house), wang.posts(house)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(stored()) == 1


def test_the_same_key_with_another_day_is_refused(wang: Family, house: int) -> None:
    wang.posts(house)
    answer = wang.posts(house, date=WEDNESDAY)
    assert (answer.status_code, sentences(answer)) == (
        422,
        ["这张表已经提交过，内容和现在不一样。请重新打开页面再填。"],
    )
    assert states() == {"11-24": "booked"}


def test_a_page_opened_without_fields_shows_the_next_open_day(wang: Family, house: int) -> None:
    answer = wang.browser.submit(f"/childcare/{house}/bookings/new")
    assert answer.status_code == 303
    assert stored() == [Stored(wang.child_id, TUESDAY, 450, 1050, 6800, "booked")]


@pytest.mark.parametrize(
    ("moment", "query", "day"),
    [
        ("2026-11-27T12:00:00+08:00", "", "11-30"),
        ("2026-11-28T00:00:00+08:00", "", "12-01"),  # Monday had to be booked by Friday
        ("2026-11-29T20:00:00+08:00", "?kind=half_day&half=pm", "12-01"),
        ("2026-11-29T20:00:00+08:00", "?kind=temporary", "11-30"),
    ],
)
def test_the_day_that_is_proposed_can_still_be_booked(
    wang: Family, house: int, moment: str, query: str, day: str
) -> None:
    with clock.standing_at(moment):
        answer = wang.browser.submit(f"/childcare/{house}/bookings/new{query}")
    assert (answer.status_code, states()) == (303, {day: "booked"})


def test_a_family_without_children_is_shown_where_to_enter_one(app: Flask, house: int) -> None:
    with transaction() as session:
        makers.an_account(session, "13800000009", "赵女士")
    page = a_browser(app, "13800000009").page(f"/childcare/{house}/bookings/new", 422)
    assert [link.partition("?")[0] for link in links(page, "登记孩子")] == ["/family/people/new"]

"""The first page of a nursery's desk: how many children are where at this moment."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from flask import Flask

from tests.client import SiteClient, text_of
from tests.integration.attendance.conftest import at, books_today, day_ids, works_at
from tests.integration.attendance.test_board import taps
from tests.integration.attendance.test_checks import sends
from tests.integration.childcare.conftest import Family, a_house
from ylyx_site.identity.roles import Role
from ylyx_site.shared import clock


def figures(browser: SiteClient) -> list[int]:
    """Here, missing, absent, gone, not well."""
    return [int(one) for one in browser.page("/desk").xpath("//section[@id='now']//b/text()")]


def test_the_figures_follow_the_taps(
    app: Flask, house: int, wang: Family, li: Family, chen: SiteClient
) -> None:
    books_today(wang, house)
    books_today(li, house)
    first, second = day_ids()
    assert figures(chen) == [0, 2, 0, 0, 0]
    with clock.standing_at(at("08:30")):
        taps(chen, first, "arrive")
        taps(chen, second, "absent")
        assert figures(chen) == [1, 0, 1, 0, 0]
        sends(chen, first, "checks", kind="morning", temperature="38.1")
        assert figures(chen) == [1, 0, 1, 0, 1]
    with clock.standing_at(at("11:00")):
        taps(chen, first, "leave")
        assert figures(chen) == [0, 0, 1, 1, 0]


def test_who_is_late_or_not_fetched_is_said(house: int, wang: Family, chen: SiteClient) -> None:
    books_today(wang, house)
    with clock.standing_at(at("08:01")):
        assert "1 个孩子过了约的时间半小时还没来" in text_of(chen.get("/desk"))
        taps(chen, day_ids()[0], "arrive")
        assert "1 个孩子过了约的时间半小时还没来" not in text_of(chen.get("/desk"))
    with clock.standing_at(at("17:40")):
        assert "1 个孩子过了约的时间还没人接" in text_of(chen.get("/desk"))


def test_the_card_leads_to_the_list_and_says_when_nobody_comes(
    house: int, chen: SiteClient
) -> None:
    page = chen.page("/desk")
    assert page.xpath("//section[@id='now']//a/@href") == ["/desk/attendance"]
    assert page.xpath("//section[@id='now']/p/text()") == ["今天没有约了托育的孩子。"]


def test_another_nursery_and_a_canteen_see_none_of_it(
    app: Flask, house: int, wang: Family, zhao: SiteClient
) -> None:
    books_today(wang, house)
    assert figures(zhao) == []
    head = works_at(app, a_house(app, name="水星托育中心"), "13800000013", "何园长", Role.HEAD)
    assert (figures(head), "今天没有约了托育的孩子。" in text_of(head.get("/desk"))) == ([], True)


def test_the_page_asks_the_same_for_one_child_and_for_two(
    house: int, wang: Family, li: Family, chen: SiteClient,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:  # fmt: skip
    books_today(wang, house)
    chen.page("/desk")
    with count_queries() as one:
        chen.page("/desk")
    books_today(li, house)
    with count_queries() as two:
        chen.page("/desk")
    assert len(two) == len(one)

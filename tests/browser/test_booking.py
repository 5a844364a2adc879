"""A parent books care: at phone size, in both editions, without JavaScript, in English."""

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.pages.care import Bookings, Ticket
from tests.browser.pages.home import Home
from ylyx_site.shared import clock

WANG = "13800000001"
WAYS: dict[str, dict[str, Any]] = {
    "phone": {},
    "senior": {"edition": "senior"},
    "without-script": {"java_script_enabled": False},
    "english": {"language": "en"},
}
ways = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


@ways
def test_tomorrows_morning_is_booked_in_three_taps_and_undone(visit: Visit, way: Any) -> None:
    hand = visit(WANG, **way)
    before = Bookings.open(hand).coming()
    ticket = Home.open(hand).who_has_a_place().book_first().confirm()
    assert hand.taps == 3
    assert hand.tab.url.endswith(f"/childcare/bookings/{ticket.code}")
    expect(ticket.qr).to_be_visible()
    assert ticket.live_days() == 1
    assert Bookings.open(hand).coming() == [f"/childcare/bookings/{ticket.code}", *before]
    hand.tab.go_back()
    ticket = Ticket(hand).undo()
    assert ticket.live_days() == 0
    assert Bookings.open(hand).coming() == before


@ways
def test_weeks_are_previewed_booked_and_cancelled(visit: Visit, way: Any) -> None:
    hand = visit(WANG, **way)
    page = Home.open(hand).who_has_a_place().book_first()
    page = page.preview_weeks([1, 3, 5], date(2026, 12, 14), date(2027, 1, 8))
    assert len(page.left_out()) == 1
    if way.get("language") != "en":
        assert page.left_out() == ["2027年1月1日 周五"]
    assert page.days() == [
        "2026-12-14", "2026-12-16", "2026-12-18", "2026-12-21", "2026-12-23", "2026-12-25",
        "2026-12-28", "2026-12-30", "2027-01-04", "2027-01-06", "2027-01-08",
    ]  # fmt: skip
    page.untick("2026-12-25")
    ticket = page.confirm()
    assert (ticket.days.count(), ticket.live_days()) == (10, 10)
    ticket = ticket.cancel("2026-12-16")
    assert (ticket.days.count(), ticket.live_days()) == (10, 9)
    ticket = ticket.cancel()
    assert ticket.live_days() == 0
    expect(ticket.qr).to_have_count(0)


def test_a_day_on_which_the_child_is_elsewhere_is_left_out_by_name(visit: Visit) -> None:
    hand = visit(WANG)
    page = Home.open(hand).who_has_a_place().book_first()
    page = page.preview_weeks([3], date(2026, 11, 25), date(2026, 12, 9))
    assert page.left_out() == ["12月2日 周三"]
    assert page.days() == ["2026-11-25", "2026-12-09"]


def test_undoing_ends_after_ten_minutes(visit: Visit) -> None:
    hand = visit(WANG)
    ticket = Home.open(hand).who_has_a_place().book_first().confirm()
    undo = hand.tab.locator("form[action$='/undo'] button")
    expect(undo).to_be_visible()
    with clock.moved(timedelta(minutes=11)):
        hand.tab.reload()
        expect(undo).to_have_count(0)
        assert ticket.cancel().live_days() == 0


@ways
def test_pages_say_their_language_and_edition(visit: Visit, way: Any) -> None:
    hand = visit(WANG, **way)
    Home.open(hand)
    page = hand.tab.locator("html")
    assert page.get_attribute("lang") == ("en" if way.get("language") == "en" else "zh-CN")
    assert page.get_attribute("data-edition") == way.get("edition", "ordinary")

"""A place is kept while its form is filled in: held, looked away from, kept on, booked, let go."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.hand import Hand
from tests.browser.pages.care import Bookings, Confirmation, WhoHasAPlace
from ylyx_site.shared import clock

WANG = "13800000001"
HOUSE = "金星托育中心"  # holds places in the demo
ways = pytest.mark.parametrize(
    ("way", "minutes"),
    [({}, 10), ({"edition": "senior"}, 20), ({"java_script_enabled": False}, 10)],
    ids=["phone", "senior", "without-script"],
)


def filling(hand: Hand) -> Confirmation:
    """The form of the nursery that keeps places."""
    hand.tab.goto(f"/childcare?kind=half_day&half=pm&q={HOUSE}")
    return WhoHasAPlace(hand).book_first()


@ways
def test_a_held_place_outlives_a_look_elsewhere_and_is_booked(
    visit: Visit, way: Any, minutes: int
) -> None:
    hand = visit(WANG, **way)
    page = filling(hand).hold()
    expect(page.held).to_contain_text("位子给您留着")
    expect(page.held).to_contain_text(f"还有 {minutes} 分钟")
    form = hand.tab.url
    hand.tab.goto("/help")
    hand.tab.goto(form)
    with clock.moved(timedelta(minutes=minutes - 1)):
        hand.tab.goto(hand.tab.url)
        expect(page.held).to_contain_text("还有 1 分钟")
        page.hold("extension")
        expect(page.held).to_contain_text(f"还有 {minutes} 分钟")
        ticket = page.confirm()
        assert f"/childcare/bookings/{ticket.code}" in Bookings.open(hand).coming()


@ways
def test_when_the_time_is_over_the_page_says_so_and_still_books(
    visit: Visit, way: Any, minutes: int
) -> None:
    hand = visit(WANG, **way)
    page = filling(hand).hold()
    with clock.moved(timedelta(minutes=minutes)):
        hand.tab.goto(hand.tab.url)
        expect(page.held).to_contain_text("已到时间")
        assert page.confirm().live_days() == 1


@ways
def test_letting_go_leads_to_who_else_has_a_place(visit: Visit, way: Any, minutes: int) -> None:
    hand = visit(WANG, **way)
    filling(hand).hold().hold("release")
    WhoHasAPlace(hand)
    assert filling(hand).held.count() == 0
    assert minutes >= 10

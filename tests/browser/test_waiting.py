"""A full nursery, a place in its queue, and an offer that becomes a booking."""

import re

import pytest

from tests.browser.conftest import Visit
from tests.browser.pages.care import Bookings
from tests.browser.pages.home import Home
from tests.browser.pages.waiting import Entry, Joining, Offer

WANG = "13800000001"


@pytest.mark.parametrize("options", [{}, {"edition": "senior"}, {"java_script_enabled": False}])
def test_an_offer_on_the_front_page_is_two_taps_from_the_ticket(
    visit: Visit, options: dict[str, object]
) -> None:
    hand = visit(WANG, **options)
    home = Home.open(hand)
    hand.tap(home.main.locator("a[href^='/waiting/offers/']"))
    ticket = Offer(hand).accept()
    assert hand.taps == 2
    assert f"/childcare/bookings/{ticket.code}" in Bookings.open(hand).coming()
    assert Home.open(hand).main.locator("a[href^='/waiting/offers/']").count() == 0


def test_from_a_full_week_into_the_queue_and_out_of_it(visit: Visit) -> None:
    hand = visit(WANG)
    home = Home.open(hand)
    hand.tap(home.main.locator("a[href^='/waiting/offers/']"))
    day = Offer(hand)
    name = day.main.locator("h2").first.inner_text()
    hand.tab.goto(f"/childcare?kind=half_day&half=am&q={name}")
    hand.tap(hand.tab.locator("#results h2 a").first)
    queue = hand.tab.locator("a.queue").first
    if queue.count() == 0:
        pytest.skip("this week the demo's nursery is not full for her child")
    hand.tap(queue)
    entry = Joining(hand).join()
    assert re.search(r"第 \d+ 位", entry.main.inner_text())
    assert "已结束" in entry.leave().main.inner_text()
    assert Entry(hand).main.locator("form[action$='/pause']").count() == 0

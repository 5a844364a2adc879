"""What scripts add to links and forms, and what hurried fingers do."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.pages.care import Bookings, Ticket, WhoHasAPlace
from tests.browser.pages.home import Home

WANG = "13800000001"


def test_chips_exchange_the_results_and_the_address_and_go_back(visit: Visit) -> None:
    hand = visit(WANG)
    search = Home.open(hand).who_has_a_place()
    hand.tab.evaluate("window.isTheSamePage = true")
    first = hand.tab.url
    search.choose("full_day")
    expect(hand.tab).to_have_url(re.compile("kind=full_day"))
    search.choose("half_day", "pm")
    expect(hand.tab).to_have_url(re.compile("half=pm"))
    assert hand.tab.evaluate("window.isTheSamePage")
    hand.tab.go_back()
    expect(search.chosen).to_have_attribute("href", re.compile("kind=full_day"))
    hand.tab.go_back()
    expect(hand.tab).to_have_url(first)
    expect(search.chosen).to_have_attribute("href", re.compile("half=am"))


def test_chips_are_links_without_a_script(visit: Visit) -> None:
    hand = visit(WANG, java_script_enabled=False)
    search = WhoHasAPlace.open(hand).choose("full_day")
    assert "kind=full_day" in hand.tab.url
    assert search.offers().count() > 0


def test_three_clicks_on_the_button_book_once(visit: Visit) -> None:
    hand = visit(WANG)
    before = Bookings.open(hand).coming()
    page = Home.open(hand).who_has_a_place().book_first()
    page.button.click(click_count=3)
    ticket = Ticket(hand)
    hand.tab.wait_for_load_state("networkidle")
    assert Bookings.open(hand).coming() == [f"/childcare/bookings/{ticket.code}", *before]


def test_the_form_of_a_booking_sent_again_shows_the_same_booking(visit: Visit) -> None:
    hand = visit(WANG)
    page = Home.open(hand).who_has_a_place().book_first()
    form = page.main.locator("form[action$='/bookings']")
    fields = form.evaluate("form => [...new FormData(form)]")
    action = form.evaluate("form => form.action")
    ticket = page.confirm()
    again = hand.tab.request.post(action, form=dict(fields))
    assert again.url == hand.tab.url
    assert again.url.endswith(ticket.code)

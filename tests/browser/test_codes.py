"""Codes that go to a telephone."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.pages.signing_in import OwnBindings, SignIn

NEWCOMER = "13912345678"
OWN_PHONE = "19900900001"  # of the elders for whom zhao orders


def test_a_wrong_code_lets_nobody_in(visit: Visit) -> None:
    hand = visit()
    page = SignIn.open(hand).ask_for_code(NEWCOMER)
    page.type("000000" if page.newest_code() != "000000" else "111111")
    expect(hand.tab.locator("main [role=alert]")).to_be_visible()
    hand.tab.goto("/account")
    SignIn(hand)


def test_an_elder_ends_what_somebody_does_for_her_without_an_account(visit: Visit) -> None:
    hand = visit(edition="senior")
    page = OwnBindings.open(hand).ask_for_code(OWN_PHONE)
    bindings = page.show(page.newest_code())
    before = bindings.rows.count()
    assert before > 0
    hand.tap(bindings.rows.first.locator("button"))
    expect(bindings.rows).to_have_count(before - 1)

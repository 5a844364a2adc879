"""Without a mouse or a finger."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.hand import Hand
from tests.browser.pages.care import Confirmation, Ticket
from tests.browser.pages.families import NewChild
from tests.browser.pages.home import Home

WANG = "13800000001"
FOCUS = """() => {
  const here = document.activeElement, look = getComputedStyle(here);
  const box = here.getBoundingClientRect();
  const x = box.x + box.width / 2, y = box.y + box.height / 2;
  const onTop = document.elementFromPoint(x, y);
  return {
    ring: look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2,
    seen: onTop !== null && (here.contains(onTop) || onTop.contains(here)),
    name: here.outerHTML.slice(0, 120),
  };
}"""
MOST_TABS = 60


def _tab_to(tab: Page, selector: str) -> None:
    """Press Tab until it is there; whatever has the focus on the way must show it."""
    for _ in range(MOST_TABS):
        if tab.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        tab.keyboard.press("Tab")
        focus = tab.evaluate(FOCUS)
        assert focus["ring"], focus
        assert focus["seen"], focus
    raise AssertionError(f"{selector} is not reached by {MOST_TABS} tabs")


def test_a_morning_is_booked_by_keys_alone(visit: Visit) -> None:
    hand = visit(WANG, is_mobile=False, has_touch=False)
    _jump_over_the_frame(hand)
    _tab_to(hand.tab, "main a[href='/childcare']")
    hand.tab.keyboard.press("Enter")
    hand.tab.wait_for_url("**/childcare")
    _tab_to(hand.tab, "main a.button[href*='/bookings/new']")
    hand.tab.keyboard.press("Enter")
    Confirmation(hand)
    _tab_to(hand.tab, "form[action$='/bookings'] button")
    hand.tab.keyboard.press("Enter")
    assert Ticket(hand).live_days() == 1


def _jump_over_the_frame(hand: Hand) -> None:
    Home.open(hand)
    hand.tab.keyboard.press("Tab")
    expect(hand.tab.locator(".skip")).to_be_focused()
    expect(hand.tab.locator(".skip")).to_be_in_viewport()
    hand.tab.keyboard.press("Enter")
    expect(hand.tab.locator("main")).to_be_focused()


def test_errors_are_announced_and_tied_to_their_fields(visit: Visit) -> None:
    hand = visit(WANG)
    page = NewChild.open(hand, "/family/people/new?kind=child")
    page.save()
    expect(page.errors).to_be_visible()
    expect(page.errors).not_to_be_empty()
    wrong = hand.tab.locator("main [aria-invalid=true]")
    assert wrong.count() >= 3
    for field in wrong.all():
        described = str(field.get_attribute("aria-describedby")).split()[-1]
        expect(hand.tab.locator(f"#{described}")).not_to_be_empty()

"""The head of a nursery types: from the ringing to "booked" by keys alone."""

from tests.browser.conftest import Visit
from tests.browser.pages.counter import Ringing
from tests.browser.pages.nursery_desk import Booked, FamilyCard

HEAD = "13800000010"
DESK = {"is_mobile": False, "has_touch": False, "viewport": {"width": 1280, "height": 800}}
MOST_KEYS = 8


def test_the_usual_is_booked_by_keys_alone(visit: Visit) -> None:
    hand = visit(HEAD, **DESK)
    ringing = Ringing.open(hand)
    first = ringing.main.locator("a.caller").first
    name = first.locator("b").inner_text()
    ringing.ask(name)
    if ringing.main.locator("section[aria-labelledby=found]").count():
        ringing.press("Enter")
    price = FamilyCard(hand).price()
    ringing.press("Enter")
    words = Booked(hand).words()
    assert ringing.keys <= MOST_KEYS
    assert "已经约好" in words
    assert price in words

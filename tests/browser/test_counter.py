"""A clerk types: from the ringing to "ordered" in at most eight keys after the name."""

import pytest

from tests.browser.conftest import Visit
from tests.browser.pages.counter import Card, Ordered, Ringing

CLERK = "13800000021"
MOST_KEYS = 8
DESK = {"is_mobile": False, "has_touch": False, "viewport": {"width": 1280, "height": 800}}


@pytest.mark.parametrize("scripts", [True, False])
def test_the_usual_is_ordered_by_two_keys_after_the_name(visit: Visit, scripts: bool) -> None:
    hand = visit(CLERK, java_script_enabled=scripts, **DESK)
    ringing = Ringing.open(hand).ask("cgf")
    card = Card(hand)
    price = card.price()
    ringing.press("Enter")
    words = Ordered(hand).words()
    assert ringing.keys <= MOST_KEYS
    assert "已经订好" in words
    assert price in words


def test_of_two_at_one_telephone_the_second_is_chosen_by_the_arrow(visit: Visit) -> None:
    hand = visit(CLERK, **DESK)
    ringing = Ringing.open(hand).ask("0001")
    assert ringing.found() == 2
    ringing.press("ArrowDown").press("Enter")
    Card(hand)
    ringing.press("Enter")
    assert "已经订好" in Ordered(hand).words()
    assert ringing.keys <= MOST_KEYS


def test_day_and_way_of_serving_are_changed_by_one_key_each(visit: Visit) -> None:
    hand = visit(CLERK, **DESK)
    ringing = Ringing.open(hand).ask("zdm")
    card = Card(hand)
    before = hand.tab.url
    with hand.tab.expect_navigation():
        ringing.press(card.key_of_another_lunch())
    assert hand.tab.url != before
    with hand.tab.expect_response("**/quote?**"):
        ringing.press("Z")
    card.wait_for_the_price()
    assert card.serving() == "pick_up"
    ringing.press("Enter")
    assert "自取" in Ordered(hand).words()
    assert ringing.keys <= MOST_KEYS


def test_after_one_call_the_next_begins_at_once(visit: Visit) -> None:
    hand = visit(CLERK, **DESK)
    ringing = Ringing.open(hand).ask("cgf")
    Card(hand)
    ringing.press("Enter")
    Ordered(hand)
    ringing.ask("赵德明")
    Card(hand)

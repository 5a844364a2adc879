"""A daughter orders her mother's lunch: at phone size, in both editions, without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.pages.home import Home
from tests.browser.pages.meals import WhichCanteen

ZHAO = "13800000003"
WAYS: dict[str, dict[str, Any]] = {
    "phone": {},
    "senior": {"edition": "senior"},
    "without-script": {"java_script_enabled": False},
    "english": {"language": "en"},
}
ways = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


@ways
def test_the_usual_again_is_two_taps_and_is_undone_with_one(visit: Visit, way: Any) -> None:
    hand = visit(ZHAO, **way)
    page = WhichCanteen.open(hand).the_usual()
    shown = page.to_pay()
    ticket = page.confirm()
    assert hand.taps == 2
    expect(ticket.qr).to_be_visible()
    assert (ticket.meals(), ticket.to_pay()) == (1, shown)
    assert ticket.undo().meals() == 0


@pytest.mark.parametrize("way", [WAYS["phone"], WAYS["senior"], WAYS["english"]])
def test_a_lunch_elsewhere_is_four_taps_with_every_payer_shown_before(
    visit: Visit, way: Any
) -> None:
    hand = visit(ZHAO, **way)
    page = Home.open(hand).which_canteen().order_first()
    page.one_of_the_first()
    assert page.quote.locator(".lines div").count() > 1
    shown = page.to_pay()
    ticket = page.confirm()
    assert hand.taps <= 4
    assert ticket.to_pay() == shown
    assert ticket.cancel().meals() == 0


@pytest.mark.parametrize("way", [WAYS["phone"], WAYS["senior"], WAYS["english"]])
def test_another_lunch_for_one_of_two_parents_is_four_taps_from_home(
    visit: Visit, way: Any
) -> None:
    hand = visit(ZHAO, **way)
    page = Home.open(hand).which_canteen().something_else_for("陈桂芳")
    assert "陈桂芳" in page.names()
    assert "赵德明" not in page.names()
    page.one_of_the_first()
    shown = page.to_pay()
    ticket = page.confirm()
    assert hand.taps == 4
    assert ticket.to_pay() == shown
    assert ticket.cancel().meals() == 0


@ways
def test_a_month_by_weekdays_is_one_order_without_the_day_left_out(visit: Visit, way: Any) -> None:
    hand = visit(ZHAO, **way)
    plan = WhichCanteen.open(hand).order_first().by_weekdays().look()
    days = plan.ticks.count()
    assert days > 10
    left_out = plan.untick(1)
    ticket = plan.order()
    assert ticket.meals() == days - 1
    expect(ticket.main.locator(f"a[href$='date={left_out}']")).to_have_count(0)
    expect(ticket.qr).to_be_visible()

"""Pages that no link leads to, only something done: measured like all others."""

from datetime import date

import pytest

from tests.browser import ruler
from tests.browser.conftest import Visit
from tests.browser.hand import Hand
from tests.browser.pages.families import Child, People
from tests.browser.pages.home import FamilyBoard
from tests.browser.pages.signing_in import OwnBindings, SignIn
from tests.browser.ruler import ORDINARY, PHONE, SENIOR, SMALL_SCREEN, Edition

WANG, LI, HEAD = "13800000001", "13800000002", "13800000010"
OWN_PHONE = "19900900001"  # of the elders for whom zhao orders
editions = pytest.mark.parametrize("edition", [ORDINARY, SENIOR], ids=["ordinary", "senior"])


def _faults(hand: Hand, edition: Edition) -> list[str]:
    found = ruler.sizes(hand.tab, edition) + ruler.too_wide(hand.tab, PHONE)
    if edition is ORDINARY:
        found += ruler.too_wide(hand.tab, SMALL_SCREEN, 200)
    return found + ruler.broken_rules(hand.tab) + hand.take_complaints()


@editions
def test_the_page_for_a_code_holds(visit: Visit, edition: Edition) -> None:
    hand = visit(edition=edition.name)
    hand.tab.goto("/sign-in")
    SignIn(hand).ask_for_code("13912345678")
    assert _faults(hand, edition) == []


@editions
def test_the_pages_of_an_elder_without_account_hold(visit: Visit, edition: Edition) -> None:
    hand = visit(edition=edition.name)
    entering = OwnBindings.open(hand).ask_for_code(OWN_PHONE)
    assert _faults(hand, edition) == []
    entering.show(entering.newest_code())
    assert _faults(hand, edition) == []


@editions
def test_the_page_that_waits_for_an_elders_word_holds(visit: Visit, edition: Edition) -> None:
    hand = visit(LI, edition=edition.name)
    hand.tab.goto("/family/people/new?kind=elder")
    hand.tab.locator("[name=name]").fill("李桂英")
    hand.tab.locator("[name=born_on]").fill(date(1944, 3, 5).isoformat())
    hand.tab.locator("[name=relation]").select_option(index=1)
    hand.tab.locator("[name=phone]").fill("13912345670")
    hand.tap(hand.tab.locator("form[action='/family/people/elders'] button"))
    hand.tab.wait_for_url("**/family/people/requests/*")
    assert _faults(hand, edition) == []


@editions
def test_the_page_that_ends_a_guardianship_holds(visit: Visit, edition: Edition) -> None:
    wang, li = visit(WANG, edition=edition.name), visit(LI)
    code = FamilyBoard.open(wang).people().child("张朵朵").invite()
    FamilyBoard.open(li).people().join().enter(code, "father")
    People.open(wang).child("张朵朵")
    wang.tap(Child(wang).main.locator("a[href$='/ending']").last)
    wang.tab.wait_for_url("**/ending")
    assert _faults(wang, edition) == []


@editions
def test_who_a_sudden_closing_hits_is_shown_on_a_page_that_holds(
    visit: Visit, edition: Edition
) -> None:
    hand = visit(HEAD, edition=edition.name)
    hand.tab.goto("/desk/opening/closings")
    hand.tab.locator("[name=reason]").fill("停水")
    hand.tap(hand.tab.locator("form[action='/desk/opening/closings'] button").first)
    hand.tab.locator("[name=first_day][type=hidden]").wait_for(state="attached")
    assert _faults(hand, edition) == []


@editions
def test_the_record_of_a_past_day_holds(visit: Visit, edition: Edition) -> None:
    hand = visit(WANG, edition=edition.name)
    hand.tab.goto("/childcare/bookings")
    hand.tap(hand.tab.locator("main section").last.locator("a").first)
    hand.tap(hand.tab.locator("main a[href$='/attendance']"))
    hand.tab.wait_for_url("**/attendance")
    assert _faults(hand, edition) == []

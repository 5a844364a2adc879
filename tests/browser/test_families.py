"""Newcomers, and guardians who join."""

from datetime import date

from tests.browser.conftest import Visit
from tests.browser.pages.care import Bookings, Confirmation
from tests.browser.pages.families import NewChild, People, Whom
from tests.browser.pages.home import FamilyBoard, Home
from tests.browser.pages.signing_in import SignIn

WANG, LI = "13800000001", "13800000002"
NEWCOMER = "13912345678"


def test_a_newcomer_signs_in_by_code_registers_a_child_and_books(visit: Visit) -> None:
    hand = visit()
    search = Home.open(hand).who_has_a_place()
    hand.tap(search.offers().first)
    entering = SignIn(hand).ask_for_code(NEWCOMER)
    entering.enter(entering.newest_code()).save("何小满")
    Confirmation(hand)
    hand.tap(hand.tab.locator("main a[href^='/family/people/new']"))
    page = NewChild(hand)
    page.fill("何苗苗", date(2024, 12, 1), "mother")
    page.save()
    ticket = Confirmation(hand).confirm()
    assert Bookings.open(hand).coming() == [f"/childcare/bookings/{ticket.code}"]
    assert People.open(hand).names() == ["何苗苗"]


def test_a_child_is_not_kept_without_consent(visit: Visit) -> None:
    hand = visit(LI)
    page = Whom.open(hand).child()
    page.fill("李大乐", date(2024, 12, 1), "father")
    hand.tab.locator("[name=consent]").uncheck()
    page.save()
    page.errors.wait_for()
    assert hand.tab.locator("[name=name]").input_value() == "李大乐"
    assert People.open(hand).names() == ["李小乐"]


def test_a_second_guardian_joins_by_a_code_and_sees_the_booking(visit: Visit) -> None:
    wang, li = visit(WANG), visit(LI)
    assert FamilyBoard.open(li).bookings() == []
    code = FamilyBoard.open(wang).people().child("张朵朵").invite()
    child = FamilyBoard.open(li).people().join().enter(code, "father")
    assert child.main.locator("h1").inner_text() == "张朵朵"
    assert sorted(People.open(li).names()) == ["张朵朵", "李小乐"]
    hers = FamilyBoard.open(wang).bookings()
    assert len(hers) == 1
    assert FamilyBoard.open(li).bookings() == hers


def test_a_code_joins_only_once(visit: Visit) -> None:
    wang, li = visit(WANG), visit(LI)
    code = FamilyBoard.open(wang).people().child("张朵朵").invite()
    zhao = visit("13800000003")
    FamilyBoard.open(li).people().join().enter(code, "father")
    page = FamilyBoard.open(zhao).people().join()
    page.main.locator("[name=code]").fill(code)
    page.main.locator("[name=relation]").select_option("father")
    page.send("/join")
    zhao.tab.locator("[role=alert]").wait_for()
    assert "张朵朵" not in People.open(zhao).names()

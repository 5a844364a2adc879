"""A head changes when the nursery is open; a supervisor lowers its registered places."""

from datetime import date

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.pages.care import Bookings
from tests.browser.pages.desk import Closures, Opening, OverBooked, OwnNursery, Register
from tests.browser.pages.desk import RegisteredPlaces as Places

WANG, CHEN, SUN = "13800000001", "13800000010", "13800000030"
DESK = {"viewport": {"width": 1280, "height": 800}, "is_mobile": False, "has_touch": False}
TUESDAY = date(2026, 11, 24)


def test_a_closure_over_booked_days_is_asked_once_more_and_cancels_nobody(visit: Visit) -> None:
    wang, head = visit(WANG), visit(CHEN, **DESK)
    before = Bookings.open(wang).coming()
    page = OwnNursery.open(head).closures()
    page.shut(date(2026, 12, 2), date(2026, 12, 2), "园舍消毒")
    asked = OverBooked(head)
    expect(asked.rows.first).to_be_visible()
    assert Closures.open(visit(CHEN, **DESK)).rows() == []
    asked.save_all_the_same()
    (row,) = Closures(head).rows()
    assert "园舍消毒" in row
    assert Bookings.open(wang).coming() == before


def test_a_closure_shows_on_the_nurserys_week(visit: Visit) -> None:
    head, parent = visit(CHEN, **DESK), visit(WANG)
    page = OwnNursery.open(head).closures()
    day = date(2027, 1, 18)  # nobody has booked as far ahead
    page.shut(day, day, "教师培训")
    expect(Closures(head).main.locator(".note.good")).to_be_visible()
    parent.tab.goto("/childcare/1?week=2027-01-18")
    first = parent.tab.locator("table.week tbody tr").first.locator("td").first
    expect(first.locator("a")).to_have_count(0)
    expect(first).to_contain_text("停托")
    expect(first).to_contain_text("教师培训")


def test_new_hours_hold_from_their_day_on(visit: Visit) -> None:
    head = visit(CHEN, **DESK)
    page = OwnNursery.open(head).opening()
    assert page.hours(6) == ("", "")
    page.change(6, "08:00", "12:00")
    expect(Opening(head).main.locator(".note.good")).to_be_visible()
    assert Opening(head).hours(6) == ("08:00", "12:00")


def test_fewer_registered_places_are_asked_once_more_and_cancel_nobody(visit: Visit) -> None:
    wang, sun = visit(WANG), visit(SUN, **DESK)
    before = Bookings.open(wang).coming()
    page = Register.open(sun).find("金星").places_of_first()
    assert page.over().count() == 0
    asked = page.lower_to(5, TUESDAY)
    expect(asked.rows.first).to_be_visible()
    days = asked.rows.count()
    asked.save_all_the_same()
    expect(Places(sun).over()).to_have_count(days)
    assert Bookings.open(wang).coming() == before

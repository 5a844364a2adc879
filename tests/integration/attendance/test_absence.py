"""A family tells that the child stays away: the place is free at once."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.client import text_of
from tests.house.races.crowd import all_at_once, booking, crowd, post, tally
from tests.integration.attendance.conftest import TUESDAY, at, books_today
from tests.integration.childcare.conftest import (
    Family,
    a_house,
    audit,
    more_children,
    sentences,
    states,
    stored,
)
from ylyx_site.attendance.models import Absence
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared import clock
from ylyx_site.shared.db import db

NOTHING = "这一天不用请假了：已经过去、已经取消，或者已经请过假。"


def tells(family: Family, code: str, **fields: object) -> TestResponse:
    """Send the form of absence with only what is said."""
    form = {"csrf_token": family.browser.token(), "date": TUESDAY.isoformat()} | fields
    return family.browser.post(
        f"/childcare/bookings/{code}/absence",
        data={name: value for name, value in form.items() if value is not None},
    )


def test_two_taps_from_home_free_the_place_for_another_family(
    wang: Family, li: Family, house: int
) -> None:
    wang.books(house)
    wang.books(house, child_id=more_children(wang, "红红"))
    assert li.posts(house).status_code == 422
    home = wang.browser.page("/")
    first = str(home.xpath("//main//a[contains(@href, '/absence')]/@href")[0])
    assert wang.browser.submit(first).status_code == 303
    assert li.sends(house).status_code == 303
    assert [one.state for one in stored()] == ["absent", "booked", "booked"]


def test_the_child_may_be_booked_again_after_an_absence(wang: Family, house: int) -> None:
    code = wang.books(house)
    tells(wang, code)
    wang.books(house)
    assert [one.state for one in stored()] == ["absent", "booked"]


def test_absence_works_after_the_limit_for_cancelling_until_the_care_ends(
    wang: Family, house: int
) -> None:
    code = books_today(wang, house)
    with clock.standing_at(at("17:30")):
        assert (tells(wang, code, date="2026-11-23").status_code) == 422
    with clock.standing_at(at("17:29")):
        assert (tells(wang, code, date="2026-11-23").status_code) == 303
    assert states() == {"11-23": "absent"}


def test_told_twice_is_refused_and_frees_once(wang: Family, house: int) -> None:
    code = wang.books(house)
    assert tells(wang, code).status_code == 303
    again = tells(wang, code)
    assert (again.status_code, audit()) == (422, [])
    assert sentences(again) == [NOTHING]


def test_the_same_form_twice_is_answered_the_same(wang: Family, house: int) -> None:
    code = wang.books(house)
    answers = [tells(wang, code, key="a-key-of-twenty-letters") for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].location == answers[1].location


def test_a_booking_or_a_child_of_others_does_not_exist(
    wang: Family, li: Family, house: int
) -> None:
    code = wang.books(house)
    assert tells(li, code).status_code == 404
    assert li.browser.get(f"/childcare/bookings/{code}/absence").status_code == 404
    assert li.browser.get(f"/childcare/bookings/{code}/attendance").status_code == 404
    assert tells(wang, code, child_id=li.child_id).status_code == 404
    assert states() == {"11-24": "booked"}


@pytest.mark.parametrize("day", [None, "2026-11-25", "2026-02-30", "gestern"])
def test_a_day_that_is_not_booked_is_422(wang: Family, house: int, day: str | None) -> None:
    code = wang.books(house)
    assert tells(wang, code, date=day).status_code == 422
    assert states() == {"11-24": "booked"}


@pytest.mark.parametrize("child", ["x", "-1", "9" * 40])
def test_a_child_that_is_no_number_is_422(wang: Family, house: int, child: str) -> None:
    code = wang.books(house)
    assert tells(wang, code, child_id=child).status_code == 422


def test_one_sibling_stays_away(wang: Family, house: int) -> None:
    both = [wang.child_id, *more_children(wang, "亮亮")]
    code = wang.books(house, child_id=both)
    assert tells(wang, code, child_id=both[1]).status_code == 303
    assert {one.child_id: one.state for one in stored()} == {both[0]: "booked", both[1]: "absent"}


def test_the_reason_is_sealed_and_the_journal_does_not_tell_it(wang: Family, house: int) -> None:
    code = wang.books(house)
    tells(wang, code, reason="ill")
    session = db.session()
    session.rollback()
    sealed = session.query(Absence).one().reason_sealed
    assert sealed is not None and "ill" not in sealed
    entry = session.query(JournalEntry).filter_by(action="attendance.absent").one()
    assert (entry.detail, entry.actor_id) == ("2026-11-24", wang.account_id)


def test_the_ticket_and_the_list_show_the_absence(wang: Family, house: int) -> None:
    code = wang.books(house)
    tells(wang, code)
    assert "已请假" in text_of(wang.browser.get(f"/childcare/bookings/{code}"))
    assert "已请假" in text_of(wang.browser.get("/childcare/bookings"))
    record = text_of(wang.browser.get(f"/childcare/bookings/{code}/attendance"))
    assert "11月23日 周一 08:00，家长请的。" in record


def test_an_absence_and_ten_bookers_never_oversell(app: Flask) -> None:
    """The house is full: as many as the absence frees get in, at most."""
    house, families = a_house(app, registered_places=1), crowd(app, 11)
    full = post(app, families[0], f"/childcare/{house}/bookings", booking(families[0]))
    code = (full.location or "").rpartition("/")[2]
    excuse = {"csrf_token": families[0].csrf, "date": TUESDAY.isoformat()}
    jobs = [
        lambda: post(app, families[0], f"/childcare/bookings/{code}/absence", excuse),
        *(
            lambda one=one: post(app, one, f"/childcare/{house}/bookings", booking(one))
            for one in families[1:]
        ),
    ]
    answers = all_at_once(jobs)
    assert answers[0].status_code == 303
    assert tally(answers[1:]).get("yes", 0) <= 1
    assert {one.status_code for one in answers} <= {303, 422}
    late = post(app, families[1], f"/childcare/{house}/bookings", booking(families[1]))
    booked = [one.state for one in stored()].count("booked")
    assert (booked, late.status_code in (303, 422), audit()) == (1, True, [])

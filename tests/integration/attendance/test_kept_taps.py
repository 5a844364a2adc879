"""Taps that a device kept while it had no network: they say when they were made."""

import pytest
from werkzeug.test import TestResponse

from tests import makers
from tests.client import SiteClient, text_of
from tests.integration.attendance.conftest import TUESDAY, at, books_today, day_ids
from tests.integration.attendance.test_board import LIST, figures, mother_on, row_of
from tests.integration.childcare.conftest import Family
from tests.integration.entry.conftest import head
from ylyx_site.attendance.models import Attendance, HealthCheck
from ylyx_site.attendance.service.sweeps import end_forgotten
from ylyx_site.childcare.models import CareDay
from ylyx_site.families.kinds import BondState, Relation
from ylyx_site.families.models import Bond
from ylyx_site.journal.models import JournalEntry
from ylyx_site.notices.models import Notice
from ylyx_site.notices.words import said
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import new_key

__all__ = ["head"]
MINUTE = 60
PAPER = {"paper": "court", "number": "(2026)渝01号"}


@pytest.fixture
def day(wang: Family, house: int) -> int:
    """Today's care of wang's child."""
    books_today(wang, house)
    return day_ids()[0]


def sends(
    browser: SiteClient, day_id: int, step: str, ago: object, **fields: object
) -> TestResponse:
    """A tap as `taps.js` sends it; `ago` in seconds by the device's own count."""
    form = {"csrf_token": browser.token(), "key": new_key(), "step": step} | fields
    where = f"{LIST}/{day_id}/{'leaving' if step == 'leave' else 'steps'}"
    return browser.post(where, data=form, headers={"HX-Request": "true", "X-Tapped-Ago": str(ago)})


def times(day_id: int) -> tuple[str, str]:
    """When the child came and left, as the clock on the wall shows it."""
    db.session.rollback()
    last = db.session().get(Attendance, day_id)
    stored = (db.session().get_one(CareDay, day_id).arrived_at, last and last.left_at)
    first, second = (clock.local(one).strftime("%H:%M") if one else "" for one in stored)
    return first, second


def test_a_kept_arrival_and_leaving_stand_with_the_time_of_the_tap(
    day: int, chen: SiteClient
) -> None:
    with clock.standing_at(at("09:30")):
        assert sends(chen, day, "arrive_well", 90 * MINUTE).status_code == 200
        assert "补记" in row_of(chen, day)
    check = db.session().query(HealthCheck).one()
    assert clock.local(check.at).strftime("%H:%M") == "08:00"
    with clock.standing_at(at("18:10")):
        sends(chen, day, "leave", 42 * MINUTE, taker=mother_on(day))
        assert "晚接" not in row_of(chen, day)
    assert times(day) == ("08:00", "17:28")
    entries = db.session().query(JournalEntry).filter(JournalEntry.action == "attendance.left")
    assert entries.one().detail == "tapped 2026-11-23T17:28:00+08:00"


@pytest.mark.parametrize("ago", ["", "59", "-600", "1e3", "９９９", "99999999"])
def test_what_was_sent_at_once_or_says_nothing_readable_is_now(
    day: int, chen: SiteClient, ago: str
) -> None:
    with clock.standing_at(at("09:30")):
        sends(chen, day, "arrive", ago)
        assert "补记" not in row_of(chen, day)
    assert times(day) == ("09:30", "")


def test_a_leaving_kept_over_closing_time_takes_the_place_of_the_forgotten_one(
    day: int, chen: SiteClient
) -> None:
    sends(chen, day, "arrive", "")
    with transaction() as session, clock.standing_at(at("17:31")):
        assert end_forgotten(session, clock.now()) == 1
    with clock.standing_at(at("07:40", TUESDAY)):
        chen.sign_in_as("13800000011")
        assert sends(chen, day, "leave", "", taker=mother_on(day)).status_code == 422
        assert sends(chen, day, "leave", 14 * 3600 + 20 * MINUTE, taker=mother_on(day)).headers
    assert times(day) == ("08:00", "17:20")
    row = db.session().query(Attendance).one()
    assert (row.forgotten, row.left_with, row.entered_back) == (False, "mother", True)


def test_a_tap_of_yesterday_is_entered_for_yesterday_only(day: int, chen: SiteClient) -> None:
    with clock.standing_at(at("08:00", TUESDAY)):
        chen.sign_in_as("13800000011")
        assert sends(chen, day, "arrive", 60 * MINUTE).status_code == 422
        assert sends(chen, day, "arrive", 23 * 3600).status_code == 200
    assert times(day) == ("09:00", "")


def test_nobody_leaves_before_the_arrival_whatever_a_device_says(
    day: int, chen: SiteClient
) -> None:
    with clock.standing_at(at("09:30")):
        sends(chen, day, "arrive", "")
        sends(chen, day, "leave", 60 * MINUTE, taker=mother_on(day))
    assert times(day) == ("09:30", "09:30")


def test_a_kept_leaving_with_somebody_who_may_not_any_more_alarms_and_hands_nobody_over(
    wang: Family, day: int, chen: SiteClient, head: SiteClient
) -> None:
    sends(chen, day, "arrive", "")
    handle = mother_on(day)
    with transaction() as session:
        session.get_one(Bond, (wang.child_id, wang.account_id)).state = BondState.ENDED
        session.query(Notice).delete()
    at_once = sends(chen, day, "leave", "", taker=handle)
    assert (at_once.status_code, told()) == (422, [])
    answer = sends(chen, day, "leave", 20 * MINUTE, taker=handle)
    assert (answer.status_code, "已经通知园长和监护人" in text_of(answer)) == (422, True)
    assert figures(chen) == [1, 1, 0, 0, 0]
    assert [words[:10] for words in told()] == ["断网的时候，有老师可"]


def told() -> list[str]:
    """What was told of it, in order."""
    db.session.rollback()
    return [said(one) for one in db.session().query(Notice).order_by(Notice.id)]


def test_a_guardian_whom_the_head_blocked_is_not_told_of_a_doubtful_leaving_and_the_other_is(
    wang: Family, day: int, chen: SiteClient, head: SiteClient
) -> None:
    sends(chen, day, "arrive", "")
    handle = mother_on(day)
    with transaction() as session:
        father = makers.an_account(session, "13800000009", "王先生")
        makers.a_bond(session, wang.child_id, father.id).relation = Relation.FATHER
        session.query(Notice).delete()
        father_id = father.id
    blocks = {"name": "王女士", "phone": "13800000001", "looks": "", **PAPER}
    where = f"/desk/children/{wang.child_id}/blocks"
    form = {"csrf_token": head.token(), "key": new_key()} | blocks
    assert head.post(where, data=form).status_code == 303
    assert sends(chen, day, "leave", 20 * MINUTE, taker=handle).status_code == 422
    db.session.rollback()
    rows = db.session().query(Notice).all()
    guardians = {one.account_id for one in rows if said(one).startswith("断网的时候，老师可能")}
    assert guardians == {father_id}

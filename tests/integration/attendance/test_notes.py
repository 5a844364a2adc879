"""The daily note: few taps of a carer, read by the own family, told once a day without a word."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from tests.client import SiteClient, text_of
from tests.integration.attendance.conftest import TUESDAY, day_ids
from tests.integration.childcare.conftest import Family
from ylyx_site.attendance.models import Attendance, DailyNote
from ylyx_site.childcare.models import CareDay
from ylyx_site.journal.models import JournalEntry
from ylyx_site.notices.models import Notice
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import new_key

AFTERNOON = "2026-11-24T16:00:00+08:00"


@pytest.fixture
def day_id(wang: Family, house: int) -> int:
    """Wang's child came on Tuesday and left twenty minutes late."""
    wang.books(house)
    [number] = day_ids()
    with transaction() as session:
        day = session.get_one(CareDay, number)
        day.arrived_at = clock.instant_at(TUESDAY, 485)
        left = clock.instant_at(TUESDAY, 1070)
        session.add(Attendance(care_day_id=number, arrived_by=wang.account_id, left_at=left))
    return number


def writes(browser: SiteClient, day_id: int, **fields: object) -> int:
    """A carer saves a note; returns the status."""
    form = {"csrf_token": browser.token(), "key": new_key()}
    return browser.post(f"/desk/attendance/{day_id}/note", data=form | fields).status_code


PHONES = {"wang": "13800000001", "li": "13800000002", "chen": "13800000011", "zhao": "13800000012"}


@contextmanager
def later(moment: str, **browsers: SiteClient) -> Iterator[None]:
    """Tuesday afternoon: Monday's sessions of staff are over, so all sign in again."""
    with clock.standing_at(moment):
        for name, browser in browsers.items():
            browser.sign_in_as(PHONES[name])
        yield


def stored() -> int:
    db.session.rollback()
    return db.session().scalar(sa.select(sa.func.count()).select_from(DailyNote)) or 0


def test_a_family_reads_what_a_carer_tapped_and_a_correction_as_such(
    wang: Family, chen: SiteClient, day_id: int
) -> None:
    with later(AFTERNOON, chen=chen, wang=wang.browser):
        assert writes(chen, day_id, ate="all", mood="happy", areas=["language", "movement"],
                      temperature="36.6", words="会说再见了") == 303  # fmt: skip
        own = text_of(wang.browser.get("/family/notes"))
        for said in ("吃光了", "开心", "36.6 ℃", "动作", "语言", "会说再见了", "陈老师"):
            assert said in own
        assert "更正过" not in own
    with later("2026-11-24T16:20:00+08:00", chen=chen, wang=wang.browser):
        assert writes(chen, day_id, ate="little") == 303
        corrected = text_of(wang.browser.get("/family/notes"))
    assert ("更正过" in corrected, "吃得少" in corrected, "吃光了" in corrected) == (
        True, True, False,
    )  # fmt: skip
    assert stored() == 2
    code = db.session().scalar(sa.text("SELECT code FROM care_booking"))
    with later(AFTERNOON, chen=chen, wang=wang.browser):
        ticket = text_of(wang.browser.get(f"/childcare/bookings/{code}/attendance"))
    assert ("吃得少" in ticket, "晚接 20 分钟" in ticket) == (True, True)


def test_guardians_are_told_once_a_day_and_nothing_of_it(
    wang: Family, chen: SiteClient, day_id: int
) -> None:
    with later(AFTERNOON, chen=chen, wang=wang.browser):
        for ate in ("all", "most", "little"):
            assert writes(chen, day_id, ate=ate) == 303
    told = db.session().scalars(sa.select(Notice).where(Notice.subject == "daily_note")).all()
    assert [(one.account_id, one.link) for one in told] == [(wang.account_id, "/family/notes")]
    assert "明明" not in told[0].sentence + told[0].filling


def test_other_families_and_other_houses_see_nothing(
    li: Family, chen: SiteClient, zhao: SiteClient, day_id: int
) -> None:
    with later(AFTERNOON, chen=chen, zhao=zhao, li=li.browser):
        assert writes(chen, day_id, words="悄悄话") == 303
        assert "悄悄话" not in li.browser.get("/family/notes").text
        assert "悄悄话" not in zhao.get(f"/desk/attendance/notes?date={TUESDAY}").text
        assert writes(zhao, day_id, words="别人") == 404


def test_what_is_stored_is_sealed_and_each_look_of_staff_is_in_the_journal(
    chen: SiteClient, day_id: int
) -> None:
    with later(AFTERNOON, chen=chen):
        assert writes(chen, day_id, words="悄悄话") == 303
        assert "悄悄话" in chen.get("/desk/attendance/notes").text
    db.session.rollback()
    assert "悄悄话" not in (db.session().scalar(sa.select(DailyNote.sealed)) or "悄悄话")
    actions = db.session().scalars(
        sa.select(JournalEntry.action).where(JournalEntry.action.like("attendance.note%"))
    )
    assert sorted(actions) == ["attendance.note_written", "attendance.notes_read"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({}, "还没有选"), ({"temperature": "55.0"}, "体温要在"), ({"words": "字" * 201}, "最多 200")],
)
def test_what_cannot_be_is_said_at_the_child(
    chen: SiteClient, day_id: int, fields: dict[str, str], sentence: str
) -> None:
    with later(AFTERNOON, chen=chen):
        form = {"csrf_token": chen.token(), "key": "a-key-of-twenty-letters"} | fields
        answer = chen.post(f"/desk/attendance/{day_id}/note", data=form)
    assert (answer.status_code, sentence in text_of(answer)) == (422, True)
    assert stored() == 0


def test_a_day_on_which_the_child_was_not_there_has_no_note(
    wang: Family, house: int, chen: SiteClient
) -> None:
    wang.books(house, date=TUESDAY + timedelta(days=1))
    [number] = day_ids()
    with later("2026-11-25T16:00:00+08:00", chen=chen, wang=wang.browser):
        assert writes(chen, number, words="来了吗") == 422


def test_the_list_as_a_table_has_the_times_and_no_health_data(
    chen: SiteClient, zhao: SiteClient, day_id: int
) -> None:
    assert day_id
    answer = chen.get(f"/desk/attendance/list.xlsx?date={TUESDAY}")
    rows = list(load_workbook(BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True))
    answer.close()
    assert rows[1][:2] == ("明明", "托小班")
    assert rows[1][3:9] == ("07:30", "17:30", "已离园", "08:05", "17:50", 20)
    other = zhao.get(f"/desk/attendance/list.xlsx?date={TUESDAY}")
    assert len(list(load_workbook(BytesIO(other.data)).worksheets[0].iter_rows())) == 1
    other.close()

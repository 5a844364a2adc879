"""Checks at the door, times put right, and a guardian's number."""

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from tests.client import SiteClient, text_of
from tests.integration.attendance.conftest import TUESDAY, at, books_today, day_ids
from tests.integration.attendance.test_board import LIST, actions, figures, row_of, taps
from tests.integration.childcare.conftest import Family
from ylyx_site.attendance.models import HealthCheck
from ylyx_site.families.queries import handle_of
from ylyx_site.journal.models import JournalEntry
from ylyx_site.notices import service
from ylyx_site.notices.kinds import Channel, NoticeKind
from ylyx_site.notices.models import Notice
from ylyx_site.notices.words import said
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import new_key


def sends(browser: SiteClient, day_id: int, part: str, **fields: object) -> TestResponse:
    """Send a form of the child's page."""
    form = {"csrf_token": browser.token(), "key": new_key(), "kind": "morning"} | fields
    return browser.post(f"{LIST}/{day_id}/{part}", data=form)


@pytest.fixture
def day(wang: Family, house: int) -> int:
    """Today's care of wang's child."""
    books_today(wang, house)
    return day_ids()[0]


@pytest.mark.parametrize(("degrees", "status"), [("37.2", 303), ("37.3", 422), ("３７．３", 422)])
def test_nobody_with_37_3_comes_in(day: int, chen: SiteClient, degrees: str, status: int) -> None:
    assert sends(chen, day, "checks", temperature=degrees).status_code == 303
    assert taps(chen, day, "arrive").status_code == status


def test_a_recheck_lets_in_and_one_tap_does_not(day: int, chen: SiteClient) -> None:
    sends(chen, day, "checks", temperature="36.5", symptoms="rash")
    assert "不能入园" in row_of(chen, day)
    answer = taps(chen, day, "arrive")
    assert "先不入园" in text_of(answer)
    assert taps(chen, day, "check_ok").status_code == 422
    assert sends(chen, day, "checks", temperature="36.6").status_code == 303
    assert taps(chen, day, "arrive").status_code == 303


def test_whoever_has_to_come_now_is_told_at_once_whatever_they_chose(
    day: int, chen: SiteClient, wang: Family
) -> None:
    with transaction() as session:
        service.prefer(session, {NoticeKind.FAMILY_CARE: Channel.SITE}, actor_id=wang.account_id)
        session.execute(sa.delete(Notice))
    for degrees in ("37.8", "37.9"):
        sends(chen, day, "checks", temperature=degrees)
    db.session.rollback()
    told = db.session.scalars(sa.select(Notice).order_by(Notice.id)).all()
    assert [(one.kind, one.due_at == one.planned_at) for one in told] == [
        (NoticeKind.EMERGENCY, True), (NoticeKind.EMERGENCY, True),
    ]  # fmt: skip
    words = "".join(said(one) for one in told)
    assert [word for word in ("37", "体温", "发热", "发烧", "疹") if word in words] == []


def test_a_whole_class_leaves_out_who_is_not_all_right(day: int, chen: SiteClient) -> None:
    sends(chen, day, "checks", temperature="38.0")
    form = {"csrf_token": chen.token(), "date": "2026-11-23", "key": new_key()}
    assert chen.post(f"{LIST}/arrivals", data=form).status_code == 422
    assert figures(chen) == [1, 0, 1, 0, 0]


@pytest.mark.parametrize("degrees", ["33.9", "43.0", "warm", "3", "36,5", "-36.5", "9" * 50])
def test_what_is_no_temperature_is_422(day: int, chen: SiteClient, degrees: str) -> None:
    assert sends(chen, day, "checks", temperature=degrees).status_code == 422
    assert db.session().query(HealthCheck).count() == 0


def test_a_check_is_sealed_and_reading_it_is_journaled(day: int, chen: SiteClient) -> None:
    sends(chen, day, "checks", temperature="37.8", symptoms=["rash", "cough"])
    db.session.rollback()
    check = db.session().query(HealthCheck).one()
    assert check.sealed is not None and "378" not in check.sealed and "rash" not in check.sealed
    page = text_of(chen.get(f"{LIST}/{day}/checks"))
    assert "37.8 ℃" in page and "皮肤有疹子、咳嗽、流涕" in page
    assert actions() == ["attendance.checked", "attendance.check_read"]


def test_a_guardians_number_shows_for_a_reason_only(
    day: int, wang: Family, li: Family, chen: SiteClient, zhao: SiteClient
) -> None:
    page = text_of(chen.get(f"{LIST}/{day}/checks"))
    assert "138****0001" in page and "13800000001" not in page
    handle = handle_of(wang.child_id, wang.account_id)
    assert sends(chen, day, "telephone", handle=handle, reason="").status_code == 422
    assert "13800000001" in text_of(sends(chen, day, "telephone", handle=handle, reason="ill"))
    others = handle_of(li.child_id, li.account_id)
    assert sends(chen, day, "telephone", handle=others, reason="ill").status_code == 404
    assert sends(zhao, day, "telephone", handle=handle, reason="ill").status_code == 404
    assert reasons_in_journal() == [f"{handle} because other"]  # that it is ill is nobody's there
    assert sends(chen, day, "telephone", handle=handle, reason="not_come").status_code == 200
    assert reasons_in_journal()[1:] == [f"{handle} because not_come"]


def reasons_in_journal() -> list[str]:
    """What the journal says of looks at a telephone number."""
    db.session.rollback()  # what was written meanwhile is seen
    entries = db.session().query(JournalEntry).filter_by(action="attendance.phone_read")
    return [one.detail for one in entries.order_by(JournalEntry.id)]


def test_other_nurseries_write_nothing(day: int, chen: SiteClient, zhao: SiteClient) -> None:
    assert sends(zhao, day, "checks", temperature="38.0").status_code == 404
    assert sends(zhao, day, "entry", arrived="07:50").status_code == 404
    assert figures(chen) == [1, 0, 1, 0, 0]
    assert actions() == []


def test_times_are_put_right_with_author_and_what_stood_before(
    day: int, wang: Family, chen: SiteClient
) -> None:
    taps(chen, day, "arrive")
    with clock.standing_at(at("18:00", TUESDAY)):
        chen.sign_in_as("13800000011")
        handle = handle_of(wang.child_id, wang.account_id)
        answer = sends(chen, day, "entry", arrived="07:40", left="16:30", left_with=handle)
        assert answer.status_code == 303
        page = text_of(chen.get(f"{LIST}?date=2026-11-23"))
    assert "07:40–16:30 陈老师 · 妈妈 王女士 补记" in page
    entry = db.session().query(JournalEntry).filter_by(action="attendance.entered").one()
    assert entry.detail == "07:40–16:30 was 08:00–"


def test_an_empty_entry_says_that_the_child_did_not_come(day: int, chen: SiteClient) -> None:
    taps(chen, day, "arrive")
    assert sends(chen, day, "entry").status_code == 303
    assert figures(chen) == [1, 0, 1, 0, 0]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"arrived": "08:01"}, "这个时间还没有到"),
        ({"arrived": "07:50", "left": "07:50"}, "离园时间要晚于到园时间"),
        ({"left": "07:50"}, "离园时间要晚于到园时间"),
        ({"arrived": "7点"}, "08:30"),
        ({"arrived": "07:50", "left_with": "thief"}, ""),
    ],
)
def test_impossible_times_are_422(
    day: int, chen: SiteClient, fields: dict[str, str], sentence: str
) -> None:
    answer = sends(chen, day, "entry", **fields)
    assert (answer.status_code, sentence in text_of(answer)) == (422, True)
    assert figures(chen) == [1, 0, 1, 0, 0]


def test_an_absence_and_what_is_long_past_are_not_entered(day: int, chen: SiteClient) -> None:
    with clock.standing_at(at("10:00", TUESDAY.replace(month=12, day=25))):
        chen.sign_in_as("13800000011")
        assert sends(chen, day, "entry", arrived="07:50").status_code == 422
    chen.sign_in_as("13800000011")
    taps(chen, day, "absent")
    assert sends(chen, day, "entry", arrived="07:50").status_code == 422


def test_the_desk_says_in_red_who_is_not_well_until_the_child_is_well_or_gone(
    day: int, chen: SiteClient, zhao: SiteClient
) -> None:
    words = "今天有 1 个孩子检查有异常"
    assert words not in text_of(chen.get("/desk"))
    sends(chen, day, "checks", temperature="37.4")
    for page in ("/desk", LIST):
        assert words in text_of(chen.get(page))
    assert words not in text_of(zhao.get("/desk"))
    sends(chen, day, "checks", temperature="36.8")
    assert words not in text_of(chen.get("/desk"))
    taps(chen, day, "arrive")
    sends(chen, day, "checks", temperature="38.1", kind="midday")
    assert words in text_of(chen.get("/desk"))
    assert taps(chen, day, "leave").status_code == 303
    assert words not in text_of(chen.get("/desk"))


def test_a_child_that_was_sent_home_is_off_the_red_line(day: int, chen: SiteClient) -> None:
    sends(chen, day, "checks", temperature="37.4")
    assert taps(chen, day, "absent").status_code == 303
    assert "检查有异常" not in text_of(chen.get("/desk"))

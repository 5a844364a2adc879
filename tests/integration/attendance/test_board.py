"""The day's list at the door."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from statistics import median
from time import thread_time

import pytest
import sqlalchemy as sa
from flask import Flask
from lxml import html
from werkzeug.test import TestResponse

from tests import makers
from tests.client import SiteClient, text_of
from tests.house.races.crowd import all_at_once
from tests.integration.attendance.conftest import (
    MONDAY,
    all_papers,
    at,
    books_today,
    day_ids,
    works_at,
)
from tests.integration.childcare.conftest import (
    Family,
    a_family,
    a_house,
    audit,
    more_children,
    states,
    stored,
)
from ylyx_site.attendance.models import Attendance
from ylyx_site.attendance.service.sweeps import end_forgotten
from ylyx_site.childcare.models import CareBooking, CareDay
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.facilities.models import CareClass
from ylyx_site.families.models import Person
from ylyx_site.families.queries import guardians_of
from ylyx_site.identity.roles import Role
from ylyx_site.journal.models import JournalEntry
from ylyx_site.notices.models import Notice
from ylyx_site.shared import clock, vault
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import new_key

LIST = "/desk/attendance"


def taps(browser: SiteClient, day_id: int, step: str, **fields: object) -> TestResponse:
    """One tap without JavaScript."""
    form = {"csrf_token": browser.token(), "key": new_key(), "step": step} | fields
    if step == "leave":
        form.setdefault("taker", mother_on(day_id))
    return browser.post(f"{LIST}/{day_id}/steps", data=form)


def mother_on(day_id: int) -> str:
    """The handle of the child's guardian."""
    day = db.session().get_one(CareDay, day_id)
    return guardians_of(db.session(), day.child_id)[0].handle


def figures(browser: SiteClient, address: str = LIST) -> list[int]:
    """Expected, here, missing, gone, absent."""
    return [int(one) for one in browser.page(address).xpath("//*[@id='counts']//b/text()")]


def row_of(browser: SiteClient, day_id: int) -> str:
    """The words of a row."""
    row = browser.page(LIST).get_element_by_id(f"child-{day_id}")
    return " ".join(str(row.text_content()).split())


def actions() -> list[str]:
    """What the journal has of attendance, in order."""
    db.session.rollback()
    rows = db.session().query(JournalEntry).order_by(JournalEntry.id)
    return [one.action for one in rows if one.action.startswith("attendance.")]


def test_a_child_comes_and_goes_with_one_tap_each(
    wang: Family, house: int, chen: SiteClient
) -> None:
    code = books_today(wang, house)
    (day,) = day_ids()
    assert figures(chen) == [1, 0, 1, 0, 0]
    with clock.standing_at(at("08:05")):
        assert taps(chen, day, "arrive").status_code == 303
        assert "在园 08:05 陈老师" in row_of(chen, day)
        assert figures(chen) == [1, 1, 0, 0, 0]
    with clock.standing_at(at("17:20")):
        assert taps(chen, day, "leave").status_code == 303
        assert figures(chen) == [1, 0, 0, 1, 0]
    record = text_of(wang.browser.get(f"/childcare/bookings/{code}/attendance"))
    assert (
        "08:05 到园，陈老师记的。" in record
        and "17:20 离园，妈妈 王女士接走，陈老师记的。" in record
    )
    assert actions() == ["attendance.arrived", "attendance.left"]


@pytest.mark.parametrize(
    ("first", "then", "sentence"),
    [
        ("", "leave", "孩子不在园里"),
        ("arrive", "arrive", "已经记过到园了"),
        ("arrive", "absent", "孩子已经到园，不能再请假"),
        ("absent", "absent", "这一天不用请假了"),
        ("", "undo", "没有可以撤销的一步"),
    ],
)
def test_steps_out_of_order_are_refused_with_a_sentence(
    wang: Family, house: int, chen: SiteClient, first: str, then: str, sentence: str
) -> None:
    books_today(wang, house)
    (day,) = day_ids()
    if first:
        taps(chen, day, first)
    before = figures(chen)
    answer = taps(chen, day, then)
    assert (answer.status_code, figures(chen)) == (422, before)
    assert sentence in text_of(answer)


def test_the_same_tap_twice_is_one_arrival(wang: Family, house: int, chen: SiteClient) -> None:
    books_today(wang, house)
    (day,) = day_ids()
    answers = [taps(chen, day, "arrive", key="a-key-of-twenty-letters") for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert actions() == ["attendance.arrived"]


def test_with_htmx_only_the_row_and_the_figures_come_back(
    wang: Family, house: int, chen: SiteClient
) -> None:
    books_today(wang, house)
    (day,) = day_ids()
    form = {"csrf_token": chen.token(), "key": new_key(), "step": "arrive"}
    answer = chen.post(f"{LIST}/{day}/steps", data=form, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "<html" not in answer.text
    parts = html.fragments_fromstring(f"<table>{answer.text}</table>")
    assert f'id="child-{day}"' in answer.text and len(parts) >= 1
    assert answer.text.count("hx-swap-oob") == 1
    again = chen.post(
        f"{LIST}/{day}/steps", data=form | {"key": new_key()}, headers={"HX-Request": "true"}
    )
    assert (again.status_code, "已经记过到园了" in again.text) == (422, True)


def test_a_row_is_undone_within_ten_minutes(wang: Family, house: int, chen: SiteClient) -> None:
    books_today(wang, house)
    (day,) = day_ids()
    taps(chen, day, "arrive")
    with clock.moved(timedelta(minutes=10)):
        assert taps(chen, day, "undo").status_code == 422
    with clock.moved(timedelta(minutes=9)):
        assert taps(chen, day, "undo").status_code == 303
    assert figures(chen) == [1, 0, 1, 0, 0]
    taps(chen, day, "arrive")
    taps(chen, day, "leave")
    assert taps(chen, day, "undo").status_code == 303
    assert figures(chen) == [1, 1, 0, 0, 0]


def test_a_whole_class_arrives_and_goes_back_with_one_tap_each(
    wang: Family, house: int, chen: SiteClient
) -> None:
    books_today(wang, house, "am")
    other = more_children(wang, "红红")
    with clock.standing_at(at("06:50")):
        wang.books(house, child_id=other, kind="temporary", half="am", date=MONDAY)
        pm = more_children(wang, "兰兰")
        wang.books(house, child_id=pm, kind="temporary", half="pm", date=MONDAY)
    all_papers(house)
    form = {"csrf_token": chen.token(), "date": MONDAY.isoformat()}
    assert chen.post(f"{LIST}/arrivals", data=form | {"key": new_key()}).status_code == 303
    assert figures(chen) == [3, 2, 1, 0, 0]  # who comes at noon has not come
    assert chen.post(f"{LIST}/arrivals", data=form | {"key": new_key()}).status_code == 422
    assert chen.post(f"{LIST}/undo", data=form | {"key": new_key()}).status_code == 303
    assert figures(chen) == [3, 0, 3, 0, 0]


def test_staff_free_the_place_and_take_it_back_only_while_it_is_free(
    wang: Family, li: Family, house: int, chen: SiteClient
) -> None:
    books_today(wang, house)
    with clock.standing_at(at("06:50")):
        wang.books(
            house, child_id=more_children(wang, "红红"), kind="temporary", half="", date=MONDAY
        )
    first = day_ids()[0]
    assert taps(chen, first, "absent").status_code == 303
    assert taps(chen, first, "undo").status_code == 303
    assert [one.state for one in stored()] == ["booked", "booked"]
    taps(chen, first, "absent")
    with clock.standing_at(at("08:01")):
        li.books(house, kind="temporary", half="pm", date=MONDAY)
        for step in ("undo", "arrive"):
            answer = taps(chen, first, step)
            assert (answer.status_code, "已经让给别的家庭" in text_of(answer)) == (422, True)
    assert [one.state for one in stored()] == ["absent", "booked", "booked"]
    assert audit() == []


def test_guardians_are_told_once_that_staff_wrote_an_absence_down(
    wang: Family, house: int, chen: SiteClient
) -> None:
    code = books_today(wang, house)
    (day,) = day_ids()
    for step in ("absent", "undo", "absent"):
        taps(chen, day, step)
    db.session.rollback()
    told = sa.select(Notice).where(Notice.subject == f"absence:{code}")
    (notice,) = db.session().scalars(told)
    assert (notice.account_id, notice.link) == (wang.account_id, f"/childcare/bookings/{code}")


def test_a_child_that_comes_after_all_is_here_though_the_family_excused_it(
    wang: Family, house: int, chen: SiteClient
) -> None:
    code = books_today(wang, house)
    wang.browser.submit(f"/childcare/bookings/{code}/absence?date={MONDAY}", reason="ill")
    (day,) = day_ids()
    assert "请假 生病 · 家长说的" in row_of(chen, day)
    assert taps(chen, day, "arrive").status_code == 303
    assert (figures(chen), states()) == ([1, 1, 0, 0, 0], {"11-23": "booked"})


def test_a_child_that_is_here_can_neither_be_cancelled_nor_excused_by_the_family(
    wang: Family, house: int, chen: SiteClient
) -> None:
    code = books_today(wang, house)
    taps(chen, day_ids()[0], "arrive")
    form = {"csrf_token": wang.browser.token(), "date": MONDAY.isoformat()}
    for ending in ("cancellation", "absence", "undo"):
        answer = wang.browser.post(f"/childcare/bookings/{code}/{ending}", data=form)
        assert answer.status_code == 422
    assert states() == {"11-23": "booked"}


def test_another_nursery_sees_nothing_and_cannot_act(
    wang: Family, house: int, chen: SiteClient, zhao: SiteClient
) -> None:
    books_today(wang, house)
    (day,) = day_ids()
    assert "明明" in text_of(chen.get(LIST))
    assert "明明" not in text_of(zhao.get(LIST))
    for step in ("arrive", "leave", "absent", "undo", "check_ok"):
        assert taps(zhao, day, step).status_code == 404
    for page in ("checks", "entry"):
        assert zhao.get(f"{LIST}/{day}/{page}").status_code == 404
    assert zhao.get(f"{LIST}?class={stored_class(house)}").status_code == 404
    assert figures(chen) == [1, 0, 1, 0, 0]
    assert wang.browser.get(LIST).status_code == 404


def stored_class(house: int) -> int:
    """The class of a house."""
    return db.session().query(CareClass.id).filter_by(facility_id=house).scalar() or 0


@pytest.mark.parametrize("fields", [{"step": "fly"}, {"step": ""}, {"key": ""}])
def test_a_bent_form_is_422(
    wang: Family, house: int, chen: SiteClient, fields: dict[str, str]
) -> None:
    books_today(wang, house)
    (day,) = day_ids()
    form = {"csrf_token": chen.token(), "key": new_key(), "step": "arrive"} | fields
    assert chen.post(f"{LIST}/{day}/steps", data=form).status_code == 422
    assert figures(chen) == [1, 0, 1, 0, 0]


@pytest.mark.parametrize("address", ["?class=x", "?class=99999999", "?class=" + "9" * 40])
def test_no_such_class_is_404(chen: SiteClient, address: str) -> None:
    assert chen.get(LIST + address).status_code == 404


def test_a_day_that_is_none_is_422(chen: SiteClient) -> None:
    assert chen.get(f"{LIST}?date=2026-02-30").status_code == 422


def test_tomorrow_is_not_tapped_today(wang: Family, house: int, chen: SiteClient) -> None:
    wang.books(house)
    (day,) = day_ids()
    assert taps(chen, day, "arrive").status_code == 422


def test_a_forgotten_check_out_ends_at_closing_once(
    wang: Family, house: int, chen: SiteClient
) -> None:
    books_today(wang, house)
    (day,) = day_ids()
    taps(chen, day, "arrive")
    assert [swept(time) for time in ("17:29", "17:30", "17:31")] == [0, 1, 0]
    left = db.session().get(Attendance, day)
    assert left is not None
    assert (left.left_at, left.left_by, left.forgotten) == (
        clock.instant_at(MONDAY, 17 * 60 + 30), None, True,
    )  # fmt: skip
    with clock.standing_at(at("17:40")):
        assert "忘记签出" in row_of(chen, day)
    assert actions()[-1] == "attendance.forgotten"


def swept(time: str) -> int:
    """How many check-outs the worker ends at this time."""
    with clock.standing_at(at(time)), transaction() as session:
        return end_forgotten(session, clock.now())


def test_reading_health_notes_is_journaled_once_a_page(
    wang: Family, house: int, chen: SiteClient
) -> None:
    books_today(wang, house)
    chen.page(LIST)
    assert actions() == []
    with transaction() as session:
        child = session.get(Person, wang.child_id)
        assert child is not None
        child.note_sealed = vault.seal("花生过敏")
    assert "花生过敏" in text_of(chen.get(LIST))
    assert actions() == ["attendance.health_read"]
    session = db.session()
    entry = session.query(JournalEntry).filter_by(action="attendance.health_read").one()
    assert (entry.subject, entry.facility_id) == (f"day:{house}:2026-11-23", house)


def test_forty_nine_children_cost_as_many_queries_as_one(
    app: Flask, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    house = a_house(app, registered_places=60, caps=None)
    chen = works_at(app, house, "13800000011", role=Role.HEAD)
    counted = []
    for size in (1, 48):
        with transaction() as session:
            account = makers.an_account(session, f"1370000{size:04d}", "家长", None)
            ids = [makers.a_child(session, account.id, f"孩子{n}").id for n in range(size)]
        fill(app, house, account.id, ids)
        with count_queries() as statements:
            chen.page(LIST)
        counted.append(len(statements))
    assert counted[0] == counted[1]


def test_a_tap_among_forty_nine_children_takes_under_fifty_milliseconds(
    app: Flask, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    house = a_house(app, registered_places=60, caps=None)
    chen = works_at(app, house, "13800000011", role=Role.HEAD)
    with transaction() as session:
        account = makers.an_account(session, "13700000049", "家长", None)
        ids = [makers.a_child(session, account.id, f"孩子{n:02d}").id for n in range(49)]
    all_papers(house)
    fill(app, house, account.id, ids)
    took, asked = [], []
    for day in day_ids()[:9]:
        form = {"csrf_token": chen.token(), "key": new_key(), "step": "arrive"}
        started = thread_time()
        with count_queries() as statements:
            answer = chen.post(f"{LIST}/{day}/steps", data=form, headers={"HX-Request": "true"})
        took.append(thread_time() - started)
        asked.append(len(statements))
        assert (answer.status_code, answer.text.count("<tr")) == (200, 1)
    assert figures(chen) == [49, 9, 40, 0, 0]
    assert len(set(asked)) == 1
    assert median(took) < 0.05


def fill(app: Flask, house: int, account_id: int, children: list[int]) -> None:
    """Rows of today's care; written straight, because 49 do not fit into the class."""
    assert app.testing
    with transaction() as session:
        booking = CareBooking(
            code=f"A{account_id:05d}", facility_id=house, kind=CareKind.FULL_DAY,
            account_id=account_id, booked_at=clock.now(),
        )  # fmt: skip
        session.add(booking)
        session.flush()
        session.add_all(
            CareDay(
                booking_id=booking.id, facility_id=house, class_id=stored_class(house),
                child_id=child, day=MONDAY, starts=450, ends=1050, price_fen=0,
            )
            for child in children
        )  # fmt: skip


@pytest.mark.parametrize("step", ["arrive", "absent"])
def test_arrival_and_absence_at_once_are_one_or_the_other(app: Flask, step: str) -> None:
    house = a_house(app, registered_places=2)
    wang = a_family(app, "13800000001", "王女士")
    code = books_today(wang, house)
    chen = works_at(app, house, "13800000011")
    (day,) = day_ids()
    theirs = {"csrf_token": wang.browser.token(), "date": MONDAY.isoformat()}
    ours = {"csrf_token": chen.token(), "key": new_key(), "step": step}
    answers = all_at_once([
        lambda: wang.browser.post(f"/childcare/bookings/{code}/absence", data=theirs).status_code,
        lambda: chen.post(f"{LIST}/{day}/steps", data=ours).status_code,
    ])  # fmt: skip
    assert sorted(answers) in ([303, 422], [303, 303] if step == "arrive" else [303, 422])
    assert audit() == []


def test_one_tap_is_the_check_and_the_arrival(wang: Family, house: int, chen: SiteClient) -> None:
    books_today(wang, house)
    (day,) = day_ids()
    assert taps(chen, day, "arrive_well").status_code == 303
    assert "在园 08:00 陈老师 晨检 正常" in row_of(chen, day)
    steps = [one for one in actions() if not one.endswith("_read")]
    assert steps == ["attendance.checked", "attendance.arrived"]


def test_a_refused_arrival_leaves_no_check_behind(
    wang: Family, house: int, chen: SiteClient
) -> None:
    books_today(wang, house)
    (day,) = day_ids()
    taps(chen, day, "arrive")
    assert taps(chen, day, "arrive_well").status_code == 422
    assert actions() == ["attendance.arrived"]


def test_who_is_here_without_a_check_has_it_a_tap_away_and_another_after_noon(
    wang: Family, house: int, chen: SiteClient
) -> None:
    books_today(wang, house)
    (day,) = day_ids()
    taps(chen, day, "arrive")
    assert "晨检正常" in row_of(chen, day)
    taps(chen, day, "check_ok")
    assert "检正常" not in row_of(chen, day)
    with clock.standing_at(at("12:40")):
        assert "午检正常" in row_of(chen, day)
        assert taps(chen, day, "midday_ok").status_code == 303
        assert "晨检 正常 午检 正常" in row_of(chen, day)
        assert "午检正常" not in row_of(chen, day)

"""A round is gone: one tap a stop, nothing of others' rounds, nothing twice."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from lxml import html
from werkzeug.test import TestResponse

from tests import makers
from tests.client import SiteClient, text_of
from tests.house.races.crowd import all_at_once
from tests.integration.childcare.conftest import a_browser
from tests.integration.rounds.conftest import NAMES, TUESDAY, Town, a_town, staff_of
from ylyx_site.facilities.kinds import Meal
from ylyx_site.identity.roles import Role
from ylyx_site.journal.models import JournalEntry
from ylyx_site.rounds import service
from ylyx_site.rounds.kinds import Tap
from ylyx_site.rounds.models import RoundClosure
from ylyx_site.rounds.rules.wishes import Author, RoundWish, TapWish
from ylyx_site.serving.models import Handover
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import new_key
from ylyx_site.welfare.models import WelfareCheck


def taps(
    browser: SiteClient,
    town: Town,
    nth: int,
    result: str,
    *,
    script: bool = False,
    ago: int = 0,
    **fields: str,
) -> TestResponse:
    """One tap at the nth stop; `ago`: for how many seconds the device has kept it."""
    form = {
        "csrf_token": browser.token(), "key": new_key(), "result": result, "meal": "lunch",
        "date": TUESDAY.isoformat(),
    } | fields  # fmt: skip
    headers = {"HX-Request": "true", "X-Tapped-Ago": str(ago)} if script else {}
    address = f"/desk/rounds/{town.round_id}/stops/{town.people[nth]}"
    return browser.post(address, data=form, headers=headers)


def results() -> list[str]:
    """How the meals stand, in the order of ordering."""
    session = db.session()
    session.rollback()
    return [
        one.value
        for one in session.scalars(sa.select(Handover.how).order_by(Handover.ordered_meal_id))
    ]


def checks() -> list[str]:
    """The checks: open, or how they ended."""
    session = db.session()
    session.rollback()
    rows = session.scalars(sa.select(WelfareCheck).order_by(WelfareCheck.id))
    return [one.outcome.value if one.outcome else "open" for one in rows]


def close(browser: SiteClient, town: Town) -> TestResponse:
    """Close the round of lunch."""
    form = {"csrf_token": browser.token(), "key": new_key(), "meal": "lunch"}
    return browser.post(f"/desk/rounds/{town.round_id}/closure", data=form)


def test_a_courier_with_one_round_sees_its_doors_in_order_at_once(
    noon: Town, courier: SiteClient
) -> None:
    page = courier.page("/desk/rounds")
    names = [
        one.text_content().split()[-1] for one in page.xpath("//li[contains(@class,'stop')]/h2")
    ]
    assert [re.sub(r"^\d+", "", one) for one in names] == list(NAMES)
    words = text_of(courier.get("/desk/rounds"))
    assert "3栋2单元 2 楼 201" in words and "听力不好请多敲" in words and "两荤一素套餐" in words
    assert "还有 3 站" in words
    assert "¥" not in words and "低盐" not in words  # neither money nor diet is a courier's


def test_addresses_are_journaled_once_a_page_and_not_by_a_tap(
    noon: Town, courier: SiteClient
) -> None:
    courier.get("/desk/rounds")
    taps(courier, noon, 0, "delivered", script=True)
    db.session.rollback()
    rows = db.session().scalars(
        sa.select(JournalEntry.subject).where(JournalEntry.action == "rounds.addresses_read")
    )
    assert list(rows) == [f"round:{noon.round_id}:2026-11-24"]


@pytest.mark.parametrize("script", [False, True])
def test_the_three_results_and_what_they_open(
    noon: Town, courier: SiteClient, script: bool
) -> None:
    answers = [
        taps(courier, noon, n, result, script=script)
        for n, result in enumerate(("delivered", "nobody", "neighbour"))
    ]
    assert {one.status_code for one in answers} == {200 if script else 303}
    assert results() == ["delivered", "nobody", "neighbour"]
    assert checks() == ["open"]


def test_the_answer_to_a_tap_has_no_address(noon: Town, courier: SiteClient) -> None:
    answer = taps(courier, noon, 0, "delivered", script=True)
    assert "<html" not in answer.text and "201" not in answer.text.replace("2026", "")
    part = html.fragment_fromstring(answer.text, create_parent="div")
    assert part.xpath("./*/@id") == [f"result-{noon.people[0]}", "progress"]
    assert "还有 2 站" in answer.text


def test_delivered_after_nobody_ends_the_check(noon: Town, courier: SiteClient) -> None:
    taps(courier, noon, 0, "nobody")
    taps(courier, noon, 0, "delivered")
    assert (results(), checks()) == (["delivered"], ["collected"])


def test_a_slip_is_taken_back(noon: Town, courier: SiteClient) -> None:
    taps(courier, noon, 0, "nobody")
    assert taps(courier, noon, 0, "undo").status_code == 303
    assert (results(), checks()) == ([], ["mistake"])


def test_the_same_tap_twice_is_one_result(noon: Town, courier: SiteClient) -> None:
    for _time in range(2):
        answer = taps(courier, noon, 0, "delivered", script=True, key="a-key-of-twenty-letters")
        assert answer.status_code == 200 and "送到 11:40" in answer.text.replace(
            '<span class="num">', ""
        )
    again = taps(courier, noon, 0, "delivered", script=True)  # another key, the same result
    assert (again.status_code, results()) == (200, ["delivered"])


def test_nobody_after_delivered_is_refused_beside_the_stop(noon: Town, courier: SiteClient) -> None:
    taps(courier, noon, 0, "delivered")
    answer = taps(courier, noon, 0, "nobody", script=True)
    assert answer.status_code == 422 and "已经记过这一餐了" in answer.text
    assert (results(), checks()) == (["delivered"], [])


def test_ten_at_once_are_one_result(app: Flask, noon: Town) -> None:
    wish = TapWish(noon.round_id, noon.people[0], TUESDAY, Meal.LUNCH, Tap.NOBODY)
    author = Author(noon.canteen_id, noon.courier_id, clock.now(), is_courier=True)

    def go() -> None:
        with app.app_context(), transaction() as session:
            service.tap(session, wish, author)

    all_at_once([go] * 6)
    assert (results(), checks()) == (["nobody"], ["open"])


def test_a_round_is_not_closed_without_a_result_for_each_stop(
    noon: Town, courier: SiteClient
) -> None:
    taps(courier, noon, 0, "delivered")
    answer = close(courier, noon)
    assert answer.status_code == 422 and "还有 2 站没有结果" in text_of(answer)
    taps(courier, noon, 1, "nobody")
    taps(courier, noon, 2, "neighbour")
    assert close(courier, noon).status_code == 303
    assert close(courier, noon).status_code == 303
    db.session.rollback()
    assert db.session().query(RoundClosure).count() == 1
    assert "已经收工" in text_of(courier.get("/desk/rounds"))


def test_after_closing_the_courier_takes_nothing_back_and_the_clerk_does(
    noon: Town, courier: SiteClient, clerk: SiteClient
) -> None:
    for n in range(3):
        taps(courier, noon, n, "delivered")
    close(courier, noon)
    refused = taps(courier, noon, 0, "undo")
    assert refused.status_code == 422 and "已经收工" in text_of(refused)
    assert taps(clerk, noon, 0, "undo").status_code == 303
    assert results() == ["delivered", "delivered"]
    assert "还有 1 站" in text_of(courier.get("/desk/rounds"))


@pytest.mark.parametrize("script", [False, True])
def test_a_tap_that_comes_on_another_day_is_refused(app: Flask, town: Town, script: bool) -> None:
    with clock.standing_at("2026-11-25T08:00:00+08:00"):
        answer = taps(a_browser(app, "13800000022"), town, 0, "delivered", script=script)
    assert answer.status_code == 422
    assert "11 月 24 日“平安线”第 1 位的记录，现在记不上了" in text_of(answer)
    assert results() == []


@pytest.mark.parametrize(
    ("tapped_at", "is_kept"),
    [
        ("2026-11-24T03:42:00.000Z", True),
        ("2026-11-23T15:59:59Z", False),  # the device says another day
        ("2026-11-24T16:00:00Z", False),  # midnight here
        ("2026-11-24T11:42:00", False),  # nowhere's time
        ("yesterday", False),
    ],
)
def test_a_tap_kept_by_the_device_over_midnight_is_entered_with_its_time(
    app: Flask, town: Town, tapped_at: str, is_kept: bool
) -> None:
    with clock.standing_at("2026-11-25T08:00:00+08:00"):
        courier = a_browser(app, "13800000022")
        answer = taps(courier, town, 0, "delivered", script=True, tapped_at=tapped_at)
        again = taps(courier, town, 0, "undo", script=True, tapped_at=tapped_at)
    db.session.rollback()
    kept = db.session().scalars(sa.select(Handover.late_reason)).all()
    assert (answer.status_code, again.status_code) == (200 if is_kept else 422, 422)
    assert set(kept) == ({"手机没有网络，11:42 点的，后来才收到"} if is_kept else set())


def test_a_tap_that_was_kept_for_an_hour_says_so_and_the_check_counts_from_it(
    noon: Town, courier: SiteClient, clerk: SiteClient
) -> None:
    answer = taps(courier, noon, 0, "nobody", script=True, ago=3600)
    taps(courier, noon, 1, "delivered", script=True, ago=20, tapped_at="2026-11-24T03:39:40Z")
    assert "没人 11:40 手机没有网络，10:40 点的，后来才收到" in text_of(answer)
    db.session.rollback()
    session = db.session()
    kept = session.scalars(sa.select(Handover.late_reason).order_by(Handover.ordered_meal_id)).all()
    assert kept == ["手机没有网络，10:40 点的，后来才收到", ""]
    check = session.scalars(sa.select(WelfareCheck)).one()
    assert f"{clock.local(check.opened_at):%H:%M}" == "10:40"
    page = clerk.get(f"/desk/welfare/{check.id}")
    assert "已经 1 小时 0 分钟没有见到人" in text_of(page)


@pytest.mark.parametrize(("ago", "is_kept"), [(20 * 3600, True), (7 * 3600, False), (10**7, False)])
def test_over_midnight_the_device_counts_and_its_clock_may_be_wrong(
    app: Flask, town: Town, ago: int, is_kept: bool
) -> None:
    with clock.standing_at("2026-11-25T08:00:00+08:00"):
        answer = taps(
            a_browser(app, "13800000022"), town, 0, "delivered", script=True, ago=ago,
            tapped_at="2031-01-01T00:00:00Z",
        )  # fmt: skip
    db.session.rollback()
    kept = db.session().scalars(sa.select(Handover.late_reason)).all()
    assert answer.status_code == (200 if is_kept else 422)
    assert kept == (["手机没有网络，12:00 点的，后来才收到"] if is_kept else [])


def test_after_three_days_nobody_vouches_for_a_device(app: Flask, town: Town) -> None:
    with clock.standing_at("2026-11-28T08:00:00+08:00"):
        courier = a_browser(app, "13800000022")
        answer = taps(courier, town, 0, "delivered", tapped_at="2026-11-24T03:42:00Z")
    assert answer.status_code == 422
    assert results() == []


def test_the_devices_own_time_is_kept_in_the_journal(noon: Town, courier: SiteClient) -> None:
    taps(courier, noon, 0, "delivered", tapped_at="2026-11-24T03:12:00Z")
    db.session.rollback()
    entry = db.session().scalars(
        sa.select(JournalEntry.detail).where(JournalEntry.action == "rounds.tapped")
    ).one()  # fmt: skip
    assert entry == f"person:{noon.people[0]} delivered 2026-11-24T03:12:00Z"


def test_a_person_who_rests_keeps_the_place_and_is_not_shown(
    noon: Town, courier: SiteClient
) -> None:
    with transaction() as session:
        resting = makers.an_elder(session, noon.daughter_id, "孙有福", phone="13900000099")
        session.execute(sa.text(
            "INSERT INTO round_stop (facility_id, person_id, round_id, position)"
            " VALUES (:f, :p, :r, 0)"
        ), {"f": noon.canteen_id, "p": resting.id, "r": noon.round_id})  # fmt: skip
    assert "孙有福" not in courier.get("/desk/rounds").text
    answer = courier.post(
        f"/desk/rounds/{noon.round_id}/stops/{resting.id}",
        data={"csrf_token": courier.token(), "key": new_key(), "result": "delivered",
              "meal": "lunch", "date": "2026-11-24"},
    )  # fmt: skip
    assert answer.status_code == 404


@pytest.mark.parametrize("day", ["2026-11-23T11:40:00+08:00", "2026-11-25T11:40:00+08:00"])
def test_nothing_of_yesterday_or_tomorrow(app: Flask, town: Town, day: str) -> None:
    with clock.standing_at(day):
        browser = a_browser(app, "13800000022")
        for address in ("/desk/rounds", f"/desk/rounds/{town.round_id}?date=2026-11-24",
                        f"/desk/rounds/{town.round_id}/sheet?date=2026-11-24"):  # fmt: skip
            words = browser.get(address).text
            assert not any(name in words for name in NAMES) and "201" not in words.replace(
                "2026", ""
            )


def test_the_round_of_another_courier_or_canteen_does_not_exist(
    app: Flask, noon: Town, courier: SiteClient
) -> None:
    with transaction() as session, clock.standing_at("2026-11-23T08:00:00+08:00"):
        elsewhere = a_town(session, "13800000029", "别处的食堂")
        second = service.add_round(
            session, RoundWish("二线", ()), Author(noon.canteen_id, 0, clock.now())
        )
    colleague = staff_of(app, noon.canteen_id, "13800000025", Role.COURIER, "没有线路的人")
    stranger = staff_of(app, elsewhere.canteen_id, "13800000026", Role.CANTEEN_MANAGER)
    tap = {"csrf_token": "", "key": new_key(), "result": "delivered", "meal": "lunch",
           "date": "2026-11-24"}  # fmt: skip
    for browser, round_id, person in (
        (courier, elsewhere.round_id, elsewhere.people[0]),
        (courier, second, noon.people[0]),
        (colleague, noon.round_id, noon.people[0]),
        (stranger, noon.round_id, noon.people[0]),
    ):
        here = f"/desk/rounds/{round_id}"
        data = tap | {"csrf_token": browser.token()}
        assert [
            browser.get(here).status_code,
            browser.get(f"{here}/sheet").status_code,
            browser.post(f"{here}/stops/{person}", data=data).status_code,
            browser.post(f"{here}/closure", data=data).status_code,
        ] == [404, 404, 404, 404]
    assert text_of(colleague.get("/desk/rounds")).endswith("要是不对，请问食堂经理。")
    assert results() == []


def test_a_person_of_another_round_cannot_be_reached_through_ones_own(
    noon: Town, courier: SiteClient
) -> None:
    with transaction() as session, clock.standing_at("2026-11-23T08:00:00+08:00"):
        elsewhere = a_town(session, "13800000029", "别处的食堂")
    data = {"csrf_token": courier.token(), "key": new_key(), "result": "delivered",
            "meal": "lunch", "date": "2026-11-24"}  # fmt: skip
    address = f"/desk/rounds/{noon.round_id}/stops/{elsewhere.people[0]}"
    assert courier.post(address, data=data).status_code == 404
    assert results() == []


def test_the_page_costs_the_same_for_three_stops_and_for_one(
    noon: Town, courier: SiteClient, count_queries: object
) -> None:
    def cost() -> int:
        with count_queries() as statements:  # type: ignore[operator]
            assert courier.get("/desk/rounds").status_code == 200
        return len(statements)

    full = cost()
    with transaction() as session:
        session.execute(sa.text("DELETE FROM round_stop WHERE position > 1"))
    assert cost() == full

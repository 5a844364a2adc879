"""Booking is allowed without papers, checking in is not: by a tap, a class, afterwards."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask

from tests import makers
from tests.client import SiteClient, text_of
from tests.integration.attendance.conftest import TUESDAY, at, works_at
from tests.integration.attendance.test_board import LIST, figures, fill, row_of, taps
from tests.integration.childcare.conftest import Family, a_house
from tests.integration.entry.conftest import MONDAY, all_papers, books, day_ids, sends
from ylyx_site.entry.kinds import PaperKind
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.once import new_key


def test_a_tap_is_refused_and_the_row_says_what_is_missing(
    wang: Family, house: int, day: int, chen: SiteClient
) -> None:
    answer = taps(chen, day, "arrive")
    assert (answer.status_code, "入托手续还没有齐" in text_of(answer)) == (422, True)
    assert "缺服务协议、缺健康检查、缺接种记录 —— 不能入托" in row_of(chen, day)
    all_papers(wang.child_id, house, leave_out=[PaperKind.VACCINATION])
    assert "缺接种记录 —— 不能入托" in row_of(chen, day)
    assert taps(chen, day, "arrive").status_code == 422
    assert figures(chen) == [1, 0, 1, 0, 0]


def test_with_all_papers_the_same_tap_goes_through(
    wang: Family, house: int, day: int, chen: SiteClient
) -> None:
    all_papers(wang.child_id, house)
    assert taps(chen, day, "arrive").status_code == 303
    assert figures(chen) == [1, 1, 0, 0, 0]


def test_htmx_gets_the_row_with_the_sentence(day: int, chen: SiteClient) -> None:
    form = {"csrf_token": chen.token(), "key": new_key(), "step": "arrive"}
    answer = chen.post(f"{LIST}/{day}/steps", data=form, headers={"HX-Request": "true"})
    assert (answer.status_code, "入托手续还没有齐" in answer.text) == (422, True)


def test_a_whole_class_leaves_out_who_lacks_a_paper(
    wang: Family, li: Family, house: int, day: int, chen: SiteClient
) -> None:
    books(li, house)
    all_papers(li.child_id, house)
    form = {"csrf_token": chen.token(), "date": MONDAY.isoformat(), "key": new_key()}
    assert chen.post(f"{LIST}/arrivals", data=form).status_code == 303
    assert figures(chen) == [2, 1, 1, 0, 0]
    assert "不能入托" in row_of(chen, day)


def test_a_day_entered_afterwards_passes_the_gate_of_that_day(
    wang: Family, house: int, day: int, chen: SiteClient
) -> None:
    with clock.standing_at(at("18:00", TUESDAY)):
        chen.sign_in_as("13800000011")
        refused = sends(chen, f"{LIST}/{day}/entry", arrived="07:40", left="16:30")
        assert (refused.status_code, "入托手续还没有齐" in text_of(refused)) == (422, True)
        all_papers(wang.child_id, house, dated_on=TUESDAY)
        assert sends(chen, f"{LIST}/{day}/entry", arrived="07:40").status_code == 422
        all_papers(wang.child_id, house, dated_on=MONDAY)
        assert sends(chen, f"{LIST}/{day}/entry", arrived="07:40").status_code == 303


def test_times_of_a_child_that_was_let_in_are_put_right_without_the_gate(
    wang: Family, house: int, day: int, chen: SiteClient, diseases: int
) -> None:
    all_papers(wang.child_id, house)
    taps(chen, day, "arrive")
    case = f"/desk/children/{wang.child_id}/cases/new"
    fields = {"disease": diseases, "fell_ill_on": MONDAY.isoformat(), "source": "check"}
    assert sends(chen, case, **fields).status_code == 303
    with clock.moved(timedelta(minutes=30)):
        assert sends(chen, f"{LIST}/{day}/entry", arrived="07:40").status_code == 303


def test_a_child_that_was_excused_and_comes_after_all_passes_it_too(
    day: int, chen: SiteClient
) -> None:
    assert taps(chen, day, "absent").status_code == 303
    assert taps(chen, day, "arrive").status_code == 422
    assert figures(chen) == [0, 0, 0, 0, 1]


def test_the_family_sees_what_is_missing_on_the_ticket_and_on_its_board(
    wang: Family, li: Family, house: int
) -> None:
    code = books(wang, house)
    books(li, house)
    said = "入托前还差（明明）：缺服务协议、缺健康检查、缺接种记录。"
    for page in (f"/childcare/bookings/{code}", "/family"):
        assert said in text_of(wang.browser.get(page))
    all_papers(wang.child_id, house)
    for page in (f"/childcare/bookings/{code}", "/family"):
        text = text_of(wang.browser.get(page))
        assert "入托前还差" not in text and "亮亮" not in text


def test_papers_belong_to_the_child_and_the_agreement_to_the_nursery(
    app: Flask, wang: Family, house: int, chen: SiteClient, zhao: SiteClient
) -> None:
    other = a_house(app, name="水星托育中心")
    all_papers(wang.child_id, other)
    books(wang, house)
    assert "缺服务协议 —— 不能入托" in row_of(chen, day_ids()[-1])


@pytest.mark.parametrize("address", [LIST, "/desk/children"])
def test_the_lists_cost_the_same_for_one_child_and_for_many(
    app: Flask,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
    address: str,
) -> None:
    house = a_house(app, registered_places=60, caps=None)
    chen = works_at(app, house, "13800000011")
    counted = []
    for size in (1, 48):
        with transaction() as session:
            account = makers.an_account(session, f"1370000{size:04d}", "家长", None)
            ids = [makers.a_child(session, account.id, f"孩子{n}").id for n in range(size)]
        fill(app, house, account.id, ids)
        with count_queries() as statements:
            chen.page(address)
        counted.append(len(statements))
    assert counted[0] == counted[1]


def test_one_tap_at_49_children_is_a_fixed_number_of_queries(
    app: Flask, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    house = a_house(app, registered_places=60, caps=None)
    chen = works_at(app, house, "13800000011")
    with transaction() as session:
        account = makers.an_account(session, "13700000049", "家长", None)
        ids = [makers.a_child(session, account.id, f"孩子{n}").id for n in range(49)]
        for child_id in ids:
            makers.papers(session, child_id, house)
    fill(app, house, account.id, ids)
    form = {"csrf_token": chen.token(), "key": new_key(), "step": "arrive"}
    with count_queries() as statements:
        tapped = chen.post(
            f"{LIST}/{day_ids()[-1]}/steps", data=form, headers={"HX-Request": "true"}
        )
    assert tapped.status_code == 200
    assert len(statements) <= 25

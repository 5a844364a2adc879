"""What the page of absence says of money: the same sum that the month's sheet has afterwards."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import makers
from tests.integration.childcare.conftest import a_family, a_house, more_children
from tests.integration.fees.making import NOVEMBER, a_day, a_table
from ylyx_site.attendance.returns import Return, added, returns_of
from ylyx_site.benefits.kinds import Payer
from ylyx_site.childcare.models import CareBenefit
from ylyx_site.fees.queries.absences import returns
from ylyx_site.fees.queries.sheets import sheets_of
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction

TUESDAY = date(2026, 11, 24)
HALF_PAST_EIGHT = clock.instant_at(TUESDAY, 510)


def a_booked_day(session: Session, **figures: int) -> int:
    """Tuesday at 68 yuan with lunch at 15, of which somebody else pays 10."""
    nursery = makers.a_nursery(session)
    a_table(session, nursery.id, **figures)
    child = makers.a_child(session, makers.an_account(session).id)
    day = a_day(session, nursery, child.id, TUESDAY, arrived=None)
    session.add(
        CareBenefit(
            care_day_id=day.id, position=1, rule_code="x", rule_version=date(2026, 1, 1),
            payer=Payer.DISTRICT, title="区普惠补贴", clause="第6条", fen=1000,
        )
    )  # fmt: skip
    session.flush()
    return day.id


@pytest.mark.parametrize(
    ("minute", "figures", "fen", "is_in_time"),
    [
        (510, {}, 7300, True),  # 68 - 10 + 15 are not paid
        (511, {}, -1000, False),  # 68 are paid whole, without lunch given back nor benefit
        (510, {"told_back": 50}, 3900, True),
        (511, {"untold_back": 100, "meal_fen": 0}, 5800, False),
        (510, {"told_back": 0, "meal_fen": 0}, -1000, True),
        (480, {"told_days_before": 1}, -1000, False),
    ],
)
def test_the_sum_is_what_the_sheet_has_afterwards(
    session: Session, minute: int, figures: dict[str, int], fen: int, is_in_time: bool
) -> None:
    day = a_booked_day(session, month_fen=0, **figures)
    now = clock.instant_at(TUESDAY, minute)
    until = HALF_PAST_EIGHT if is_in_time else None
    assert returns(session, [day], now) == {day: Return(fen, until)}


def test_several_children_are_added_and_in_time_only_together() -> None:
    one, late = Return(100, HALF_PAST_EIGHT), Return(-20, None)
    assert added({1: one, 2: one}, [1, 2]) == Return(200, HALF_PAST_EIGHT)
    assert added({1: one, 2: late}, [1, 2]) == Return(80, None)
    assert added({}, [1]) is None


def test_the_page_says_it_and_the_sheet_agrees(app: Flask) -> None:
    house, wang = a_house(app), a_family(app, "13800000001", "王女士")
    with transaction() as session:
        a_table(session, house, month_fen=0, told_back=50)
    code = wang.books(house)
    page = wang.browser.page(f"/childcare/bookings/{code}/absence?date=2026-11-24")
    (said,) = page.xpath("//label[contains(., '11月24日')]//span/span[2]/text()")
    with clock.standing_at("2026-11-24T08:00:00+08:00"):
        wang.browser.submit(f"/childcare/bookings/{code}/absence?date=2026-11-24")
    with transaction() as session:
        [sheet] = sheets_of(session, house, NOVEMBER, now=clock.now())
        (day,) = sheet.days
        would_be = day.care_fen + day.meal_fen
    assert said.strip().endswith(f"以前请假，当月结算退 ¥{(would_be - sheet.total_fen) / 100:.2f}")


def test_after_the_limit_the_page_says_that_nothing_comes_back(app: Flask) -> None:
    house, wang = a_house(app), a_family(app, "13800000001", "王女士")
    code = wang.books(house)
    with clock.standing_at("2026-11-24T09:00:00+08:00"):
        page = wang.browser.page(f"/childcare/bookings/{code}/absence?date=2026-11-24")
    assert "已过请假时间，不退钱" in page.xpath("string(//main//form)")


def test_it_costs_three_queries_for_any_number(
    session: Session, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    day = a_booked_day(session)
    nursery = makers.a_nursery(session, name="木星托育中心")
    child = makers.a_child(session, makers.an_account(session, "13800000002").id, "亮亮")
    other = a_day(session, nursery, child.id, TUESDAY, arrived=None)
    with count_queries() as asked:
        assert len(returns_of(session, [day, other.id], clock.now())) == 2
    assert len(asked) == 3


def test_two_children_of_one_day_are_one_sum(app: Flask) -> None:
    house, wang = a_house(app), a_family(app, "13800000001", "王女士")
    code = wang.books(house, child_id=[wang.child_id, *more_children(wang, "红红")])
    page = wang.browser.page(f"/childcare/bookings/{code}/absence?date=2026-11-24")
    assert len(page.xpath("//label[contains(., '11月24日')]//span/span[2]")) == 1

"""Who pays care: quoted line by line before booking, counted with it, given up with it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from lxml import html

from tests import makers
from tests.client import text_of
from tests.integration.childcare.conftest import (
    TUESDAY,
    WEDNESDAY,
    Family,
    a_browser,
    audit,
    more_children,
    sentences,
)
from tests.integration.childcare.test_prices import form_of
from ylyx_site.attendance.kinds import Step
from ylyx_site.attendance.rules.wishes import Author
from ylyx_site.attendance.service.absences import come_after_all
from ylyx_site.attendance.service.steps import take_step
from ylyx_site.benefits.reading import read_file
from ylyx_site.benefits.service.importing import import_rules
from ylyx_site.childcare.models import CareBenefit, CareDay
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

Counting = Callable[[], AbstractContextManager[list[str]]]
RULES = """
source = "试验"

[[rule]]
code = "free-hours"
title = "宝宝屋免费照护"
payer = "市"
clause = "每个孩子每年 2 次免费的计时照护。"
apply = "请到社区登记。"
valid_from = 2024-01-01
service = "托育"
who = { ages = [1, 3] }
what = { care = ["计时托"], place = ["500111"] }

[[rule.amount]]
free = true

[[rule.limit]]
per = "每年"
uses = 2

[[rule]]
code = "half-days"
title = "半日托补贴"
payer = "区"
clause = "半日托补两成，每次最多 6 元。"
valid_from = 2024-01-01
service = "托育"
what = { care = ["半日托"], place = ["500111"] }

[[rule.amount]]
percent = 20
ceiling_yuan = 6

[[rule]]
code = "inclusive"
title = "普惠价"
payer = "机构让利"
clause = "全日托按普惠价每天 50 元。"
valid_from = 2026-12-01
service = "托育"
what = { care = ["全日托"], place = ["500111"] }

[[rule.amount]]
pays_yuan = 50
"""
CHANGED = "您看的时候价格变了。请看一下新的价格，再确认一次。"
AN_HOUR = {"kind": "hourly", "start": "09:00", "end": "10:00"}


@pytest.fixture(autouse=True)
def _rules(app: Flask) -> None:
    assert app.testing
    with transaction() as session:
        import_rules(session, read_file(RULES), actor_id=None, today=clock.today(), now=clock.now())


def lines(page: str) -> list[str]:
    """The figures of a page, as they are read."""
    rows = html.fromstring(page).xpath("//dl[@class='lines']/div")
    return [" ".join(part.text_content() for part in row.xpath("./dt|./dd")) for row in rows]


def given() -> list[tuple[date, str, int]]:
    """Day, rule and fen of every line that is stored."""
    db.session.rollback()
    rows = db.session().execute(
        sa.select(CareDay.day, CareBenefit.rule_code, CareBenefit.fen)
        .join(CareDay, CareDay.id == CareBenefit.care_day_id)
        .order_by(CareDay.day, CareBenefit.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def test_the_page_says_who_pays_what_and_why_not_and_the_booking_keeps_it(
    wang: Family, house: int
) -> None:
    page = wang.browser.get(wang.asking(house, kind="half_day", half="am")).text
    assert lines(page) == [
        "¥38.00 × 1 次 ¥38.00",
        "半日托补贴区级补贴 · 半日托补两成，每次最多 6 元。 −¥6.00",
        "到园付 ¥32.00",
    ]
    assert "宝宝屋免费照护" in page
    assert "别的补贴为什么没有" in page
    code = wang.books(house, kind="half_day", half="am")
    assert given() == [(TUESDAY, "half-days", 600)]
    assert "到园付¥32.00" in text_of(wang.browser.get(f"/childcare/bookings/{code}")).replace(
        " ", ""
    )


def test_a_price_list_leaves_the_inclusive_price_from_its_first_day(
    wang: Family, house: int
) -> None:
    days = ["2026-11-30", "2026-12-01", "2026-12-02"]
    assert lines(wang.browser.get(wang.asking(house, date=days)).text) == [
        "¥68.00 × 3 次 ¥204.00",
        "普惠价 × 2 次机构让利 · 全日托按普惠价每天 50 元。 −¥36.00",
        "到园付 ¥168.00",
    ]
    wang.books(house, date=days)
    assert [(code, fen) for _, code, fen in given()] == [("inclusive", 1800)] * 2


def test_the_use_after_the_last_free_one_is_paid_and_a_cancelled_one_comes_back(
    wang: Family, house: int
) -> None:
    first = wang.books(house, **AN_HOUR)
    wang.books(house, date=WEDNESDAY, **AN_HOUR)
    third = wang.asking(house, date="2026-11-26", **AN_HOUR)
    assert lines(wang.browser.get(third).text)[-1] == "到园付 ¥12.00"
    wang.browser.submit(f"/childcare/bookings/{first}/cancellation")
    assert lines(wang.browser.get(third).text)[-1] == "到园付 ¥0.00"
    wang.books(house, date="2026-11-26", **AN_HOUR)
    assert audit() == []


def test_in_one_series_only_so_many_days_are_free(wang: Family, house: int) -> None:
    days = ["2026-11-24", "2026-11-25", "2026-11-26"]
    assert lines(wang.browser.get(wang.asking(house, date=days, **AN_HOUR)).text)[-1] == (
        "到园付 ¥12.00"
    )
    wang.books(house, date=days, **AN_HOUR)
    assert [code for _, code, _ in given()] == ["free-hours"] * 2


def test_siblings_have_a_count_each(wang: Family, house: int) -> None:
    [other] = more_children(wang, "亮亮")
    wang.books(house, child_id=[wang.child_id, other], date=["2026-11-24", "2026-11-25"], **AN_HOUR)
    assert [fen for _, _, fen in given()] == [1200] * 4


def test_the_last_free_use_taken_meanwhile_is_409_with_the_new_figures(
    app: Flask, wang: Family, house: int
) -> None:
    father = a_guardian_too(app, wang)
    wang.books(house, **AN_HOUR)
    seen = form_of(wang.browser.get(wang.asking(house, date=WEDNESDAY, **AN_HOUR)).text)
    assert seen["quoted"] == ["2026-11-25:0"]
    father.books(house, date="2026-11-26", **AN_HOUR)
    answer = wang.browser.post(f"/childcare/{house}/bookings", data=seen)
    assert (answer.status_code, sentences(answer)) == (409, [CHANGED])
    again = form_of(answer.text)
    assert again["quoted"] == ["2026-11-25:1200"]
    assert wang.browser.post(f"/childcare/{house}/bookings", data=again).status_code == 303
    assert [code for _, code, _ in given()] == ["free-hours"] * 2


def a_guardian_too(app: Flask, wang: Family) -> Family:
    """The father of the same child, signed in."""
    with transaction() as session:
        father = makers.an_account(session, "13800000009", "王先生").id
        makers.a_bond(session, wang.child_id, father)
    return Family(father, wang.child_id, a_browser(app, "13800000009"))


def test_undo_and_change_give_the_use_back(wang: Family, house: int) -> None:
    code = wang.books(house, **AN_HOUR)
    wang.browser.submit(f"/childcare/bookings/{code}", form_index=0)
    assert audit() == []
    code = wang.books(house, **AN_HOUR)
    wang.books(house, date=WEDNESDAY, **AN_HOUR)
    moved = wang.asking(
        house, date="2026-11-26", instead_of=code, instead_day=TUESDAY, **AN_HOUR
    )  # fmt: skip
    assert lines(wang.browser.get(moved).text)[-1] == "到园付 ¥0.00"
    wang.books(house, date="2026-11-26", instead_of=code, instead_day=TUESDAY, **AN_HOUR)
    assert audit() == []


def test_an_absence_gives_the_use_up_and_coming_after_all_claims_it_again(
    wang: Family, house: int
) -> None:
    wang.books(house, date=["2026-11-24", "2026-11-25"], **AN_HOUR)
    with transaction() as session:
        day_id = session.scalars(sa.select(CareDay.id).where(CareDay.day == TUESDAY)).one()
    now = datetime.fromisoformat("2026-11-24T09:00:00+08:00")
    author = Author(house, wang.account_id, now, "a-key")
    with transaction() as session:
        take_step(session, day_id, Step.ABSENT, author)
    assert audit() == []
    wang.books(house, date="2026-11-26", **AN_HOUR)
    with transaction() as session:
        come_after_all(session, session.get_one(CareDay, day_id), author)
    assert audit() == []
    assert given() == [(WEDNESDAY, "free-hours", 1200), (date(2026, 11, 26), "free-hours", 1200)]
    with transaction() as session:
        assert session.get_one(CareDay, day_id).benefit_fen == 0


def test_booking_asks_nothing_more_where_no_rule_could_give_anything(
    wang: Family, house: int, count_queries: Counting
) -> None:
    costs = []
    for day in ("2026-11-24", "2026-11-25"):
        seen = form_of(wang.browser.get(wang.asking(house, date=day)).text)
        with count_queries() as statements:
            assert wang.browser.post(f"/childcare/{house}/bookings", data=seen).status_code == 303
        costs.append(statements)
    assert len(costs[0]) >= len(costs[1])
    everybodys = ("INSERT INTO care_day", "SELECT 'slots'")  # what each booking asks and writes
    extra = [one for one in costs[1] if is_of_benefits(one)]
    assert [one for one in extra if not any(each in one for each in everybodys)] == []


def test_quoting_and_claiming_cost_the_same_for_one_day_and_for_many(
    wang: Family, house: int, count_queries: Counting
) -> None:
    costs = []
    for days in (["2026-11-24"], ["2026-11-25"], [f"2026-12-{n:02d}" for n in (1, 2, 3, 4, 7, 8)]):
        asked = wang.asking(house, kind="half_day", half="pm", date=days)
        seen = form_of(wang.browser.get(asked).text)
        with count_queries() as statements:
            assert wang.browser.post(f"/childcare/{house}/bookings", data=seen).status_code == 303
        costs.append(len([one for one in statements if is_of_benefits(one)]))
    assert costs[1] == costs[2]


def is_of_benefits(statement: str) -> bool:
    """Whether a statement is there only because of benefits."""
    names = ("care_benefit", "benefit_rule", "place_counter", "person_group", "hukou_division")
    return any(name in statement for name in names)

"""The pages of fees: one set of figures wherever it is read, and nobody else's."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask
from openpyxl import load_workbook

from tests import makers
from tests.client import SiteClient, text_of
from tests.integration.attendance.conftest import works_at
from tests.integration.childcare.conftest import Family, a_family
from tests.integration.fees.making import NOVEMBER, a_day, a_table
from ylyx_site.benefits.kinds import Payer
from ylyx_site.childcare.models import CareBenefit, CareDay
from ylyx_site.facilities.models import Facility
from ylyx_site.fees.models import FeeReceipt
from ylyx_site.fees.queries.sheets import sheets_of
from ylyx_site.identity.roles import Role
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.money import yuan

Counting = Callable[[], AbstractContextManager[list[str]]]


@dataclass(frozen=True, slots=True)
class House:
    """A nursery, its head, the head of another, and two families."""

    id: int
    head: SiteClient
    stranger: SiteClient
    wang: Family
    li: Family


@pytest.fixture
def house(app: Flask) -> House:
    """Wang's child came twice, once late, and stayed away twice; li's came once."""
    wang, li = (
        a_family(app, "13800000001", "王女士"),
        a_family(app, "13800000002", "李先生", "亮亮"),
    )
    with transaction() as session:
        nursery = makers.a_nursery(session)
        other = makers.a_nursery(session, name="北街托育")
        a_table(session, nursery.id, told_back=33)
        paid = a_day(session, nursery, wang.child_id, date(2026, 11, 16), left=1075)
        session.add(a_benefit(paid))
        a_day(session, nursery, wang.child_id, date(2026, 11, 17), told=500)
        a_day(session, nursery, wang.child_id, date(2026, 11, 18), told=600)
        a_day(session, nursery, wang.child_id, date(2026, 11, 19))
        a_day(session, nursery, li.child_id, date(2026, 11, 19))
        numbers = nursery.id, other.id
    head = works_at(app, numbers[0], "13800000021", "周园长", Role.HEAD)
    stranger = works_at(app, numbers[1], "13800000022", "吴园长", Role.HEAD)
    return House(numbers[0], head, stranger, wang, li)


def a_benefit(day: CareDay) -> CareBenefit:
    """Eight yuan of the district."""
    day.benefit_fen = 800
    return CareBenefit(
        care_day_id=day.id, position=0, rule_code="r", rule_version=date(2024, 1, 1),
        payer=Payer.DISTRICT, title="托育补贴", clause="每天 8 元。", fen=800,
    )  # fmt: skip


def totals(house: House) -> dict[int, int]:
    """What each child's month costs, from the one place where it is worked out."""
    db.session.rollback()
    sheets = sheets_of(db.session(), house.id, NOVEMBER, now=clock.now())
    return {one.child_id: one.total_fen for one in sheets}


def pays(house: House, fen: str = "100.00", **typed: str) -> int:
    """The head records money for wang's child; returns the status."""
    page = f"/desk/fees/{house.wang.child_id}?month={NOVEMBER}"
    return house.head.submit(page, fen=fen, **typed).status_code


def test_list_sheet_paper_table_and_family_say_the_same_to_the_fen(house: House) -> None:
    mine = house.wang.child_id
    assert pays(house) == 303
    total = totals(house)[mine]
    assert total == (6800 + 1500 + 1000 - 800) + (6800 - 2244) + 8300 + 8300 + 2000
    due = yuan(total - 10000)
    for browser, address in (
        (house.head, f"/desk/fees/{mine}?month={NOVEMBER}"),
        (house.head, f"/desk/fees/{mine}/sheet?month={NOVEMBER}"),
        (house.wang.browser, f"/family/people/{mine}/fees?month={NOVEMBER}"),
    ):
        figures = browser.page(address).xpath("//dl[@class='lines']")[0]
        read = re.findall(r"−?¥[\d.]+", figures.text_content())
        assert read[-3:] == [yuan(total), yuan(10000), due]
        assert sum(fen_of(one) for one in read[:-3]) == total
    row = house.head.page(f"/desk/fees?month={NOVEMBER}").xpath(
        f"//tr[td/a[starts-with(@href, '/desk/fees/{mine}?')]]"
    )[0]
    assert [yuan(total), yuan(10000)] == re.findall(r"¥[\d.]+", row.text_content())[-3:-1]


def fen_of(text: str) -> int:
    sign = -1 if text.startswith("−") else 1
    return sign * round(float(text.lstrip("−¥")) * 100)


def test_the_table_has_the_same_figures_and_no_formula(house: House) -> None:
    with transaction() as session:
        session.execute(
            sa.text("UPDATE person SET name = '=1+1' WHERE id = :id"), {"id": house.li.child_id}
        )
    answer = house.head.get(f"/desk/fees/sheets.xlsx?month={NOVEMBER}")
    book = load_workbook(BytesIO(answer.data))
    answer.close()
    rows = list(book.worksheets[0].iter_rows(min_row=2))
    assert {round(row[13].value * 100) for row in rows} == set(totals(house).values())
    for row in rows:
        assert round(sum(cell.value for cell in row[5:13]) * 100) == round(row[13].value * 100)
    assert [row[0].value for row in rows if row[0].data_type == "f"] == []
    days = list(book.worksheets[1].iter_rows(min_row=2))
    assert len(days) == 5
    for row in days:
        assert round(sum(cell.value for cell in row[8:14]) * 100) == round(row[14].value * 100)


def test_who_works_elsewhere_or_is_another_family_finds_nothing(house: House) -> None:
    mine = house.wang.child_id
    assert pays(house) == 303
    for address in (
        f"/desk/fees/{mine}?month={NOVEMBER}", f"/desk/fees/{mine}/sheet", "/desk/fees/receipts/1",
    ):  # fmt: skip
        assert house.head.get(address).status_code == 200
        assert house.stranger.get(address).status_code == 404
    form = {"csrf_token": house.stranger.token(), "key": "a-key-of-twenty-letters",
            "month": NOVEMBER, "kind": "paid", "means": "cash", "fen": "1"}  # fmt: skip
    assert house.stranger.post(f"/desk/fees/{mine}/receipts", data=form).status_code == 404
    assert "明明" not in house.stranger.get(f"/desk/fees?month={NOVEMBER}").text
    assert house.li.browser.get(f"/family/people/{mine}/fees").status_code == 404
    with transaction() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(FeeReceipt)) == 1


def test_the_same_form_twice_is_one_receipt(house: House) -> None:
    mine, head = house.wang.child_id, house.head
    form = {"csrf_token": head.token(), "key": "a-key-of-twenty-letters", "month": NOVEMBER,
            "kind": "paid", "means": "cash", "fen": "50"}  # fmt: skip
    for _ in range(2):
        assert head.post(f"/desk/fees/{mine}/receipts", data=form).status_code == 303
    page = head.page(f"/desk/fees/{mine}?month={NOVEMBER}")
    assert len(page.xpath("//a[starts-with(@href, '/desk/fees/receipts/')]")) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"fen": "-5"}, "请填写金额"),
        ({"fen": "10", "kind": "refund"}, "退款和更正要写明原因"),
        ({"fen": "10", "kind": "refund", "note": "退"}, "最多 ¥0.00"),
        ({"fen": "10", "month": "2026-13"}, "没有这个月份"),
    ],
)
def test_what_cannot_be_recorded_is_said_on_the_form(
    house: House, fields: dict[str, str], sentence: str
) -> None:
    head = house.head
    form = {"csrf_token": head.token(), "key": "a-key-of-twenty-letters", "month": NOVEMBER,
            "kind": "paid", "means": "cash"} | fields  # fmt: skip
    answer = head.post(f"/desk/fees/{house.wang.child_id}/receipts", data=form)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_the_table_is_changed_from_a_day_on_and_families_read_it(house: House) -> None:
    answer = house.head.submit("/desk/fees/terms", from_day="2026-11-23", meal_fen="18")
    assert answer.status_code == 303
    assert "餐费每天 ¥18.00" in text_of(house.head.get("/desk/fees/terms"))
    address = f"/family/people/{house.wang.child_id}/fees"
    assert "餐费每天 ¥18.00" in text_of(house.wang.browser.get(address))
    early = house.head.submit("/desk/fees/terms", from_day="2026-10-31")
    assert (early.status_code, "最早从 11月1日" in text_of(early)) == (422, True)


def test_a_month_that_runs_is_not_closed(house: House) -> None:
    form = {"csrf_token": house.head.token(), "key": "a-key-of-twenty-letters", "month": NOVEMBER}
    answer = house.head.post("/desk/fees/closings", data=form)
    assert answer.status_code == 422
    assert "这个月还没有过完" in text_of(answer)
    with clock.standing_at("2026-12-02T08:00:00+08:00"):
        house.head.sign_in_as("13800000021")
        page = f"/desk/fees?month={NOVEMBER}"
        assert house.head.submit(page, action="/desk/fees/closings").status_code == 303
        assert "已经结账" in text_of(house.head.get(page))


def test_forty_nine_children_cost_what_one_costs(
    app: Flask, house: House, count_queries: Counting
) -> None:
    def cost() -> int:
        house.head.get(f"/desk/fees?month={NOVEMBER}")
        with count_queries() as statements:
            assert house.head.get(f"/desk/fees?month={NOVEMBER}").status_code == 200
        return len(statements)

    few = cost()
    with transaction() as session:
        nursery = session.get_one(Facility, house.id)
        account = makers.an_account(session, "13700000000").id
        for number in range(47):
            child = makers.a_child(session, account, f"孩子{number}").id
            a_day(session, nursery, child, date(2026, 11, 18))
    assert cost() == few <= 14
    assert len(totals(house)) == 49

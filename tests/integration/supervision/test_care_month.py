"""A month of nurseries: each figure equals the rows behind it, on the page and in the file."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask

from tests import makers
from tests.client import SiteClient, text_of
from tests.integration.fees.making import a_day
from tests.integration.places.desk import CIVIL, FAR_SUN, SUN, District
from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.facilities.kinds import FacilityKind
from ylyx_site.facilities.models import Facility
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.supervision.figures import CARE, PARTS, Figure
from ylyx_site.supervision.queries.months import Scope, Wanted, added_up, by_day, by_facility, lines
from ylyx_site.supervision.queries.sources import Period

MONTH = "/supervision/months"
FRIDAY, TODAY = date(2026, 11, 20), date(2026, 11, 23)
ALL = Scope(FacilityKind.NURSERY, "500111")


@pytest.fixture
def november(app: Flask, desk: District) -> District:
    """Five days of care at ours, one at theirs; one to come tomorrow is not counted yet."""
    with transaction() as session:
        ours, theirs = (session.get_one(Facility, one) for one in (desk.ours, desk.theirs))
        wang = makers.an_account(session)
        ming = makers.a_child(session, wang.id, "王明明").id
        hong = makers.a_child(session, wang.id, "王红").id
        a_day(session, ours, ming, FRIDAY).benefit_fen = 1200
        a_day(session, ours, hong, FRIDAY, told=480)
        a_day(session, ours, ming, date(2026, 11, 19), arrived=None)
        a_day(session, ours, hong, date(2026, 11, 19)).state = CareState.CANCELLED
        a_day(session, ours, ming, TODAY, arrived=None)
        a_day(session, ours, ming, date(2026, 11, 24), arrived=None)
        a_day(session, theirs, hong, FRIDAY).benefit_fen = 300
    return desk


def period() -> Period:
    """November as it is now."""
    return Period("2026-11", clock.now())


def test_the_figures_are_what_the_days_were(november: District) -> None:
    counted = by_facility(db.session(), ALL, period())
    assert {figure: counted[november.ours][figure] for figure in CARE[:7]} == {
        Figure.BOOKED: 4, Figure.CAME: 1, Figure.ABSENT: 1, Figure.UNRECORDED: 1,
        Figure.EXPECTED: 1, Figure.FORGOTTEN: 0, Figure.CARE_BENEFIT: 1200,
    }  # fmt: skip
    assert added_up(counted)[Figure.CARE_BENEFIT] == 1500


@pytest.mark.parametrize("figure", CARE)
def test_the_rows_of_a_figure_add_up_to_it(november: District, figure: Figure) -> None:
    session = db.session()
    for scope in (ALL, Scope(*ALL[:2], november.ours)):
        found = lines(session, scope, period(), Wanted(figure), 1)
        assert found.amount == added_up(by_facility(session, scope, period()))[figure]
        assert found.amount == sum(row.amount for row in found.rows)
        assert found.total == len(found.rows)


def test_the_parts_add_up_and_the_days_do_too(november: District) -> None:
    counted = added_up(by_facility(db.session(), ALL, period()))
    for whole, parts in PARTS.items():
        assert counted[whole] == sum(counted[part] for part in parts)
    assert added_up(by_day(db.session(), ALL, period()))[Figure.BOOKED] == counted[Figure.BOOKED]


def test_the_page_leads_from_the_figure_to_its_rows(client: SiteClient, november: District) -> None:
    client.sign_in_as(SUN)
    [link] = client.page(MONTH).xpath("//div[@class='figure'][contains(., '到园')]/b/a[.='2']")
    page = client.page(link.get("href"))
    assert len(page.xpath("//tbody/tr")) == 2
    words = page.xpath("string(//main)")
    assert "共 2 行" in words and "王*" in words and "王红" not in words and "王明明" not in words


def test_the_file_has_the_same_figures_and_rows(client: SiteClient, november: District) -> None:
    client.sign_in_as(SUN)
    with client.get(f"{MONTH}/sheets.xlsx") as answer:
        book = openpyxl.load_workbook(BytesIO(answer.data))
    figures = {row[0]: row[1] for row in book["数字"].iter_rows(values_only=True)}
    assert (figures["约了的人次"], figures["到园"], figures["托育补贴"]) == (5, 2, 15)
    rows = list(book["约了的人次"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 5 and {row[2] for row in rows} == {"王*明", "王*"}
    assert any("孙监管 导出" in str(row[0]) for row in book["数字"].iter_rows(values_only=True))


def test_looking_and_taking_away_are_journaled(client: SiteClient, november: District) -> None:
    client.sign_in_as(SUN)
    client.get(f"{MONTH}/lines?figure=came&facility={november.ours}")
    client.get(f"{MONTH}/sheets.xlsx").close()
    noted = db.session.execute(
        sa.select(JournalEntry.action, JournalEntry.subject, JournalEntry.facility_id)
        .where(JournalEntry.action.startswith("supervision."))
        .order_by(JournalEntry.id)
    )
    assert [tuple(row) for row in noted] == [
        ("supervision.lines_read", "division_lines:500111-2026-11-came", november.ours),
        ("supervision.month_read", "division_month:500111-2026-11", None),
    ]


@pytest.mark.parametrize(
    "address",
    ["?month=2026-13", "?month=x", "/lines", "/lines?figure=ordered", "/lines?figure=x",
     "/lines?figure=came&facility=999", "/lines?figure=came&date=2026-02-30",
     "/lines?figure=came&payer=city", "/lines?figure=receipts&date=2026-11-20",
     "/sheets.xlsx?month=0"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(
    client: SiteClient, november: District, address: str
) -> None:
    client.sign_in_as(SUN)
    assert client.get(MONTH + address).status_code == 404


@pytest.mark.parametrize("phone", [FAR_SUN, CIVIL])
def test_nobody_elses_supervisor_sees_anything(
    client: SiteClient, november: District, phone: str
) -> None:
    client.sign_in_as(phone)
    assert client.get(f"/supervision/facilities/{november.ours}").status_code == 404
    wanted = f"{MONTH}/lines?figure=came&facility={november.ours}"
    assert client.get(wanted).status_code == 404
    page = client.get(MONTH)
    assert "金星托育中心" not in text_of(page) and "这个月还没有记录" in text_of(page)


def test_a_facilitys_page_has_its_day_and_its_month(client: SiteClient, november: District) -> None:
    client.sign_in_as(SUN)
    page = client.page(f"/supervision/facilities/{november.ours}?date=2026-11-20")
    day = {
        one.text.strip(): one.xpath("string(b)").strip()
        for one in page.xpath("//section[@aria-labelledby='day']//div[@class='figure']")
    }
    assert (day["约了的人次"], day["到园"], day["请假"], day["托育补贴"]) == (
        "2",
        "1",
        "1",
        "¥12.00",
    )
    days = page.xpath("//section[@aria-labelledby='month']//tbody/tr/td[1]/a")
    assert [one.text for one in days] == ["11月19日 周四", "11月20日 周五", "11月23日 周一"]


def test_days_to_come_are_shown_as_today(client: SiteClient, november: District) -> None:
    client.sign_in_as(SUN)
    page = client.page(f"/supervision/facilities/{november.ours}?date=2027-01-05")
    assert "11月23日 周一" in page.xpath("string(//h2[@id='day'])")


def test_a_month_costs_the_same_for_one_day_and_for_many(
    client: SiteClient,
    november: District,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    client.sign_in_as(SUN)

    def cost(address: str) -> int:
        with count_queries() as statements, client.get(address) as answer:
            assert answer.status_code == 200
        return len(statements)

    pages: list[Any] = [MONTH, f"{MONTH}/lines?figure=booked", f"{MONTH}/sheets.xlsx"]
    before = [cost(one) for one in pages]
    with transaction() as session:
        ours = session.get_one(Facility, november.ours)
        child = session.scalars(sa.select(CareDay.child_id)).first()
        assert child is not None
        for number in range(2, 12):
            a_day(session, ours, child, date(2026, 11, number))
    assert [cost(one) for one in pages] == before

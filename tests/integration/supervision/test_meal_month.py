"""A month of canteens: the district's sums are the canteens' own settlement, row by row."""

import pytest
from flask import Flask

from tests import makers
from tests.client import SiteClient
from tests.integration.serving.conftest import browser, hall
from tests.integration.settlement.conftest import Month, month
from ylyx_site.benefits.kinds import Payer
from ylyx_site.facilities.kinds import FacilityKind
from ylyx_site.facilities.models import Division
from ylyx_site.identity.roles import Role
from ylyx_site.settlement.queries.payers import payer_sheets
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.supervision.figures import MEALS, PARTS, Figure
from ylyx_site.supervision.queries.months import (
    Scope,
    Wanted,
    added_up,
    by_facility,
    by_payer,
    lines,
)
from ylyx_site.supervision.queries.sources import Period

__all__ = ["hall", "month"]
CIVIL, FAR = "13800000031", "13800000033"
ALL = Scope(FacilityKind.CANTEEN, "500111")


@pytest.fixture
def sun(app: Flask, month: Month) -> SiteClient:
    """Who supervises the canteens of the district."""
    with transaction() as session:
        account = makers.an_account(session, CIVIL, "民监管")
        makers.a_role(session, account, Role.CIVIL_SUPERVISOR, division_code="500111")
    return browser(app, CIVIL)


def period() -> Period:
    """November as it is now."""
    return Period("2026-11", clock.now())


@pytest.mark.parametrize("figure", MEALS)
def test_the_rows_of_a_figure_add_up_to_it(month: Month, figure: Figure) -> None:
    session = db.session()
    found = lines(session, ALL, period(), Wanted(figure), 1)
    assert found.amount == added_up(by_facility(session, ALL, period()))[figure]
    assert found.amount == sum(row.amount for row in found.rows)


def test_the_parts_add_up(month: Month) -> None:
    counted = added_up(by_facility(db.session(), ALL, period()))
    assert {one: counted[one] for one in PARTS[Figure.ORDERED]} == {
        Figure.DINE_IN: 1, Figure.COLLECTED: 1, Figure.DELIVERED: 0, Figure.NEIGHBOUR: 0,
        Figure.NOBODY: 1, Figure.UNSERVED: 0, Figure.TO_COME: 0,
    }  # fmt: skip
    assert counted[Figure.ORDERED] == 3


def test_each_payer_pays_what_the_canteens_settlement_says(month: Month) -> None:
    session = db.session()
    bills = payer_sheets(session, month.hall.canteen, "2026-11")
    theirs = {one.pays.value: one.fen for one in bills}
    ours = {payer.value: fen for payer, (_meals, fen) in by_payer(session, ALL, period()).items()}
    assert ours == theirs == {"city": 300, "district": 200}
    for payer in (Payer.CITY, Payer.DISTRICT):
        wanted = Wanted(Figure.MEAL_BENEFIT, payer=payer)
        assert lines(session, ALL, period(), wanted, 1).amount == theirs[payer.value]


def test_the_page_names_nobody_and_leads_to_masked_rows(sun: SiteClient, month: Month) -> None:
    page = sun.page("/supervision/months")
    [link] = page.xpath("//section[@aria-labelledby='payers']//a[.='¥3.00']")
    rows = sun.page(link.get("href"))
    words = rows.xpath("string(//main)")
    assert "共 1 行，合计 ¥3.00" in words and "陈桂芳" not in words and "陈*芳" in words
    assert "陈桂芳" not in page.xpath("string(//main)")


def test_the_canteens_page_has_its_days(sun: SiteClient, month: Month) -> None:
    page = sun.page(f"/supervision/facilities/{month.hall.canteen}")
    days = page.xpath("//section[@aria-labelledby='month']//tbody/tr/td[1]/a")
    assert [one.text for one in days] == ["11月24日 周二"]


def test_another_districts_sees_nothing(app: Flask, month: Month) -> None:
    with transaction() as session:
        session.add(Division(code="500112", name="渝北区"))
        session.flush()
        account = makers.an_account(session, FAR, "远监管")
        makers.a_role(session, account, Role.CIVIL_SUPERVISOR, division_code="500112")
    far = browser(app, FAR)
    assert far.get(f"/supervision/facilities/{month.hall.canteen}").status_code == 404
    assert not far.page("/supervision/months").xpath("//tbody//a")

"""The district's table: rows, figures, a pasted table, the command."""

import pytest
from flask import Flask

from tests import makers
from tests.client import SiteClient, text_of
from tests.integration.attendance.conftest import works_at
from tests.integration.childcare.conftest import a_browser
from tests.integration.entry.conftest import fresh, sends
from ylyx_site.entry.errors import BadTable
from ylyx_site.entry.models import Disease, DistrictEntry
from ylyx_site.entry.queries.diseases import diseases_of_district
from ylyx_site.entry.service.diseases import read_table
from ylyx_site.identity.roles import Role
from ylyx_site.shared.db import transaction

TABLE = "/supervision/diseases"
POX = {"name": "水痘", "days": "14", "needs_paper": "y"}


def supervises(app: Flask, phone: str, division: str | None, role: Role) -> SiteClient:
    with transaction() as session:
        makers.a_town(session, "500112001", "龙岗街道")
        account = makers.an_account(session, phone, "孙丽")
        makers.a_role(session, account, role, division_code=division)
    return a_browser(app, phone)


@pytest.fixture
def sun(app: Flask, house: int) -> SiteClient:
    """The health supervisor of the district."""
    return supervises(app, "13800000030", "500111", Role.HEALTH_SUPERVISOR)


@pytest.fixture
def qian(app: Flask, house: int) -> SiteClient:
    """The health supervisor of another district."""
    return supervises(app, "13800000031", "500112001", Role.HEALTH_SUPERVISOR)


def table() -> list[tuple[str, int, bool]]:
    return [one[1:] for one in diseases_of_district(fresh(), "500111")]


def test_a_row_is_entered_changed_and_taken_out(sun: SiteClient) -> None:
    assert sends(sun, f"{TABLE}/new", **POX).status_code == 303
    assert table() == [("水痘", 14, True)]
    row = fresh().query(Disease.id).scalar()
    changed = {"name": "水痘", "days": "１０"}
    assert sends(sun, f"{TABLE}/{row}", **changed).status_code == 303
    assert table() == [("水痘", 10, False)]
    assert sends(sun, f"{TABLE}/{row}/ending").status_code == 303
    assert table() == []
    assert sends(sun, f"{TABLE}/new", **POX).status_code == 303
    assert table() == [("水痘", 14, True)]


@pytest.mark.parametrize(
    "fields", [{"days": "-1"}, {"days": "366"}, {"days": ""}, {"name": " "}, {"name": "长" * 31}]
)
def test_a_row_that_cannot_be_is_422(sun: SiteClient, fields: dict[str, str]) -> None:
    assert sends(sun, f"{TABLE}/new", **(POX | fields)).status_code == 422
    assert table() == []


def test_a_name_stands_once(sun: SiteClient) -> None:
    sends(sun, f"{TABLE}/new", **POX)
    answer = sends(sun, f"{TABLE}/new", **POX)
    assert (answer.status_code, "已经有这种病" in text_of(answer)) == (422, True)


def test_the_table_is_its_own_districts(sun: SiteClient, qian: SiteClient) -> None:
    sends(sun, f"{TABLE}/new", **POX)
    row = fresh().query(Disease.id).scalar()
    assert "水痘" not in text_of(qian.get(TABLE))
    assert qian.get(f"{TABLE}/{row}").status_code == 404
    assert sends(qian, f"{TABLE}/{row}", **(POX | {"days": "1"})).status_code == 404
    assert sends(qian, f"{TABLE}/{row}/ending").status_code == 404
    assert sends(qian, f"{TABLE}/{row}?division=500111", **POX).status_code == 404
    assert table() == [("水痘", 14, True)]


def test_an_administrator_chooses_the_district(app: Flask, sun: SiteClient) -> None:
    admin = supervises(app, "13800000040", None, Role.ADMINISTRATOR)
    assert sends(admin, f"{TABLE}/new?division=500111", **POX).status_code == 303
    assert table() == [("水痘", 14, True)]
    assert admin.get(f"{TABLE}?division=999999").status_code == 404


def test_staff_have_no_such_page(app: Flask, house: int) -> None:
    assert works_at(app, house, "13800000010", role=Role.HEAD).get(TABLE).status_code == 404


def test_a_pasted_table_is_brought_in_whole_or_not_at_all(sun: SiteClient) -> None:
    sends(sun, f"{TABLE}/new", **POX)
    pasted = "病名\t最少天数\t要返园证明\n水痘\t21\t是\n流行性感冒\t7\t否\n"
    bad = sends(sun, f"{TABLE}/import", table=pasted + "麻疹\t很久\t是")
    assert (bad.status_code, "第 4 行读不懂" in text_of(bad)) == (422, True)
    assert table() == [("水痘", 14, True)]
    assert sends(sun, f"{TABLE}/import", table=pasted).status_code == 303
    assert table() == [("水痘", 21, True), ("流行性感冒", 7, False)]


@pytest.mark.parametrize("text", ["水痘", "水痘,1.5,是", "水痘,400,是", "水痘,7,也许", ",7,是",
                                  "水痘,7,是\n水痘,8,是"])  # fmt: skip
def test_a_line_that_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(BadTable):
        read_table(text)


def test_the_figures_are_saved_and_bounded(sun: SiteClient) -> None:
    figures = {"away_months": "2", "keep_months": "6"}
    assert sends(sun, f"{TABLE}/terms", **figures).status_code == 303
    assert sends(sun, f"{TABLE}/terms", **(figures | {"away_months": "0"})).status_code == 422
    row = fresh().query(DistrictEntry).one()
    assert (row.division_code, row.away_months, row.keep_months) == ("500111", 2, 6)


def test_the_command_brings_the_example_in(app: Flask, house: int) -> None:
    runner = app.test_cli_runner()
    answer = runner.invoke(args=["entry", "diseases", "--district", "500111"])
    assert (answer.exit_code, answer.output.strip()) == (0, "导入了 15 种。")
    assert ("手足口病", 14, True) in table()
    unknown = runner.invoke(args=["entry", "diseases", "--district", "999999"])
    assert unknown.exit_code == 1

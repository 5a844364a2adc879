"""Files that people take away and open in a spreadsheet: what others typed stays text there."""

import csv
import io

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from tests.house.conftest import House, address_of
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.spreadsheets import XLSX

FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-1-1", "@SUM(A1)", "\t=1+1", "\r=1+1")
BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")
FILES = (".download", ".download_sheet", "_ledger")  # endings of their endpoints
EXPORTS = {
    "desk_fees.download", "desk_lists.download", "desk_settlement.download", "duty_paper.download",
    "collection.download_sheet", "kitchen.download_sheet", "own_data.download",
    "queues.queue_ledger", "supervision_months.download",
}  # fmt: skip


def name_everything(formula: str) -> None:
    """Give everybody and everything in the database a formula for a name."""
    with transaction() as session:
        for table in db.metadata.sorted_tables:
            is_named = "name" in table.c and isinstance(table.c["name"].type, sa.String)
            if is_named and not (table.c["name"].unique or table.c["name"].primary_key):
                session.execute(sa.update(table).values(name=formula))


def formulas_in(answer: TestResponse) -> list[str]:
    """Cells of a file that a spreadsheet would run."""
    if answer.mimetype == "text/csv":
        rows = csv.reader(io.StringIO(answer.text))
        return [cell for row in rows for cell in row if cell.startswith(BEGINNINGS)]
    book = load_workbook(io.BytesIO(answer.data))
    cells = (cell for page in book for row in page.iter_rows() for cell in row)
    return [str(cell.value) for cell in cells if cell.data_type == "f" or cell.hyperlink]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_name_becomes_a_formula_in_any_file(full_house: House, formula: str) -> None:
    name_everything(formula)
    house = full_house
    app, files = house.browsers["nobody"].application, set()
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.endswith(FILES):
            continue
        for browser in house.browsers.values():
            with browser.open(address_of(rule, house.arguments)) as answer:
                if answer.status_code == 200 and answer.mimetype in (XLSX, "text/csv"):
                    files.add(rule.endpoint)
                    assert formulas_in(answer) == [], rule.endpoint
    assert files == EXPORTS

"""Tables to take away: xlsx whose cells are text or numbers, never formulas."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO

import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: `header` above `rows`, which may be an iterator. `widths` are characters.

    Text is written as text whatever it begins with; whole numbers and Decimals (yuan) as numbers;
    telephone and account numbers belong in as text.
    """

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()


def written(sheets: Iterable[Sheet]) -> IO[bytes]:
    """Write the sheets to a temporary file, row by row, and return it open at its beginning.

    Memory stays flat however many rows there are. The file is gone when it is closed.
    """
    with tempfile.TemporaryDirectory(prefix="sheet-") as folder:
        path = Path(folder) / "sheet.xlsx"
        _write(path, sheets)
        return path.open("rb")  # unlinked, and readable until it is closed


def _write(path: Path, sheets: Iterable[Sheet]) -> None:
    options = {"constant_memory": True, "tmpdir": str(path.parent), "in_memory": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        yuan = book.add_format({"num_format": "0.00"})
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.name[:31]), sheet, head, yuan)


def _fill(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, head: object, yuan: object) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.freeze_panes(1, 0)
    for column, name in enumerate(sheet.header):
        page.write_string(0, column, name, head)
    for line, cells in enumerate(sheet.rows, 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                page.write_string(line, column, cell)
            elif isinstance(cell, Decimal):
                page.write_number(line, column, cell, yuan)
            elif cell is not None:
                page.write_number(line, column, cell)

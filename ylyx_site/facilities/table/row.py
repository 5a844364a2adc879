"""From the cells of a row to one typed wish, or to all that is wrong with them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from ylyx_site.facilities.kinds import FacilityKind, Filing, Nature
from ylyx_site.facilities.rules.wishes import DivisionWish, NewFacility, RegisterRow
from ylyx_site.facilities.table import cells, columns
from ylyx_site.facilities.table.sheet import SheetRow
from ylyx_site.shared import identifiers
from ylyx_site.shared.money import fen_from_text
from ylyx_site.shared.refusals import N_

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a column; `sentence` is a message id. An empty column is the whole row."""

    column: str
    sentence: str


class _Reader:
    """Reads cells and gathers what is wrong, so that one report tells all of it."""

    def __init__(self, row: SheetRow) -> None:
        self.row = row
        self.problems: list[Problem] = []

    def read(self, column: str, gate: Callable[[str], Value], otherwise: Value) -> Value:
        """Return a cell through its gate; with a problem noted, `otherwise`."""
        text = self.row.cells.get(column, "")
        if not text and column in columns.REQUIRED:
            self.problems.append(Problem(column, N_("这一格不能空着。")))
            return otherwise
        try:
            return gate(text)
        except ValueError as bad:
            self.problems.append(Problem(column, str(bad)))
            return otherwise


def read_row(row: SheetRow) -> RegisterRow | list[Problem]:
    """Return the row as a wish, or everything that is wrong with its cells."""
    reader = _Reader(row)
    if "" in row.cells:
        reader.problems.append(Problem("", N_("表头以外的列里有内容，请把内容放进对应的列。")))
    wish = RegisterRow(
        line=row.line,
        facility=_facility(reader),
        inclusive=reader.read(columns.INCLUSIVE, cells.yes_or_no, None),
        places=reader.read(columns.PLACES, cells.whole, None),
        opening=reader.read(columns.OPENING, cells.opening, {}),
        classes=reader.read(columns.CLASSES, cells.classes, ()),
        prices={
            tariff: fen
            for column, tariff in columns.PRICES.items()
            if (fen := reader.read(column, _fen, None)) is not None
        },
    )
    return reader.problems or wish


def read_division(row: SheetRow) -> DivisionWish | list[Problem]:
    """Return a row of the table of divisions, or everything that is wrong with its cells."""
    reader = _Reader(row)
    wish = DivisionWish(
        code=reader.read(columns.DIVISION, identifiers.division_code, ""),
        name=reader.read(columns.NAME, _one_line, ""),
        latitude=reader.read(columns.LATITUDE, cells.coordinate, None),
        longitude=reader.read(columns.LONGITUDE, cells.coordinate, None),
    )
    return reader.problems or wish


def _facility(reader: _Reader) -> NewFacility:
    kind = reader.read(columns.KIND, _kind, FacilityKind.NURSERY)
    return NewFacility(
        kind=kind,
        nature=reader.read(columns.NATURE, lambda text: cells.nature(text, kind), Nature.CENTRE),
        name=reader.read(columns.NAME, _one_line, ""),
        credit_code=reader.read(columns.CODE, identifiers.credit_code, ""),
        filing=reader.read(columns.FILING, cells.filing, Filing.IN_FILING),
        division_code=reader.read(columns.DIVISION, identifiers.division_code, ""),
        address=reader.read(columns.ADDRESS, _one_line, ""),
        telephone=reader.read(columns.TELEPHONE, identifiers.telephone, ""),
        filing_number=reader.read(columns.FILING_NUMBER, _filing_number, None),
        latitude=reader.read(columns.LATITUDE, cells.coordinate, None),
        longitude=reader.read(columns.LONGITUDE, cells.coordinate, None),
        about=reader.read(columns.ABOUT, _one_line, ""),
    )


def _kind(text: str) -> FacilityKind:
    return cells.word_of(text, cells.KINDS)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _fen(text: str) -> int | None:
    return fen_from_text(text) if text else None


def _filing_number(text: str) -> str | None:
    if len(text) > 40:
        raise ValueError(N_("备案编号最多 40 个字，请核对后重新填写。"))
    return text or None

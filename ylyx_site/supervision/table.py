"""The month of a district as a workbook: figures with their meaning, by facility, row by row."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import IO

from sqlalchemy.orm import Session

from ylyx_site.benefits.words import PAYERS
from ylyx_site.facilities.kinds import FacilityKind
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.spreadsheets import Cell, Sheet, written
from ylyx_site.supervision.figures import CARE, MEALS, MONEY, Figure
from ylyx_site.supervision.queries.district import names_in
from ylyx_site.supervision.queries.months import (
    Scope,
    Wanted,
    added_up,
    all_lines,
    by_facility,
    by_payer,
)
from ylyx_site.supervision.queries.sources import Period
from ylyx_site.supervision.queries.use import MonthUse, month_use
from ylyx_site.supervision.reading import reading_of
from ylyx_site.supervision.words import FIGURES

Counted = Mapping[int, Counter[Figure]]
APART = (Figure.CASES, Figure.RECEIPTS, Figure.GUESTS, Figure.CORRECTIONS)  # rows of another kind


def workbook(session: Session, scope: Scope, period: Period, about: Sequence[str]) -> IO[bytes]:
    """All sheets; `about`: whose figures, of when, taken by whom."""
    names = names_in(session, scope.kind, scope.division)
    counted = by_facility(session, scope, period)
    is_care = scope.kind is FacilityKind.NURSERY
    figures = CARE if is_care else MEALS
    use = month_use(session, list(names) if is_care else [], period.days)
    first = _figures(figures, counted, use if is_care else None, about)
    sheets = [first, _houses(figures, names, counted, use if is_care else None)]
    if not is_care:
        sheets.append(_payers(session, scope, period))
    sheets += [_rows(session, scope, period, one) for one in (figures[0], *APART) if one in figures]
    return written(sheets)


def _figures(
    figures: Sequence[Figure], counted: Counted, use: MonthUse | None, about: Sequence[str]
) -> Sheet:
    totals = added_up(counted)
    rows: list[Sequence[Cell]] = [
        (str(FIGURES[one].name), _amount(one, totals[one]), str(FIGURES[one].meaning))
        for one in figures
    ]
    if use is not None:
        total = use.total()
        rows += [
            (_("开放的托位 × 半小时"), total.open, _("一个托位开放半小时算 1。")),
            (_("约了的托位 × 半小时"), total.booked, _("一个托位约了半小时算 1。")),
            (_("约得超过能收的半小时"), total.over, _("全园和每个班各算各的。")),
        ]
    rows += [(line,) for line in ("", *about)]
    return Sheet(_("数字"), [_("名称"), _("数"), _("怎么算")], rows, [24, 14, 70])


def _houses(
    figures: Sequence[Figure], names: Mapping[int, str], counted: Counted, use: MonthUse | None
) -> Sheet:
    header = [_("机构"), *(str(FIGURES[one].name) for one in figures)]
    if use is not None:
        header += [_("开放的托位 × 半小时"), _("约了的托位 × 半小时"), _("约得超过能收的半小时")]
    return Sheet(
        _("按机构"), header, _house_rows(figures, names, counted, use), [30] + [12] * len(header)
    )


def _house_rows(
    figures: Sequence[Figure], names: Mapping[int, str], counted: Counted, use: MonthUse | None
) -> Iterator[Sequence[Cell]]:
    for facility_id, name in names.items():
        numbers = counted.get(facility_id, Counter())
        row: list[Cell] = [name, *(_amount(one, numbers[one]) for one in figures)]
        if use is not None:
            mine = use.of(facility_id)
            row += [mine.open, mine.booked, mine.over]
        yield row


def _payers(session: Session, scope: Scope, period: Period) -> Sheet:
    rows: list[Sequence[Cell]] = [
        (str(PAYERS[payer]), meals, Decimal(fen) / 100)
        for payer, (meals, fen) in by_payer(session, scope, period).items()
    ]
    return Sheet(_("按出资方"), [_("谁付"), _("餐数"), _("金额（元）")], rows, [16, 10, 14])


def _rows(session: Session, scope: Scope, period: Period, figure: Figure) -> Sheet:
    reading = reading_of(figure)
    rows = (reading.cells(row) for row in all_lines(session, scope, period, Wanted(figure)))
    return Sheet(str(FIGURES[figure].name), list(reading.header), rows, reading.widths)


def _amount(figure: Figure, number: int) -> Cell:
    return Decimal(number) / 100 if figure in MONEY else number

"""The month as a workbook: by payer, by person, meal by meal, and what changed later."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import IO

from sqlalchemy.orm import Session

from ylyx_site.benefits.kinds import Payer
from ylyx_site.benefits.words import PAYERS
from ylyx_site.meals import words as meal_words
from ylyx_site.settlement.queries.changes import later_lines, told
from ylyx_site.settlement.queries.lines import differences
from ylyx_site.settlement.queries.payers import payer_sheets
from ylyx_site.settlement.queries.sheets import by_person, guests_of, meals_of, settlements_of
from ylyx_site.settlement.words import PAYS
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.spreadsheets import Cell, Sheet, written
from ylyx_site.shared.words import moment_text

ASKED_AT_ONCE = 1000  # names and reasons of changes


def workbook(session: Session, facility_id: int, month: str, about: Sequence[str]) -> IO[bytes]:
    """All sheets of a month; `about`: whose file this is, printed on its first page."""
    return written([
        _payers(session, facility_id, month, about),
        _people(session, facility_id, month),
        _meals(session, facility_id, month),
        _changes(session, facility_id, month),
    ])  # fmt: skip


def _payers(session: Session, facility_id: int, month: str, about: Sequence[str]) -> Sheet:
    guests = guests_of(session, facility_id, month)
    rows: list[Sequence[Cell]] = []
    for sheet in payer_sheets(session, facility_id, month):
        who = str(PAYS[sheet.pays])
        rows += [(who, one.title, one.clause, one.meals, _yuan(one.fen)) for one in sheet.rules]
        rows += [(who, _("更正"), one.why, None, _yuan(one.fen)) for one in sheet.corrections]
    rows += [(_("散客"), _("没有登记姓名，原价"), "", guests.meals, _yuan(guests.fen))]
    rows += [(line,) for line in ("", *about)]
    header = [_("谁付"), _("办法"), _("依据"), _("餐数"), _("金额（元）")]
    return Sheet(_("按出资方"), header, rows, [14, 30, 40, 8, 12])


def _people(session: Session, facility_id: int, month: str) -> Sheet:
    header = [
        _("姓名"), _("尾号"), _("餐数"), _("原价"), *map(str, PAYERS.values()), _("本人付"),
        _("送餐费"),
    ]  # fmt: skip
    rows: Iterator[Sequence[Cell]] = (
        (one.name, one.tail, one.meals, _yuan(one.goods_fen),
         *(_yuan(one.benefits.get(payer, 0)) for payer in Payer),
         _yuan(one.own_fen), _yuan(one.fee_fen))
        for one in by_person(session, facility_id, month)
    )  # fmt: skip
    return Sheet(_("按人"), header, rows, [14, 8] + [11] * 9)


def _meals(session: Session, facility_id: int, month: str) -> Sheet:
    header = [
        _("日期"), _("餐别"), _("姓名"), _("尾号"), _("取餐码"), _("怎么取"), _("取餐时间"),
        _("原价"), _("补贴"), _("送餐费"), _("本人付"),
    ]  # fmt: skip
    return Sheet(
        _("每一餐"),
        header,
        _meal_rows(session, facility_id, month),
        [12, 8, 14, 8, 10, 10, 20] + [10] * 4,
    )


def _meal_rows(session: Session, facility_id: int, month: str) -> Iterator[Sequence[Cell]]:
    for one in meals_of(session, facility_id, month):
        yield (
            one.day.isoformat(), meal_words.meal_name(one.meal), one.name, one.tail,
            one.code, meal_words.serving_name(one.serving), moment_text(one.at),
            _yuan(one.goods_fen), _yuan(one.benefit_fen), _yuan(one.fee_fen), _yuan(one.price_fen),
        )  # fmt: skip


def _changes(session: Session, facility_id: int, month: str) -> Sheet:
    numbers = {one.id: one.number for one in settlements_of(session, facility_id, month)}
    header = [_("第几次结算"), _("日期"), _("姓名或原因"), _("谁付"), _("办法"), _("金额（元）")]
    settled: Iterator[Sequence[Cell]] = (
        (numbers[one.settlement_id], one.day.isoformat() if one.day else "", one.name or one.why,
         str(PAYS[one.pays]), one.rule_code, _yuan(one.fen))
        for one in later_lines(session, facility_id, month)
    )  # fmt: skip
    pending = _pending(session, facility_id, month) if numbers else iter(())
    rows = chain(settled, pending)
    return Sheet(_("更正记录"), header, rows, [12, 12, 24, 12, 24, 12])


def _pending(session: Session, facility_id: int, month: str) -> Iterator[Sequence[Cell]]:
    """What has changed since the last settlement and is in none yet."""
    lines = differences(session, facility_id, month)
    for at in range(0, len(lines), ASKED_AT_ONCE):
        some = lines[at : at + ASKED_AT_ONCE]
        for one, whose, day in told(session, some, len(some)):
            yield (
                _("还没结算"), day.isoformat() if day else "", whose, str(PAYS[one.pays]),
                one.rule_code, _yuan(one.fen),
            )  # fmt: skip


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100

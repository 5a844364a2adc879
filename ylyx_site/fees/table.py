"""The month as a workbook: sums by child, then every day; the same figures as on the pages."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO

from ylyx_site.childcare.words import care_name
from ylyx_site.fees import words
from ylyx_site.fees.kinds import Came
from ylyx_site.fees.rules.sheets import Sheet
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.spans import text_from_minute
from ylyx_site.shared.spreadsheets import Cell, written
from ylyx_site.shared.spreadsheets import Sheet as Page


def workbook(sheets: Sequence[Sheet]) -> IO[bytes]:
    """Two pages: the children, and their days."""
    children = Page(
        _("每个孩子"),
        [
            _("孩子"), _("到园天数"), _("按时请假天数"), _("晚请假或没来天数"), _("晚接分钟"),
            _("保育费"), _("退保育费"), _("补贴"), _("餐费"), _("退餐费"), _("晚接费"),
            _("每月固定"), _("以前月份更正"), _("应付"), _("已付"), _("还要付"),
        ],
        map(_child, sheets),
        [12] + [11] * 15,
    )  # fmt: skip
    days = Page(
        _("每一天"),
        [
            _("孩子"), _("日期"), _("方式"), _("约的时间"), _("情况"), _("到园"), _("离园"),
            _("晚接分钟"), _("保育费"), _("退保育费"), _("补贴"), _("餐费"), _("退餐费"),
            _("晚接费"), _("合计"),
        ],
        _days(sheets),
        [12, 12, 14, 13, 16] + [10] * 10,
    )  # fmt: skip
    return written([children, days])


def _child(one: Sheet) -> Sequence[Cell]:
    sums = one.sums
    return [
        one.child, one.count(Came.CAME), one.count(Came.TOLD),
        one.count(Came.TOLD_LATE, Came.NOT_COME), one.late_minutes,
        *map(_yuan, (*sums, sums.total, one.paid_fen, one.due_fen)),
    ]  # fmt: skip


def _days(sheets: Iterable[Sheet]) -> Iterator[Sequence[Cell]]:
    for sheet in sheets:
        for day in sheet.days:
            yield [
                sheet.child, day.day.isoformat(), care_name(day.kind, day.half),
                f"{text_from_minute(day.starts)}–{text_from_minute(day.ends)}",
                str(words.CAME[day.came][0]), _time(day.arrived), _time(day.left),
                day.late_minutes,
                *map(_yuan, (day.care_fen, day.back_fen, day.benefit_fen, day.meal_fen,
                             day.meal_back_fen, day.late_fen, day.fen)),
            ]  # fmt: skip


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100


def _time(minute: int | None) -> str:
    return "" if minute is None else text_from_minute(minute)

"""How the rows behind a figure read: the same columns on the page and in the table to take away."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from ylyx_site.childcare.models import CareState
from ylyx_site.childcare.words import care_name
from ylyx_site.fees import words as fee_words
from ylyx_site.meals import words as meal_words
from ylyx_site.serving.words import HOW
from ylyx_site.settlement.words import PAYS
from ylyx_site.shared import clock, vault
from ylyx_site.shared.identifiers import mask_name
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.spans import text_from_minute
from ylyx_site.shared.spreadsheets import Cell
from ylyx_site.shared.words import moment_text
from ylyx_site.supervision.figures import Figure


class Reading(NamedTuple):
    """Column names, the cells of a row beneath them, and column widths in characters."""

    header: Sequence[str]
    cells: Callable[[Any], Sequence[Cell]]
    widths: Sequence[int]


def reading_of(figure: Figure) -> Reading:
    """How the rows of this figure read, in the language of the request."""
    if figure is Figure.CASES:
        header = [_("发病"), _("托育机构"), _("孩子"), _("病名"), _("可以返园"), _("返园证明")]
        return Reading(header, _case, [12, 30, 10, 16, 12, 10])
    if figure is Figure.RECEIPTS:
        header = [
            _("收据号"),
            _("托育机构"),
            _("孩子"),
            _("种类"),
            _("怎么付"),
            _("时间"),
            _("金额（元）"),
        ]
        return Reading(header, _receipt, [10, 30, 10, 8, 12, 20, 12])
    if figure is Figure.GUESTS:
        header = [_("日期"), _("食堂"), _("餐别"), _("菜名"), _("份数"), _("单价（元）"), _("时间")]
        return Reading(header, _guest, [12, 30, 8, 16, 8, 10, 20])
    if figure is Figure.CORRECTIONS:
        header = [_("食堂"), _("改谁的"), _("原因"), _("时间"), _("金额（元）")]
        return Reading(header, _correction, [30, 12, 40, 20, 12])
    if figure in (Figure.BOOKED, *_CARE):
        header = [
            _("日期"), _("托育机构"), _("孩子"), _("班级"), _("方式"), _("约的时间"), _("到园"),
            _("离园"), _("情况"), _("补贴（元）"),
        ]  # fmt: skip
        return Reading(header, _care, [12, 30, 10, 16, 14, 14, 8, 8, 14, 10])
    header = [
        _("日期"), _("食堂"), _("餐别"), _("老人"), _("取餐码"), _("怎么取"), _("结果"), _("时间"),
        _("原价（元）"), _("补贴（元）"), _("送餐费（元）"), _("本人付（元）"),
    ]  # fmt: skip
    return Reading(header, _meal, [12, 30, 8, 10, 10, 8, 10, 20, 10, 10, 10, 10])


_CARE = (
    Figure.CAME, Figure.ABSENT, Figure.UNRECORDED, Figure.EXPECTED, Figure.FORGOTTEN,
    Figure.CARE_BENEFIT,
)  # fmt: skip


def _care(row: Any) -> Sequence[Cell]:
    booked = f"{text_from_minute(row.starts)}–{text_from_minute(row.ends)}"
    came = row.arrived_at is not None
    return (
        row.day.isoformat(), row.facility, mask_name(row.person), row.class_name or "",
        care_name(row.kind, row.half), booked, _time(row.arrived_at), _time(row.left_at),
        _standing(row), _yuan(row.benefit_fen if came else 0),
    )  # fmt: skip


def _standing(row: Any) -> str:
    if row.state is CareState.ABSENT:
        return _("请假")
    if row.arrived_at is None:
        return _("没有签到记录")
    return _("忘了签退") if row.forgotten else _("到园")


def _case(row: Any) -> Sequence[Cell]:
    disease = json.loads(vault.unseal(row.sealed))["disease"]
    paper = _("要") if row.needs_paper else _("不要")
    return (
        row.day.isoformat(), row.facility, mask_name(row.person), disease,
        row.back_on.isoformat(), paper,
    )  # fmt: skip


def _receipt(row: Any) -> Sequence[Cell]:
    return (
        str(row.number), row.facility, mask_name(row.person), str(fee_words.KINDS[row.kind]),
        str(fee_words.MEANS[row.means]), moment_text(row.recorded_at), _yuan(row.amount),
    )  # fmt: skip


def _meal(row: Any) -> Sequence[Cell]:
    result = str(HOW[row.how][0]) if row.how else _("没有记录")
    return (
        row.day.isoformat(), row.facility, meal_words.meal_name(row.meal), mask_name(row.person),
        row.code, meal_words.serving_name(row.serving), result,
        moment_text(row.at) if row.at else "", _yuan(row.goods_fen), _yuan(row.benefit_fen),
        _yuan(row.fee_fen), None if row.price_fen is None else _yuan(row.price_fen),
    )  # fmt: skip


def _guest(row: Any) -> Sequence[Cell]:
    return (
        row.day.isoformat(), row.facility, meal_words.meal_name(row.meal), row.name,
        int(row.amount), _yuan(row.price_fen), moment_text(row.sold_at),
    )  # fmt: skip


def _correction(row: Any) -> Sequence[Cell]:
    return (
        row.facility,
        str(PAYS[row.pays]),
        row.why,
        moment_text(row.entered_at),
        _yuan(row.amount),
    )


def _time(at: datetime | None) -> str:
    return text_from_minute(clock.minute_of(at)) if at else ""


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100

"""The list as a table to take away."""

from decimal import Decimal

from ylyx_site.meals import words as meal_words
from ylyx_site.serving import words
from ylyx_site.serving.queries.board import CollectionRow
from ylyx_site.serving.views.doors import Asked
from ylyx_site.shared import clock
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.spreadsheets import Cell, Sheet


def sheet_of(rows: list[CollectionRow], wanted: Asked) -> Sheet:
    """A line for each meal, in the order of the list."""
    header = (
        _("姓名"), _("尾号"), _("取餐码"), _("怎么取"), _("订了什么"), _("饮食"), _("忌口"),
        _("应付（元）"), _("已付（元）"), _("结果"), _("时间"), _("经手"),
    )  # fmt: skip
    name = f"{wanted.day.isoformat()} {meal_words.meal_name(wanted.meal)}"
    return Sheet(name, header, (_line(row) for row in rows), (12, 8, 10, 8, 30, 16, 16, 10, 10, 10))


def _line(row: CollectionRow) -> tuple[Cell, ...]:
    it = row.it
    return (
        it.name, it.tail or "", it.code, str(words.SERVINGS[it.serving][0]), row.what,
        "、".join(meal_words.diet_names(row.diet)), "、".join(row.avoids),
        Decimal(it.pay_fen) / 100, Decimal(row.paid_fen) / 100,
        str(words.HOW[it.how][0]) if it.how else "",
        f"{clock.local(it.at):%H:%M}" if it.at else "", it.by or "",
    )  # fmt: skip

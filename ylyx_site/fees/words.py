"""How fees read on pages."""

from typing import Any

from ylyx_site.fees.kinds import Came, Means, ReceiptKind
from ylyx_site.fees.rules.terms import Terms
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.money import yuan
from ylyx_site.shared.spans import text_from_minute

CAME: dict[Came, tuple[Any, str]] = {  # words, colour
    Came.CAME: (_l("到园"), "good"),
    Came.TOLD: (_l("按时请假"), "full"),
    Came.TOLD_LATE: (_l("请假晚了"), "warn"),
    Came.NOT_COME: (_l("没有来，没有请假"), "warn"),
}
KINDS: dict[ReceiptKind, Any] = {
    ReceiptKind.PAID: _l("收费"),
    ReceiptKind.REFUND: _l("退费"),
    ReceiptKind.CORRECTION: _l("更正"),
}
MEANS: dict[Means, Any] = {
    Means.PHONE: _l("微信、支付宝"),
    Means.CASH: _l("现金"),
    Means.CARD: _l("刷卡"),
    Means.TRANSFER: _l("转账"),
}


def terms_words(terms: Terms) -> list[str]:
    """The nursery's table in sentences, the same for the desk and for families."""
    return [*_late(terms), *_away(terms), *_month(terms)]


def _late(terms: Terms) -> list[str]:
    if not terms.late_step_fen:
        return [_("晚接不收费。")]
    return [
        _(
            "晚接 %(grace)d 分钟以内不收费；超过的，从约好的离园时间算起，每 %(step)d 分钟收 "
            "%(money)s，不满的按一次算。忘记签出的不收。",
            grace=terms.late_grace, step=terms.late_step, money=yuan(terms.late_step_fen),
        )
    ]  # fmt: skip


def _away(terms: Terms) -> list[str]:
    until = {
        "days": terms.told_days_before, "time": text_from_minute(terms.told_minute),
        "share": terms.told_back,
    }  # fmt: skip
    told = (
        _("提前 %(days)d 天、%(time)s 以前请假的，保育费退 %(share)d%%，餐费全退。", **until)
        if terms.told_days_before
        else _("当天 %(time)s 以前请假的，保育费退 %(share)d%%，餐费全退。", **until)
    )
    untold = _(
        "更晚请假或没有来的，保育费退 %(share)d%%，餐费不退，也没有补贴。", share=terms.untold_back
    )
    return [told, untold]


def _month(terms: Terms) -> list[str]:
    said = []
    if terms.meal_fen:
        said.append(
            _(
                "餐费每天 %(money)s，约的时间里有 %(time)s 的日子才收。",
                money=yuan(terms.meal_fen), time=text_from_minute(terms.meal_minute),
            )
        )  # fmt: skip
    if terms.month_fen:
        said.append(
            _("每月固定收 %(money)s，那个月来过就收，不折算。", money=yuan(terms.month_fen))
        )
    return said

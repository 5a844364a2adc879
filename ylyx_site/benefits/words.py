"""How benefits' words read on pages."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from ylyx_site.benefits.kinds import Payer
from ylyx_site.benefits.rules import Lapsed, Reason
from ylyx_site.benefits.rules.reasons import Value
from ylyx_site.facilities.kinds import CareKind, Meal, Serving
from ylyx_site.families.kinds import Group
from ylyx_site.families.words import GROUPS
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.words import full_date

PAYERS: dict[Payer, Any] = {
    Payer.CITY: _l("市级补贴"),
    Payer.DISTRICT: _l("区级补贴"),
    Payer.TOWN: _l("镇街补贴"),
    Payer.FACILITY: _l("机构让利"),
    Payer.CHARITY: _l("慈善捐助"),
}
KINDS: Mapping[StrEnum, Any] = {
    Meal.BREAKFAST: _l("早餐"),
    Meal.LUNCH: _l("午餐"),
    Meal.DINNER: _l("晚餐"),
    Serving.DINE_IN: _l("堂食"),
    Serving.PICK_UP: _l("自取"),
    Serving.DELIVERY: _l("送餐"),
    CareKind.FULL_DAY: _l("全日托"),
    CareKind.HALF_DAY: _l("半日托"),
    CareKind.HOURLY: _l("计时托"),
    CareKind.TEMPORARY: _l("临时托"),
    **{kind: GROUPS[kind] for kind in Group},
}


def payer_words(payer: Payer) -> str:
    """「区级补贴」."""
    return str(PAYERS[payer])


def reason_words(reason: Reason) -> str:
    """「每天 1 次，这一天已经享受过了。」, the why-not of a benefit in the visitor's language."""
    return _(reason.sentence, **{name: _value_words(value) for name, value in reason.values})


def why_not_words(reason: Reason, apply: str) -> str:
    """The why-not, and how to apply in the rule's own words."""
    why = reason_words(reason)
    return _("%(why)s%(apply)s", why=why, apply=apply) if apply else why


def lapsed_words(lapsed: Lapsed) -> tuple[str, str]:
    """「低保」 and 「2026年11月22日」: what ran out, and its last day."""
    return str(_value_words(lapsed.groups)), full_date(lapsed.last)


def _value_words(value: Value) -> object:
    if isinstance(value, date):
        return full_date(value)
    if isinstance(value, tuple):
        return _("、").join(str(KINDS[kind]) for kind in value)
    return value

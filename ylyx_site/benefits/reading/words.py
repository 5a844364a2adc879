"""The words that a file may use: those of the site, or the Chinese ones. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from ylyx_site.benefits.kinds import Payer, Period, Rounding, Service
from ylyx_site.benefits.rules.rule import Measured
from ylyx_site.facilities.kinds import CareKind, Meal, Serving
from ylyx_site.families.kinds import Group

Kind = TypeVar("Kind", bound=StrEnum)

CHINESE: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Payer: {
        Payer.CITY: "市",
        Payer.DISTRICT: "区",
        Payer.TOWN: "镇街",
        Payer.FACILITY: "机构让利",
        Payer.CHARITY: "慈善",
    },
    Service: {
        Service.MEAL: "助餐",
        Service.CHILDCARE: "托育",
    },
    Period: {
        Period.MEAL: "每餐",
        Period.DAY: "每天",
        Period.WEEK: "每周",
        Period.MONTH: "每月",
        Period.YEAR: "每年",
    },
    Measured: {
        Measured.BEFORE: "优惠前",
        Measured.AFTER: "优惠后",
    },
    Rounding: {
        Rounding.FEN_HALF_UP: "四舍五入到分",
        Rounding.FEN_DOWN: "舍去到分",
        Rounding.JIAO_HALF_UP: "四舍五入到角",
        Rounding.JIAO_DOWN: "舍去到角",
        Rounding.JIAO_UP: "进位到角",
        Rounding.YUAN_HALF_UP: "四舍五入到元",
        Rounding.YUAN_DOWN: "舍去到元",
        Rounding.YUAN_UP: "进位到元",
    },
    Meal: {
        Meal.BREAKFAST: "早餐",
        Meal.LUNCH: "午餐",
        Meal.DINNER: "晚餐",
    },
    Serving: {
        Serving.DINE_IN: "堂食",
        Serving.PICK_UP: "自取",
        Serving.DELIVERY: "送餐",
    },
    CareKind: {
        CareKind.FULL_DAY: "全日托",
        CareKind.HALF_DAY: "半日托",
        CareKind.HOURLY: "计时托",
        CareKind.TEMPORARY: "临时托",
    },
    Group: {
        Group.DESTITUTE: "特困",
        Group.MINIMUM_LIVING: "低保",
        Group.LOW_INCOME: "低保边缘",
        Group.LIVING_ALONE: "独居",
        Group.EMPTY_NEST: "空巢",
        Group.LEFT_BEHIND: "留守",
        Group.DISABLED_CARE: "失能",
        Group.DISABILITY: "残疾",
        Group.FAMILY_PLANNING: "计划生育特殊家庭",
        Group.BASIC_CARE: "基本养老服务对象",
    },
}


def words_of(kinds: type[StrEnum]) -> dict[str, str]:
    """Every word that names one of these kinds → the site's own."""
    own = {kind.value: kind.value for kind in kinds}
    return own | {word: kind.value for kind, word in CHINESE[kinds].items()}


def kinds_from(kinds: type[Kind], text: str) -> frozenset[Kind] | None:
    """The kinds that words with commas between them name; None when one is not known."""
    words = words_of(kinds)
    found = [words.get(word.strip()) for word in text.replace("，", ",").split(",") if word.strip()]
    return None if None in found else frozenset(kinds(word) for word in found if word)

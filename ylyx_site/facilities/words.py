"""What the kinds of the register are called, as message ids; the door translates them. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from ylyx_site.facilities.kinds import (
    Basis,
    CareKind,
    ClassKind,
    ClosureKind,
    Deed,
    FacilityKind,
    Filing,
    Meal,
    Nature,
    Serving,
    Tariff,
)
from ylyx_site.facilities.rules.limits import Limit
from ylyx_site.facilities.rules.opening import Shut
from ylyx_site.shared.refusals import N_
from ylyx_site.shared.spans import text_from_minute

Sentence = tuple[str, Mapping[str, object]]  # message id, its placeholders

NAMES: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    FacilityKind: {
        FacilityKind.NURSERY: N_("托育机构"),
        FacilityKind.CANTEEN: N_("老年食堂"),
    },
    Nature: {
        Nature.CENTRE: N_("托育中心"),
        Nature.KINDERGARTEN: N_("幼儿园托班"),
        Nature.COMMUNITY: N_("社区托育点"),
        Nature.EMPLOYER: N_("用人单位托育"),
        Nature.HOME: N_("家庭托育点"),
        Nature.STATION: N_("社区养老服务站"),
    },
    Filing: {
        Filing.FILED: N_("已备案"),
        Filing.IN_FILING: N_("备案中"),
        Filing.SUSPENDED: N_("已暂停"),
    },
    ClassKind: {
        ClassKind.INFANT: N_("乳儿班"),
        ClassKind.YOUNGER: N_("托小班"),
        ClassKind.OLDER: N_("托大班"),
        ClassKind.MIXED: N_("混合编班"),
    },
    CareKind: {
        CareKind.FULL_DAY: N_("全日托"),
        CareKind.HALF_DAY: N_("半日托"),
        CareKind.HOURLY: N_("计时托"),
        CareKind.TEMPORARY: N_("临时托"),
    },
    Tariff: {
        Tariff.FULL_DAY: N_("全日托，一天"),
        Tariff.HALF_DAY: N_("半日托，半天"),
        Tariff.HOUR: N_("计时托，一小时"),
        Tariff.TEMPORARY_DAY: N_("临时托，一天"),
        Tariff.TEMPORARY_HALF: N_("临时托，半天"),
    },
    ClosureKind: {
        ClosureKind.OWN: N_("机构自行安排"),
        ClosureKind.EMERGENCY: N_("突发情况"),
    },
    Deed: {
        Deed.ADD: N_("最晚预约"),
        Deed.CHANGE: N_("最晚改期"),
        Deed.CANCEL: N_("最晚免费取消"),
    },
    Meal: {
        Meal.BREAKFAST: N_("早餐"),
        Meal.LUNCH: N_("午餐"),
        Meal.DINNER: N_("晚餐"),
    },
    Serving: {
        Serving.DINE_IN: N_("堂食"),
        Serving.PICK_UP: N_("自取"),
        Serving.DELIVERY: N_("送餐"),
    },
    Shut: {
        Shut.WEEKLY: N_("休息"),
        Shut.HOLIDAY: N_("法定节假日休息"),
        Shut.WORKING_WEEKEND: N_("周末休息"),
        Shut.OWN: N_("临时休息"),
        Shut.EMERGENCY: N_("紧急停托"),
    },
}
HALVES: Mapping[str, str] = {"": N_("全天"), "am": N_("上午"), "pm": N_("下午")}
PARTS: Mapping[str, str] = {"full_day": N_("全日"), "am": N_("上午"), "pm": N_("下午")}


def name_of(word: StrEnum) -> str:
    """Return the message id of a kind, a nature, a class, a deed …"""
    return NAMES[type(word)][word]


def limit_sentence(limit: Limit) -> Sentence:
    """Return how a limit reads, as a message id and its placeholders."""
    if limit.basis is Basis.MINUTES_BEFORE:
        return _minutes_before(limit.count)
    time = text_from_minute(limit.minute)
    if limit.basis is Basis.DAYS_BEFORE:
        return _days_before(limit.count, time)
    if limit.count == 0:
        return _days_before(0, time)
    if limit.count == 1:
        return N_("前 1 个工作日 %(time)s 前"), {"time": time}
    return N_("前 %(num)d 个工作日 %(time)s 前"), {"num": limit.count, "time": time}


def _minutes_before(count: int) -> Sentence:
    if count == 0:
        return N_("照护开始前"), {}
    if count % 60 == 0:
        return N_("照护开始前 %(num)d 小时"), {"num": count // 60}
    return N_("照护开始前 %(num)d 分钟"), {"num": count}


def _days_before(count: int, time: str) -> Sentence:
    if count == 0:
        return N_("当天 %(time)s 前"), {"time": time}
    if count == 1:
        return N_("前一天 %(time)s 前"), {"time": time}
    return N_("前 %(num)d 天 %(time)s 前"), {"num": count, "time": time}


def distance_sentence(metres: int) -> Sentence:
    """Return how far that is: 「600 米」 in steps of 50, 「1.1 公里」 from a kilometre on."""
    if metres < 975:
        return N_("%(num)d 米"), {"num": max(50, round(metres / 50) * 50)}
    return N_("%(num)s 公里"), {"num": f"{metres / 1000:.1f}"}


def telephone_text(number: str) -> str:
    """Write a telephone number to be read: `138 0000 0001`, `023-43700001`."""
    if number.startswith("1") and len(number) == 11:
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    area = 3 if number.startswith(("01", "02")) else 4
    return f"{number[:area]}-{number[area:]}"

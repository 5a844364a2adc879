"""How care, limits and reasons read on the pages of this room."""

from datetime import date

from ylyx_site.childcare.rules.planning import Care, Moment, Terms, deadline, is_too_late
from ylyx_site.facilities.kinds import CareKind, Deed
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.spans import text_from_minute
from ylyx_site.shared.words import short_day


def care_name(kind: CareKind, half: str) -> str:
    """「半日托 · 上午」."""
    names = {
        CareKind.FULL_DAY: _("全日托"),
        CareKind.HALF_DAY: _("半日托"),
        CareKind.HOURLY: _("计时托"),
        CareKind.TEMPORARY: _("临时托"),
    }
    halves = {"am": _("上午"), "pm": _("下午")}
    return f"{names[kind]} · {halves[half]}" if half in halves else names[kind]


def short_care_name(kind: CareKind, half: str) -> str:
    """「上午」, 「按小时」: as short as a chip wants it."""
    names = {
        (CareKind.FULL_DAY, ""): _("全日"),
        (CareKind.HALF_DAY, "am"): _("上午"),
        (CareKind.HALF_DAY, "pm"): _("下午"),
        (CareKind.HOURLY, ""): _("按小时"),
        (CareKind.TEMPORARY, ""): _("临时全天"),
        (CareKind.TEMPORARY, "am"): _("临时上午"),
        (CareKind.TEMPORARY, "pm"): _("临时下午"),
    }
    return names[kind, half]


def until(moment: tuple[date, int]) -> str:
    """「11月23日 周一 24:00」, the moment before which something must be done."""
    day, minute = moment
    return f"{short_day(day)} {text_from_minute(minute)}"


def limit_sentences(terms: Terms, care: Care, now: Moment) -> list[str]:
    """The three limits of this care, shown before booking; one sentence when all have passed."""
    if is_too_late(terms, Deed.CANCEL, care, now):
        return [_("今天约的不能改时间，也不能免费取消，只有约好后的 10 分钟可以撤销。")]
    return [
        _("最晚预约：%(until)s 前。", until=until(deadline(terms, Deed.ADD, care))),
        _("最晚改时间：%(until)s 前。", until=until(deadline(terms, Deed.CHANGE, care))),
        _("免费取消：%(until)s 前。", until=until(deadline(terms, Deed.CANCEL, care))),
    ]

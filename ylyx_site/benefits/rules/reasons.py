"""Why not: sentences that say what is missing. The door translates them (`benefits.words`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ylyx_site.benefits.kinds import Period
from ylyx_site.shared.refusals import N_

Value = int | str | date | tuple[StrEnum, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence with named placeholders; tuples are kinds, worded at the door as days are."""

    sentence: str
    values: tuple[tuple[str, Value], ...] = ()


def because(sentence: str, **values: Value) -> Reason:
    """A reason, comparable."""
    return Reason(sentence, tuple(sorted(values.items())))


AGE_FROM = N_("满 %(first)d 周岁起享受。")
AGE_BETWEEN = N_("%(first)d 到 %(last)d 周岁享受。")
AGE_UNDER = N_("不满 %(end)d 周岁享受。")
GROUPS = N_("只给%(groups)s的人；没有登记，或者登记已经过期。")
LAPSED = N_("%(groups)s的登记%(day)s到期了，还没有续办。")
ALL_GROUPS = N_("要同时是%(groups)s的人；没有登记全，或者登记已经过期。")
NO_CASE = N_("年龄和登记的类别不在这项优惠的范围内。")
HUKOU_UNKNOWN = N_("还没有登记户籍所在地。")
HUKOU = N_("户籍不在这项优惠的范围内。")
RESIDENCE_UNKNOWN = N_("还没有登记居住地。")
RESIDENCE = N_("居住地不在这项优惠的范围内。")
HOME_UNKNOWN = N_("还没有登记户籍所在地和居住地。")
HOME = N_("户籍和居住地都不在这项优惠的范围内。")
PLACE = N_("这家机构不在这项优惠的地区内。")
FACILITY = N_("这家机构没有加入这项优惠。")
MEALS = N_("只用于%(meals)s。")
SERVINGS = N_("只用于%(servings)s。")
CARE = N_("只用于%(care)s。")
WORKING_DAYS = N_("只在工作日享受（含调休上班的周末）。")
SPEND_FROM = N_("满 %(yuan)s 才享受（不算送餐费）。")
SPEND_ABOVE = N_("超过 %(yuan)s 才享受（不算送餐费）。")
BETTER = N_("和更优惠的一项只能享受一项。")
NOTHING = N_("按这次的价格算，这项优惠是 0 元。")
NOTHING_LEFT = N_("前面的优惠已经够付了。")
USES: Mapping[Period, str] = {
    Period.MEAL: N_("每餐 %(num)d 次，这一餐已经享受过了。"),
    Period.DAY: N_("每天 %(num)d 次，这一天已经享受过了。"),
    Period.WEEK: N_("每周 %(num)d 次，这一周已经用完了。"),
    Period.MONTH: N_("每月 %(num)d 次，这个月已经用完了。"),
    Period.YEAR: N_("每年 %(num)d 次，这一年已经用完了。"),
}
SUMS: Mapping[Period, str] = {
    Period.MEAL: N_("每餐最多 %(yuan)s，这一餐已经用完了。"),
    Period.DAY: N_("每天最多 %(yuan)s，这一天已经用完了。"),
    Period.WEEK: N_("每周最多 %(yuan)s，这一周已经用完了。"),
    Period.MONTH: N_("每月最多 %(yuan)s，这个月已经用完了。"),
    Period.YEAR: N_("每年最多 %(yuan)s，这一年已经用完了。"),
}

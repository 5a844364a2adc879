"""How days, times and money read: 「11月24日 周二 · 明天」, 08:00–12:00, ¥12.50."""

from datetime import date, datetime
from functools import lru_cache

from ylyx_site.shared import clock
from ylyx_site.shared.language import gettext, language
from ylyx_site.shared.months import days_of

WEEKDAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NEAR_ZH = {-1: "昨天", 0: "今天", 1: "明天", 2: "后天"}
NEAR_EN = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def day_text(day: date) -> str:
    """「11月24日 周二 · 明天」; the year is told only when it is not this one."""
    return _day_text(day, clock.today(), language(), near=True)


def short_day(day: date) -> str:
    """「11月24日 周二」."""
    return _day_text(day, clock.today(), language(), near=False)


def brief_day(day: date) -> str:
    """「11/24」, `24 Nov`: where a column is narrow."""
    if language() == "zh":
        return f"{day.month}/{day.day}"
    return f"{day.day} {MONTHS_EN[day.month - 1]}"


def full_date(day: date) -> str:
    """「2025年3月5日」, `5 Mar 2025`: a birthday, the days of a paper."""
    if language() == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"


def weekday_text(day: date) -> str:
    """「周二」."""
    return (WEEKDAYS_ZH if language() == "zh" else WEEKDAYS_EN)[day.weekday()]


def near_text(day: date) -> str:
    """「明天」 for the days around today, the weekday for the others."""
    near = NEAR_ZH if language() == "zh" else NEAR_EN
    return near.get((day - clock.today()).days) or weekday_text(day)


@lru_cache(maxsize=4096)
def _day_text(day: date, today: date, tongue: str, *, near: bool) -> str:
    apart = (day - today).days
    if tongue == "zh":
        year = f"{day.year}年" if day.year != today.year else ""
        text = f"{year}{day.month}月{day.day}日 {WEEKDAYS_ZH[day.weekday()]}"
        return f"{text} · {NEAR_ZH[apart]}" if near and apart in NEAR_ZH else text
    year = f" {day.year}" if day.year != today.year else ""
    text = f"{WEEKDAYS_EN[day.weekday()]} {day.day} {MONTHS_EN[day.month - 1]}{year}"
    return f"{text} · {NEAR_EN[apart]}" if near and apart in NEAR_EN else text


def minute_text(minute: int) -> str:
    """`08:30` for 510; `24:00` for 1440."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def moment_text(moment: datetime) -> str:
    """「11月24日 周二 08:30」 in Shanghai."""
    local = clock.local(moment)
    return f"{short_day(local.date())} {local:%H:%M}"


def month_text(month: str) -> str:
    """「2026 年 11 月」, from `2026-11`."""
    first = days_of(month).first
    if language() == "en":
        return f"{MONTHS_EN[first.month - 1]} {first.year}"
    return f"{first.year} 年 {first.month} 月"


def metres_text(metres: int) -> str:
    """「600 米」, 「1.1 公里」."""
    if metres < 950:
        return gettext("%(metres)d 米", metres=round(metres, -1))
    return gettext("%(km).1f 公里", km=metres / 1000)


def age_words(months: int) -> str:
    """「1岁8个月」 for 20."""
    years, rest = divmod(months, 12)
    if years and rest:
        return gettext("%(years)d岁%(months)d个月", years=years, months=rest)
    if years:
        return gettext("%(years)d岁", years=years)
    return gettext("%(months)d个月", months=rest)

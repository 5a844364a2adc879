"""How meals read on the pages of this room."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.meals.kinds import MealState, PaymentKind, Picture, Wish
from ylyx_site.meals.rules.canteens import MenuLine
from ylyx_site.meals.rules.eaters import Eater, avoided, lacks_diet
from ylyx_site.shared import clock
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.words import minute_text, near_text

MEALS: Mapping[Meal, Any] = {
    Meal.BREAKFAST: _l("早餐"),
    Meal.LUNCH: _l("午餐"),
    Meal.DINNER: _l("晚餐"),
}
SERVINGS: Mapping[Serving, Any] = {
    Serving.DINE_IN: _l("堂食"),
    Serving.PICK_UP: _l("自取"),
    Serving.DELIVERY: _l("送到家"),
}
STATES: Mapping[MealState, Any] = {
    MealState.ORDERED: _l("已订"),
    MealState.CANCELLED: _l("已取消"),
    MealState.WITHDRAWN: _l("食堂取消了"),
}
WISHES: Mapping[Wish, Any] = {
    Wish.CHEAPEST_SET: _l("最便宜的套餐"),
    Wish.FIRST_SET: _l("菜单上第一个套餐"),
    Wish.NAMED_SET: _l("指定的套餐"),
}
PAYMENTS: Mapping[PaymentKind, Any] = {
    PaymentKind.ON_COLLECTION: _l("取餐时付"),
    PaymentKind.DESK: _l("窗口付"),
    PaymentKind.PREPAID: _l("按月预付"),
    PaymentKind.REFUND: _l("退款"),
    PaymentKind.CORRECTION: _l("更正"),
}
DIETS: Mapping[str, Any] = {
    "low_salt": _l("低盐"),
    "low_sugar": _l("低糖"),
    "low_purine": _l("低嘌呤"),
    "soft": _l("软食"),
    "minced": _l("碎食"),
    "pureed": _l("糊食"),
    "halal": _l("清真"),
    "vegetarian": _l("素"),
}
ALLERGENS: Mapping[str, Any] = {
    "gluten": _l("麸质"),
    "crustacean": _l("甲壳类"),
    "fish": _l("鱼类"),
    "egg": _l("蛋类"),
    "peanut": _l("花生"),
    "soy": _l("大豆"),
    "milk": _l("奶类"),
    "nuts": _l("坚果"),
}
PICTURES: Mapping[Picture, Any] = {
    Picture.SET: _l("套餐"),
    Picture.FISH: _l("鱼"),
    Picture.MEAT: _l("肉"),
    Picture.SOUP: _l("汤"),
    Picture.NOODLES: _l("面"),
    Picture.RICE: _l("饭"),
    Picture.VEGETABLES: _l("蔬菜"),
    Picture.PORRIDGE: _l("粥"),
    Picture.BUN: _l("包子馒头"),
}
WEEKDAYS = (
    _l("周一"), _l("周二"), _l("周三"), _l("周四"), _l("周五"), _l("周六"), _l("周日"),
)  # fmt: skip


def meal_name(meal: Meal) -> str:
    """「午餐」."""
    return str(MEALS[meal])


def serving_name(serving: Serving) -> str:
    """「自取」."""
    return str(SERVINGS[serving])


def state_name(state: MealState) -> str:
    """「已取消」."""
    return str(STATES[state])


def diet_names(diets: Iterable[str]) -> list[str]:
    """「低盐」「软食」; unknown words are left out."""
    return [str(DIETS[one]) for one in diets if one in DIETS]


def allergen_names(allergens: Iterable[str]) -> str:
    """「鱼类、蛋类」."""
    return _("、").join(str(ALLERGENS[one]) for one in allergens if one in ALLERGENS)


def weekday_names(weekdays: Iterable[int]) -> str:
    """「周一、周三」, 「周一到周五」."""
    weekdays = set(weekdays)
    if weekdays == {1, 2, 3, 4, 5}:
        return _("周一到周五")
    if len(weekdays) == len(WEEKDAYS):
        return _("每天")
    return _("、").join(str(WEEKDAYS[one - 1]) for one in sorted(weekdays))


def cutoff_words(cutoff: datetime, now: datetime) -> str:
    """「今天 09:00 截止，还有 3 小时 12 分」; past it only that it is."""
    if now >= cutoff:
        return _("已经截止")
    day, minute = clock.day_of(cutoff), clock.minute_of(cutoff)
    until = _("%(day)s %(time)s 截止", day=near_text(day), time=minute_text(minute))
    minutes = int((cutoff - now).total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return until
    if hours:
        return _("%(until)s，还有 %(hours)d 小时 %(rest)d 分", until=until, hours=hours, rest=rest)
    return _("%(until)s，还有 %(rest)d 分钟", until=until, rest=rest)


def warnings(eaters: Iterable[Eater], line: MenuLine) -> list[str]:
    """「陈桂芳忌鱼」 for each of these people who avoids something in the dish."""
    return [
        _("%(name)s忌%(what)s", name=eater.name, what=_("、").join(found))
        for eater in eaters
        if (found := avoided(eater, line))
    ]


def missing_diets(eaters: Iterable[Eater], line: MenuLine) -> list[str]:
    """「没标低盐、软食」: what any of these people needs and the dish is not marked with."""
    lacking = {diet for eater in eaters for diet in lacks_diet(eater, line)}
    names = diet_names(diet for diet in DIETS if diet in lacking)
    return [_("没标%(diets)s", diets=_("、").join(names))] if names else []

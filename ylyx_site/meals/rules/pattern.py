"""What a weekly plan finds on a day's menu, and which days it leaves out. Pure."""

from collections.abc import Collection
from datetime import date

from ylyx_site.meals.kinds import ItemKind, Wish
from ylyx_site.meals.rules.canteens import Menu, MenuLine
from ylyx_site.meals.rules.eaters import Eater, avoided
from ylyx_site.shared.spans import DaySpan


def wanted_line(menu: Menu, wish: Wish, set_id: int | None) -> MenuLine | None:
    """The set that the plan wants of this menu; None when the menu has not got it."""
    sets = [line for line in menu.lines if line.item[0] is ItemKind.SET]
    if wish is Wish.NAMED_SET:
        return next((line for line in sets if line.item[1] == set_id), None)
    if wish is Wish.CHEAPEST_SET:
        return min(sets, key=lambda line: line.price_fen, default=None)
    return sets[0] if sets else None


def is_resting(day: date, rests: Collection[DaySpan]) -> bool:
    """Whether a rest covers the day."""
    return any(rest.first <= day <= rest.last for rest in rests)


def warning(eater: Eater, line: MenuLine) -> tuple[str, ...]:
    """What the person avoids in it, told days ahead."""
    return avoided(eater, line)

"""How the kitchen's needs and changes read."""

from ylyx_site.kitchen.queries.sheet import GUESTS
from ylyx_site.kitchen.rules.freezing import Stand
from ylyx_site.kitchen.rules.wants import AVOID, Wanted
from ylyx_site.meals.words import DIETS
from ylyx_site.shared.language import gettext as _


def need_words(need: str) -> str:
    """「低盐」「软食」「忌鱼」."""
    if need.startswith(AVOID):
        return _("忌%(what)s", what=need.removeprefix(AVOID))
    return str(DIETS.get(need, need))


def change_words(one: Wanted) -> str:
    """Why a meal was added or went after the cut-off."""
    if one.stand is Stand.GONE:
        return _("取消了")
    if one.why == GUESTS:
        return _("窗口散客")
    return one.why or _("截止后改订")

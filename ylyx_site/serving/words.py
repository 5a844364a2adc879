"""How handing over reads on pages."""

from collections.abc import Mapping
from typing import Any

from ylyx_site.facilities.kinds import Serving
from ylyx_site.serving.kinds import HandedHow
from ylyx_site.shared.language import lazy_gettext as _l

HOW: Mapping[HandedHow, tuple[Any, str, str]] = {  # words, icon, colour
    HandedHow.DINE_IN: (_l("已用餐"), "check", "good"),
    HandedHow.COLLECTED: (_l("已取走"), "check", "good"),
    HandedHow.DELIVERED: (_l("已送到"), "check", "good"),
    HandedHow.NEIGHBOUR: (_l("邻居代领"), "check", "good"),
    HandedHow.NOBODY: (_l("没有人"), "triangle-alert", "bad"),
}
FOR_FAMILIES: Mapping[HandedHow, tuple[Any, str, str]] = {
    HandedHow.DINE_IN: (_l("在食堂吃过了"), "check", "good"),
    HandedHow.COLLECTED: (_l("已取餐"), "check", "good"),
    HandedHow.DELIVERED: (_l("已送到"), "check", "good"),
    HandedHow.NEIGHBOUR: (_l("交给邻居代收了"), "users", "good"),
    HandedHow.NOBODY: (_l("送餐时没有人应门，食堂正在联系老人"), "triangle-alert", "bad"),
}
SERVINGS: Mapping[Serving, tuple[Any, str]] = {
    Serving.DINE_IN: (_l("堂食"), "utensils"),
    Serving.PICK_UP: (_l("自取"), "shopping-bag"),
    Serving.DELIVERY: (_l("送餐"), "bike"),
}

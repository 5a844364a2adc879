"""How rounds read on pages."""

from typing import Any

from ylyx_site.serving.kinds import HandedHow
from ylyx_site.shared.language import lazy_gettext as _l

RESULTS: dict[HandedHow, tuple[Any, str, str]] = {  # words, icon, colour
    HandedHow.DELIVERED: (_l("送到"), "check", "good"),
    HandedHow.NEIGHBOUR: (_l("邻居代收"), "users-round", "good"),
    HandedHow.NOBODY: (_l("没人"), "door-closed", "bad"),
    HandedHow.COLLECTED: (_l("到窗口取了"), "check", "good"),
    HandedHow.DINE_IN: (_l("在食堂吃了"), "check", "good"),
}

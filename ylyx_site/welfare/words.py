"""How welfare reads on pages."""

from typing import Any

from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.welfare.kinds import CHOSEN, Outcome, StepKind, Why

WHYS: dict[Why, Any] = {
    Why.NOBODY: _l("送到门口，没人开门"),
    Why.NOT_COLLECTED: _l("餐没有人来取"),
}
STEPS: dict[StepKind, tuple[Any, Any, Any, str]] = {  # what, reached, not reached, icon
    StepKind.CALL: (_l("打电话"), _l("打通了"), _l("没人接"), "phone"),
    StepKind.NEIGHBOUR: (_l("问邻居"), _l("邻居见到了"), _l("邻居也没见到"), "door-open"),
    StepKind.GRID_WORKER: (
        _l("请网格员上门"),
        _l("网格员见到了"),
        _l("网格员没见到"),
        "user-check",
    ),
}
OUTCOMES: dict[Outcome, tuple[Any, str, str]] = {  # words, icon, colour
    Outcome.COLLECTED: (_l("餐取到了"), "check", "good"),
    Outcome.MISTAKE: (_l("点错了"), "undo-2", "full"),
    Outcome.FINE: (_l("人没事"), "check", "good"),
    Outcome.AWAY: (_l("外出了"), "map-pin", ""),
    Outcome.HOSPITAL: (_l("在医院"), "triangle-alert", "bad"),
    Outcome.HELPED: (_l("有人到了，正在帮忙"), "heart", "warn"),
    Outcome.OTHER: (_l("其他"), "message-circle", "full"),
}


def outcomes() -> list[tuple[str, str]]:
    """What a check can be ended with by hand."""
    return [(one.value, str(OUTCOMES[one][0])) for one in CHOSEN]


def lasting(minutes: int) -> str:
    """「不到 1 分钟」, 「25 分钟」, 「1 小时 5 分钟」."""
    if minutes < 1:
        return _("不到 1 分钟")
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(num)d 分钟", num=rest)
    if hours >= 48:
        return _("%(num)d 天", num=hours // 24)
    return _("%(hours)d 小时 %(minutes)d 分钟", hours=hours, minutes=rest)

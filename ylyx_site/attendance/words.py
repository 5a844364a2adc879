"""How attendance reads on pages."""

import json
from collections.abc import Iterable
from typing import Any

from ylyx_site.attendance.kinds import (
    Area,
    Ate,
    CheckKind,
    Mood,
    PhoneReason,
    Reason,
    Result,
    Slept,
    Standing,
    Symptom,
)
from ylyx_site.attendance.rules.wishes import SAME
from ylyx_site.families.kinds import Relation
from ylyx_site.families.words import RELATIONS
from ylyx_site.handover.kinds import TakerKind
from ylyx_site.handover.queries.takers import Taker
from ylyx_site.shared import vault
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import lazy_gettext as _l

REASONS: dict[Reason, Any] = {
    Reason.ILL: _l("生病"),
    Reason.BUSY: _l("有事"),
    Reason.OTHER: _l("其他"),
}
STANDINGS: dict[Standing, tuple[Any, str, str]] = {  # words, icon, colour
    Standing.EXPECTED: (_l("未到"), "clock", ""),
    Standing.REFUSED: (_l("不能入园"), "triangle-alert", "bad"),
    Standing.HERE: (_l("在园"), "check", "good"),
    Standing.GONE: (_l("已离园"), "log-out", "full"),
    Standing.ABSENT: (_l("请假"), "calendar-x", "full"),
}
KINDS: dict[CheckKind, Any] = {CheckKind.MORNING: _l("晨检"), CheckKind.MIDDAY: _l("午检")}
RESULTS: dict[Result, tuple[Any, str]] = {  # words, colour
    Result.OK: (_l("正常"), "good"),
    Result.RECHECK: (_l("要复测"), "bad"),
    Result.ISOLATED: (_l("已隔离"), "bad"),
}
SYMPTOMS: dict[Symptom, Any] = {
    Symptom.RASH: _l("皮肤有疹子"),
    Symptom.THROAT: _l("喉咙红"),
    Symptom.EYES: _l("眼睛红"),
    Symptom.COUGH: _l("咳嗽、流涕"),
    Symptom.STOMACH: _l("呕吐、腹泻"),
    Symptom.SPIRITS: _l("精神不好"),
    Symptom.INJURY: _l("身上有伤"),
}
ATE: dict[Ate, Any] = {
    Ate.ALL: _l("吃光了"), Ate.MOST: _l("吃了大半"), Ate.LITTLE: _l("吃得少"),
}  # fmt: skip
SLEPT: dict[Slept, Any] = {
    Slept.WELL: _l("睡得好"), Slept.SHORT: _l("睡了一会儿"), Slept.NOT: _l("没有睡"),
}  # fmt: skip
MOODS: dict[Mood, Any] = {
    Mood.HAPPY: _l("开心"), Mood.CALM: _l("平静"), Mood.TIRED: _l("有点累"),
    Mood.CRYING: _l("哭过"),
}  # fmt: skip
AREAS: dict[Area, Any] = {
    Area.NUTRITION: _l("营养与喂养"),
    Area.SLEEP: _l("睡眠"),
    Area.HABITS: _l("生活与卫生习惯"),
    Area.MOVEMENT: _l("动作"),
    Area.LANGUAGE: _l("语言"),
    Area.COGNITION: _l("认知"),
    Area.EMOTION: _l("情感与社会性"),
}
PHONE_REASONS: dict[PhoneReason, Any] = {
    PhoneReason.ILL: _l("孩子不舒服"),
    PhoneReason.NOT_COME: _l("到点没有来"),
    PhoneReason.NOT_FETCHED: _l("没有人来接"),
    PhoneReason.OTHER: _l("其他原因"),
}


def teacher(name: str | None) -> str:
    """「张老师」: whom a family knows by the surname."""
    return _("%(surname)s老师", surname=name[0]) if name else _("老师")


def fetcher(left_with: str, sealed: str | None = None) -> str:
    """Who fetched the child, and by what right; empty when it was not written down."""
    if not left_with:
        return ""
    told = json.loads(vault.unseal(sealed)) if sealed else {}
    name, relation = told.get("name", ""), told.get("relation", "")
    match left_with:
        case TakerKind.ADULT:
            return _("%(relation)s %(name)s（家长授权）", relation=relation, name=name)
        case TakerKind.CODE:
            return _("%(name)s（凭接送码）", name=name)
        case TakerKind.OVERRULED:
            return _("%(name)s（园长同意）", name=name)
        case _:
            return f"{RELATIONS[Relation(left_with)]} {name}".strip()


def fetchers(takers: Iterable[Taker], last: str) -> list[tuple[str, str]]:
    """Whom staff can choose as the one who fetched; `last` is who stands there already."""
    same = [(SAME, _("不改：%(who)s", who=last))] if last else []
    return [("", _("没有记")), *same, *((one.handle, taker_words(one)) for one in takers)]


def taker_words(taker: Taker) -> str:
    """「妈妈 王女士」, 「奶奶 周桂芳」."""
    relation = RELATIONS[taker.guardian] if taker.guardian else taker.relation
    return f"{relation} {taker.name}".strip()


def temperature(tenths: int) -> str:
    """「36.5 ℃」."""
    return f"{tenths // 10}.{tenths % 10} ℃"

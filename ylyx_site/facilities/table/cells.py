"""What one cell says: each reader raises `ValueError` with a Chinese sentence, a message id."""

import re
from collections.abc import Mapping
from typing import TypeVar

from ylyx_site.facilities.kinds import ClassKind, FacilityKind, Filing, Nature
from ylyx_site.facilities.rules.wishes import ClassWish
from ylyx_site.facilities.words import NAMES
from ylyx_site.shared.identifiers import digits
from ylyx_site.shared.refusals import N_
from ylyx_site.shared.spans import TimeSpan, minute_from_text

Word = TypeVar("Word")

KINDS: Mapping[str, FacilityKind] = {
    **dict.fromkeys(("托育", "托育机构", "托育园", "托班"), FacilityKind.NURSERY),
    **dict.fromkeys(
        ("老年食堂", "助餐点", "食堂", "助餐", "老年助餐", "长者食堂"), FacilityKind.CANTEEN
    ),
}
_WEEKDAYS = "一二三四五六日"
_DAY = rf"(?:周|星期|礼拜)?([{_WEEKDAYS}天])"
_RANGE = re.compile(rf"{_DAY}(?:[至到\-~—–]{_DAY})?")
_OPENING = re.compile(r"(\D+?)(\d{1,2}:\d{2})[\-~—–至到](\d{1,2}:\d{2})", re.ASCII)
_CLASS = re.compile(
    r"([^()×*:]*?[^()×*:\-\s])\s*(?:\(([^()]+)\))?\s*[×x*:]?\s*(\d{1,3})\s*人?", re.ASCII
)
_COORDINATE = re.compile(r"-?\d{1,3}(?:\.\d{1,12})?", re.ASCII)
_WHOLE = re.compile(r"(\d{1,4})(?:\.0+)?", re.ASCII)


def word_of(text: str, words: Mapping[str, Word]) -> Word:
    """Return what a word stands for; the sentence names those that are known."""
    found = words.get(digits(text))
    if found is None:
        raise ValueError(N_("请从说明里列出的几个词中选一个填写。"))
    return found


def nature(text: str, kind: FacilityKind) -> Nature:
    """Return the nature; a canteen need not say its own."""
    if not text and kind is FacilityKind.CANTEEN:
        return Nature.STATION
    natures = {name: Nature(word) for word, name in NAMES[Nature].items()}
    return word_of(text, natures)


def filing(text: str) -> Filing:
    """Return the state of filing."""
    return word_of(text, {name: Filing(word) for word, name in NAMES[Filing].items()})


def yes_or_no(text: str) -> bool | None:
    """Return whether; None when nothing is said."""
    answers = {"": None, "是": True, "否": False, "有": True, "无": False, "普惠": True}
    if text not in answers:
        raise ValueError(N_("请填“是”或“否”。"))
    return answers[text]


def whole(text: str) -> int | None:
    """Return a whole number from 0 to 9999; None for an empty cell."""
    if not text:
        return None
    match = _WHOLE.fullmatch(digits(text))
    if match is None:
        raise ValueError(N_("请填写整数，例如 49。"))
    return int(match[1])


def coordinate(text: str) -> float | None:
    """Return degrees as a decimal number; None for an empty cell."""
    if not text:
        return None
    if not _COORDINATE.fullmatch(digits(text)):
        raise ValueError(N_("请填写十进制的度数，例如 29.7071。"))
    return float(digits(text))


def opening(text: str) -> dict[int, TimeSpan]:
    """Read `周一至周五 07:30-17:30；周六 08:00-12:00`, `每天 06:30-19:00` by ISO weekday."""
    week: dict[int, TimeSpan] = {}
    for part in _parts(text, ";\n"):
        match = _OPENING.fullmatch(part.replace(" ", ""))
        if match is None:
            raise ValueError(N_("请按“周一至周五 07:30-17:30；周六 08:00-12:00”填写。"))
        span = TimeSpan(minute_from_text(match[2]), minute_from_text(match[3]))
        for weekday in _weekdays(match[1]):
            if weekday in week:
                raise ValueError(N_("同一个星期几写了两次，请只写一次。"))
            week[weekday] = span
    return week


def classes(text: str) -> tuple[ClassWish, ...]:
    """Read `托小班 15；向日葵班(托大班) 18`; a name that is a kind needs no brackets."""
    wishes = tuple(_class(part) for part in _parts(text, ";\n、,"))
    if len({wish.name for wish in wishes}) < len(wishes):
        raise ValueError(N_("同一个班名写了两次，请改成不同的名字。"))
    return wishes


def _class(part: str) -> ClassWish:
    match = _CLASS.fullmatch(part)
    kind = None if match is None else _class_kind(match[2] or match[1])
    if match is None or kind is None:
        raise ValueError(N_("请按“托小班 15；向日葵班(托大班) 18”填写班名和人数。"))
    return ClassWish(kind, match[1], int(match[3]))


def _class_kind(text: str) -> ClassKind | None:
    marks = {
        "乳儿": ClassKind.INFANT,
        "托小": ClassKind.YOUNGER,
        "托大": ClassKind.OLDER,
        "混合": ClassKind.MIXED,
    }
    return next((kind for mark, kind in marks.items() if mark in text), None)


def _weekdays(text: str) -> list[int]:
    if text in ("每天", "每日"):
        return list(range(1, 8))
    found: list[int] = []
    for part in re.split(r"[、,和及]", text):
        match = _RANGE.fullmatch(part)
        if match is None:
            raise ValueError(N_("请写周一到周日，例如“周一至周五”“周六、周日”“每天”。"))
        first, last = _weekday(match[1]), _weekday(match[2] or match[1])
        if last < first:
            raise ValueError(N_("星期要从前往后写，例如“周一至周五”。"))
        found.extend(range(first, last + 1))
    return found


def _weekday(letter: str) -> int:
    return _WEEKDAYS.index(letter.replace("天", "日")) + 1


def _parts(text: str, separators: str) -> list[str]:
    narrow = digits(text).replace("；", ";")
    return [part.strip() for part in re.split(f"[{separators}]", narrow) if part.strip()]

"""How the register reads."""

import enum

import pytest

from ylyx_site.facilities import kinds
from ylyx_site.facilities.kinds import Basis
from ylyx_site.facilities.rules import Limit, Shut
from ylyx_site.facilities.words import (
    NAMES,
    distance_sentence,
    limit_sentence,
    name_of,
    telephone_text,
)

NAMED = [
    kind
    for kind in (*vars(kinds).values(), Shut)
    if isinstance(kind, enum.EnumMeta) and kind not in (enum.StrEnum, Basis)
]


@pytest.mark.parametrize("kind", NAMED)
def test_every_word_of_the_register_has_a_name(kind: type[enum.StrEnum]) -> None:
    assert set(NAMES[kind]) == set(kind)
    assert all(name_of(word) for word in kind)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (Limit(Basis.WORKING_DAYS_BEFORE, 1, 1440), "前 1 个工作日 24:00 前"),
        (Limit(Basis.WORKING_DAYS_BEFORE, 0, 600), "当天 10:00 前"),
        (Limit(Basis.DAYS_BEFORE, 0, 510), "当天 08:30 前"),
        (Limit(Basis.DAYS_BEFORE, 1, 1200), "前一天 20:00 前"),
        (Limit(Basis.DAYS_BEFORE, 3, 1200), "前 3 天 20:00 前"),
        (Limit(Basis.MINUTES_BEFORE, 0), "照护开始前"),
        (Limit(Basis.MINUTES_BEFORE, 120), "照护开始前 2 小时"),
        (Limit(Basis.MINUTES_BEFORE, 90), "照护开始前 90 分钟"),
    ],
)
def test_limit_reads(limit: Limit, expected: str) -> None:
    message, values = limit_sentence(limit)
    assert message % values == expected


@pytest.mark.parametrize(
    ("metres", "expected"),
    [(3, "50 米"), (612, "600 米"), (974, "950 米"), (980, "1.0 公里"), (1130, "1.1 公里")],
)
def test_distance_reads(metres: int, expected: str) -> None:
    message, values = distance_sentence(metres)
    assert message % values == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("13800000001", "138 0000 0001"),
        ("02343700001", "023-43700001"),
        ("01062345678", "010-62345678"),
        ("073258880000", "0732-58880000"),
    ],
)
def test_telephone_reads_in_groups(number: str, expected: str) -> None:
    assert telephone_text(number) == expected

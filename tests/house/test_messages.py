"""Every sentence that may leave the house: nothing about health, nobody's number, one thing to do.

What is told is written as `News(…)`; the sentences of those modules are read from their source, so
that a new one is looked at without being entered anywhere.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from ylyx_site.notices.words import message_text

SITE = "https://ylyx.example"
PLACES = {"who", "facility", "day", "num", "last", "time", "meals"}
HEALTH = re.compile(
    "体温|发烧|发热|生病|疾病|传染|症|疫苗|接种|体检|过敏|忌口|低盐|低糖|软食|药|血|尿|残疾|失能"
    "|评估|低保|特困|独居|疑似|虐|隔离|住院|咳"
)
NUMBER = re.compile(r"\d{7,}")


def sentences(root: Path) -> Iterator[tuple[str, str]]:
    """(file, sentence) of all that is told."""
    for path in sorted((root / "ylyx_site").rglob("*.py")):
        text = path.read_text("utf-8")
        if "News(" not in text and "tell_families(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and _is_marker(node):
                (words,) = node.args
                assert isinstance(words, ast.Constant), path
                yield path.name, str(words.value)


def _is_marker(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == "N_"


def faults(sentence: str) -> list[str]:
    """What a sentence must not hold; its named places are of persons in no way but by name."""
    found = [str(one) for one in HEALTH.findall(sentence) + NUMBER.findall(sentence)]
    named = set(re.findall(r"%\((\w+)\)", sentence))
    return found + sorted(named - PLACES)


def test_no_message_says_anything_about_health(root: Path) -> None:
    told = list(sentences(root))
    assert len(told) > 40
    assert [(where, one, faults(one)) for where, one in told if faults(one)] == []


@pytest.mark.parametrize(
    "bad",
    ["孩子体温 38.6，请来接。", "%(child)s今天没有来。", "请打 13800000001。", "奶奶忌口的菜。"],
)
def test_a_message_that_says_too_much_would_be_found(bad: str) -> None:
    assert faults(bad) != []


def test_every_message_leads_to_one_place_and_is_short(app: Flask, root: Path) -> None:
    values = {
        "who": "棠香春芽幼儿园托班", "facility": "棠香春芽幼儿园托班", "day": "11月24日 周二",
        "last": "11月24日 周二", "time": "15:20", "num": 3, "meals": 2,
    }  # fmt: skip
    with app.test_request_context():
        for where, one in sentences(root):
            text = message_text(one % values, 2, SITE, "/waiting/answers/x")
            assert text.count("https://") == 1, where
            assert len(one % values) <= 90, (where, one)
            assert one.endswith("。"), where

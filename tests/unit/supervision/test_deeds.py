"""Every action that any room writes into the journal has words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from ylyx_site.supervision.deeds import ANYTHING, DEEDS, SOMETHING, TOPICS, Topic, deed_words
from ylyx_site.welfare.kinds import Outcome

ROOT = Path(__file__).parents[3] / "ylyx_site"
WRITERS = {"note", "noted", "note_step", "remember_read", "_note", "_journal", "done", "remember"}
DOTTED = re.compile(r"[a-z]+\.[a-z_]+")
WORD = re.compile(r"[a-z_]+")
# Rooms where a command names its deed without the room; the writer puts the room before it.
SHORT = {"attendance", "entry", "facilities", "handover", "rounds", "staffing", "welfare"}


def actions() -> set[str]:
    """Every action that the sources hand to a writer of the journal."""
    found = set()
    for path in ROOT.rglob("*.py"):
        room = path.relative_to(ROOT).parts[0]
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and name_of(call) in WRITERS:
                found |= set(named(call, room))
    return found


def name_of(call: ast.Call) -> str:
    """What is called."""
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def named(call: ast.Call, room: str) -> Iterator[str]:
    """The action among the first two arguments."""
    for one in ast.walk(ast.Tuple(elts=call.args[:2], ctx=ast.Load())):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            if one.value.endswith("_"):
                continue  # the beginning of several actions: each stands below
            if DOTTED.fullmatch(one.value):
                yield one.value
            elif room in SHORT and WORD.fullmatch(one.value):
                yield f"{room}.{one.value}"


def test_every_action_has_words() -> None:
    found = actions() | {f"welfare.ended_{one.value}" for one in Outcome}
    found |= {"benefits.rule_added", "benefits.rule_changed"}
    assert len(found) > 150
    assert sorted(one for one in found if deed_words(one) in (ANYTHING, SOMETHING)) == []


def test_no_words_are_for_an_action_that_nobody_writes() -> None:
    text = "\n".join(path.read_text("utf-8") for path in ROOT.rglob("*.py"))
    unknown = {
        one
        for one in DEEDS
        if text.count(f'"{one}"') < 2 and not re.search(rf'"{one.split(".")[1]}"', text)
    }
    families = {one for one in unknown if one.startswith(("welfare.ended_", "benefits.rule_"))}
    assert unknown - families == set()


def test_a_topic_holds_no_action_of_another() -> None:
    every = [action for _name, deeds in TOPICS.values() for action in deeds]
    assert len(every) == len(set(every))
    assert set(TOPICS) == set(Topic)


def test_what_is_not_known_is_never_shown_bare() -> None:
    assert deed_words("kitchen.burnt") == ANYTHING
    assert deed_words("kitchen.recipes_read") == SOMETHING

"""What the house's rules say of the source, checked on its syntax trees."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SITE = Path(__file__).parents[2] / "ylyx_site"
SOURCES = sorted(path for path in SITE.rglob("*.py") if "versions" not in path.parts)
CLOCK = SITE / "shared" / "clock.py"
# Views, commands and the worker; `confirming` is the door of the desk's changes; `reads` and
# `visitor` make the two asides; the demo's sender keeps a message after its transaction is over.
DOORS = ("views", "cli.py", "worker.py", "keys.py", "confirming.py", "reads.py", "visitor.py")
DOORS += ("senders.py", "db.py", "doors.py")


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the site, parsed."""
    for path in SOURCES:
        yield path, ast.parse(path.read_text("utf-8"))


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def is_door(path: Path) -> bool:
    """Whether a module may open a transaction: where requests, commands and jobs come in."""
    return any(part in DOORS or part == "views.py" for part in path.relative_to(SITE).parts)


def test_only_the_clock_asks_the_time() -> None:
    asked = {"datetime.now", "datetime.utcnow", "date.today", "datetime.today", "time.time"}
    found = [
        f"{path.relative_to(SITE)}:{line} {name}"
        for path, tree in trees()
        if path != CLOCK
        for line, name in calls(tree)
        if name in asked
    ]
    assert found == []


def test_transactions_are_opened_at_the_doors_only() -> None:
    found = [
        f"{path.relative_to(SITE)}:{line}"
        for path, tree in trees()
        if not is_door(path)
        for line, name in calls(tree)
        if name == "transaction"
    ]
    assert found == []


def test_nothing_commits_but_the_transaction() -> None:
    found = [
        f"{path.relative_to(SITE)}:{line} {name}"
        for path, tree in trees()
        if path != SITE / "shared" / "db.py" and "migrations" not in path.parts
        for line, name in calls(tree)
        if name.endswith(".commit") or "with_for_update" in name
    ]
    assert found == []


def test_no_sentence_is_an_f_string_or_glued() -> None:
    found = [
        f"{path.relative_to(SITE)}:{node.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("_", "_l", "N_", "gettext", "lazy_gettext")
        and node.args
        and isinstance(node.args[0], (ast.JoinedStr, ast.BinOp))
    ]
    assert found == []


def test_the_ledger_alone_changes_what_is_taken() -> None:
    found = [
        str(path.relative_to(SITE))
        for path in SOURCES
        if "places" not in path.parts
        and any(
            words in path.read_text("utf-8").lower()
            for words in ("update place_slot", "update(placeslot", "insert into place_slot")
        )
    ]
    assert found == []


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc", "manager", "base"])
def test_no_module_is_named_by_nothing(name: str) -> None:
    assert [path for path in SOURCES if path.stem == name or name in path.parts[:-1]] == []

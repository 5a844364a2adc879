"""docs/safety.md names a proof for each promise, and each proof exists."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "safety.md").read_text("utf-8")
UNUSED = {6, 22}  # numbers of promises that were never made


def every_test() -> set[str]:
    """The name of every test."""
    files = (ROOT / "tests").rglob("test_*.py")
    texts = (path.read_text("utf-8") for path in files)
    return {name for text in texts for name in re.findall(r"def (test_\w+)", text)}


def test_every_proof_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", TABLE))
    assert sorted(named - every_test()) == []


def test_every_promise_has_a_proof_or_says_that_it_has_none() -> None:
    rows = {int(row[1]): row[2] for row in re.finditer(r"^\| P(\d+) \| (.*)$", TABLE, re.MULTILINE)}
    assert sorted(rows) == [number for number in range(1, 25) if number not in UNUSED]
    bare = [n for n, row in rows.items() if "test_" not in row and "here" not in row
            and "by hand" not in row]  # fmt: skip
    assert bare == []


def test_every_test_of_a_promise_is_in_the_table() -> None:
    numbered = {name for name in every_test() if re.match(r"test_p\d+_", name)}
    assert sorted(numbered - set(re.findall(r"`(test_\w+)`", TABLE))) == []

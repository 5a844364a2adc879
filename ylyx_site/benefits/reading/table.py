"""A table of a file, read key by key; what is wrong is gathered, with where. Pure.

A key that nobody asked for is a slip (`grops`), which would widen a rule silently: it is wrong too.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from ylyx_site.benefits.errors import Problem
from ylyx_site.benefits.reading.words import words_of
from ylyx_site.shared.money import fen_from_text
from ylyx_site.shared.refusals import N_

Kind = TypeVar("Kind", bound=StrEnum)

PREFIX = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", re.ASCII)
LARGEST = 2**31 - 1


class Table:
    """One table; `where` names it for whoever wrote the file."""

    def __init__(self, values: Any, where: str, problems: list[Problem]) -> None:
        self.where = where
        self.problems = problems
        self._asked: set[str] = set()
        self._values: Mapping[str, Any] = values if isinstance(values, Mapping) else {}
        if not isinstance(values, Mapping):
            self.wrong(N_("%(where)s：这里应当是一张表。"))

    def wrong(self, sentence: str, value: object = "") -> None:
        """Add a problem of this table."""
        self.problems.append(Problem(self.where, sentence, str(value)))

    def has(self, key: str) -> bool:
        """Whether the table has this key."""
        return key in self._values

    def close(self) -> None:
        """Call after the last key: what was never asked for is not known."""
        for key in sorted(self._values.keys() - self._asked):
            self.wrong(N_("%(where)s：不认识“%(value)s”这一项。"), key)

    def table(self, key: str) -> "Table":
        """A table inside; empty when it is not there."""
        return Table(self._get(key, {}), f"{self.where} › {key}", self.problems)

    def tables(self, key: str) -> "list[Table]":
        """The tables of an array of tables; none when it is not there."""
        found = self._get(key, [])
        if not isinstance(found, Sequence) or isinstance(found, str):
            found = [found]
        return [
            Table(one, f"{self.where} › {key} {number}", self.problems)
            for number, one in enumerate(found, 1)
        ]

    def text(self, key: str, longest: int, *, needed: bool = True) -> str:
        """A text of at most so many characters."""
        value = self._get(key, "")
        if not isinstance(value, str) or len(value) > longest or (needed and not value.strip()):
            self.wrong(N_("%(where)s：%(value)s 没有填，或者太长。"), key)
            return ""
        return value.strip()

    def day(self, key: str) -> date | None:
        """A day, None when it is not there."""
        value = self._get(key, None)
        if isinstance(value, str):
            value = _day(value)
        elif value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        if not isinstance(value, date):
            self.wrong(N_("%(where)s：%(value)s 要写成日期，例如 2026-01-01。"), key)
            return None
        return value

    def number(self, key: str, default: int, first: int, last: int = LARGEST) -> int:
        """A whole number from `first` to `last`."""
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not first <= value <= last:
            self.wrong(N_("%(where)s：%(value)s 要写成整数，并且在允许的范围内。"), key)
            return default
        return value

    def numbers(self, key: str) -> frozenset[int]:
        """A list of whole numbers above 0."""
        return frozenset(self._list(key, lambda one: one if _is_whole(one) else None))

    def flag(self, key: str) -> bool:
        """`true` or `false`; false when it is not there."""
        value = self._get(key, False)
        if not isinstance(value, bool):
            self.wrong(N_("%(where)s：%(value)s 只能写 true 或 false。"), key)
        return value is True

    def fen(self, key: str) -> int | None:
        """A sum written in yuan, as fen; None when it is not there."""
        value = self._get(key, None)
        if value is None:
            return None
        try:
            return fen_from_text("" if isinstance(value, bool) else str(value))
        except ValueError:
            self.wrong(N_("%(where)s：%(value)s 要写成元，最多两位小数，例如 3 或 2.50。"), key)
            return None

    def per_mille(self, key: str) -> int | None:
        """A percentage with at most one decimal, as thousandths; None when it is not there."""
        value = self._get(key, None)
        if value is None:
            return None
        thousandths = _thousandths(value)
        if thousandths is None:
            self.wrong(N_("%(where)s：%(value)s 要在 0 到 100 之间，最多一位小数。"), key)
        return thousandths

    def kind(self, key: str, kinds: type[Kind], default: Kind | None = None) -> Kind | None:
        """One of the kinds, in its own word or in Chinese."""
        if default is not None and not self.has(key):
            self._asked.add(key)
            return default
        value = self._get(key, "")
        word = words_of(kinds).get(value) if isinstance(value, str) else None
        if word is None:
            self.wrong(N_("%(where)s：不认识这个写法：%(value)s。"), f"{key} = {value}")
            return None
        return kinds(word)

    def kinds(self, key: str, kinds: type[Kind]) -> frozenset[Kind]:
        """A list of kinds; empty when it is not there."""
        words = words_of(kinds)
        found = self._list(key, lambda one: words.get(one) if isinstance(one, str) else None)
        return frozenset(kinds(one) for one in found)

    def divisions(self, key: str) -> tuple[str, ...]:
        """Beginnings of division codes: 2, 4, 6, 9 or 12 digits."""
        found = self._list(key, lambda one: one if PREFIX.fullmatch(str(one)) else None)
        return tuple(sorted({str(one) for one in found}))

    def ages(self, key: str) -> tuple[int, int | None]:
        """`[60]`: from 60 on; `[60, 80]`: from 60 to 79."""
        value = self._get(key, [0])
        whole = isinstance(value, list) and all(_is_whole(one, 0) and one <= 150 for one in value)
        if not whole or len(value) not in (1, 2) or (len(value) == 2 and value[0] >= value[1]):
            self.wrong(N_("%(where)s：%(value)s 写成 [60] 或 [60, 80]（不含 80）。"), key)
            return 0, None
        return value[0], value[1] if len(value) == 2 else None

    def _get(self, key: str, default: Any) -> Any:
        self._asked.add(key)
        return self._values.get(key, default)

    def _list(self, key: str, read: Any) -> list[Any]:
        """A list that is not empty, each of its values read; what reads as None is wrong."""
        if not self.has(key):
            self._asked.add(key)
            return []
        values = self._get(key, [])
        if not isinstance(values, list) or not values:
            self.wrong(N_('%(where)s：%(value)s 要写成不空的列表，例如 ["…"]。'), key)
            return []
        for value in values:
            if read(value) is None:
                self.wrong(N_("%(where)s：不认识这个写法：%(value)s。"), f"{key} = {value}")
        return [found for found in map(read, values) if found is not None]


def _is_whole(value: Any, first: int = 1) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and first <= value <= LARGEST


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _thousandths(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or not 0 < value <= 100:
        return None
    thousandths = Decimal(value) * 10
    return int(thousandths) if thousandths == int(thousandths) else None

"""From dated rows to what holds on each day."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from ylyx_site.facilities.rules.dated import Dated, in_force
from ylyx_site.shared.spans import DaySpan

Row = TypeVar("Row", bound=Dated)
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> Mapping[Key, list[Row]]:
    """Return the rows by key; a key without rows gives an empty list."""
    groups: defaultdict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def by_day(
    rows: Iterable[Row],
    key: Callable[[Row], Key],
    value: Callable[[Row], Value],
    days: DaySpan,
) -> dict[tuple[Key, date], Value]:
    """Return what holds per key and day; days before the first row of a key are left out."""
    return {
        (one, day): value(row)
        for one, group in grouped(rows, key).items()
        for day in days.days()
        if (row := in_force(group, day)) is not None
    }

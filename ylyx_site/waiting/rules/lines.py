"""The ledger of a queue as a file: one line an event, chained, without anybody's name.

Columns: line, at (Shanghai), number, event, days, hours, children, rank, until, reason, check. A
line's `check` covers the line before it, so that yesterday's file is the beginning of today's.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ylyx_site.shared.spans import TimeSpan, minute_from_text
from ylyx_site.waiting.kinds import Event, Skip

COLUMNS = (
    "line", "at", "number", "event", "days", "hours", "children", "rank", "until", "reason",
    "check",
)  # fmt: skip
CHECK_LETTERS = 16


class BadLedger(ValueError):  # noqa: N818 an answer about a file, not a bug
    """The file is no ledger of a queue, or was bent; says where."""


@dataclass(frozen=True, slots=True)
class Line:
    """An event of a queue. `at` is on Shanghai's clock; `until` a moment (offered) or a day."""

    at: datetime
    number: int
    event: Event
    days: tuple[date, ...] = ()
    span: TimeSpan | None = None
    children: int = 0
    rank: int | None = None
    until: str = ""
    reason: Skip | None = None


def written(lines: Iterable[Line]) -> Iterator[str]:
    """The file, row by row, header first. No cell can be a formula: all begin with our own."""
    yield _row(COLUMNS)
    check = ""
    for count, line in enumerate(lines, start=1):
        cells = (str(count), *_cells(line))
        check = _check(check, cells)
        yield _row((*cells, check))


def read(text: str) -> list[Line]:
    """The lines of a file; raises `BadLedger` at the first that is wrong or was changed."""
    rows = csv.reader(io.StringIO(text))
    if tuple(next(rows, ())) != COLUMNS:
        raise BadLedger("line 0: not a ledger of a queue")
    lines, check = [], ""
    for count, row in enumerate(rows, start=1):
        if len(row) != len(COLUMNS) or row[0] != str(count):
            raise BadLedger(f"line {count}: missing, moved or torn")
        check = _check(check, tuple(row[:-1]))
        if row[-1] != check:
            raise BadLedger(f"line {count}: changed, or a line before it was taken away")
        lines.append(_line(count, row))
    return lines


def _row(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _check(before: str, cells: tuple[str, ...]) -> str:
    digest = hashlib.sha256("\x1f".join((before, *cells)).encode())
    return digest.hexdigest()[:CHECK_LETTERS]


def _cells(line: Line) -> tuple[str, ...]:
    return (
        line.at.isoformat(),
        str(line.number),
        line.event.value,
        " ".join(day.isoformat() for day in line.days),
        str(line.span) if line.span else "",
        str(line.children) if line.children else "",
        "" if line.rank is None else str(line.rank),
        line.until,
        line.reason.value if line.reason else "",
    )


def _line(count: int, row: list[str]) -> Line:
    _count, at, number, event, days, hours, children, rank, until, reason, _check = row
    try:
        return Line(
            datetime.fromisoformat(at),
            int(number),
            Event(event),
            days_from_text(days),
            _span(hours),
            int(children or 0),
            int(rank) if rank else None,
            until,
            Skip(reason) if reason else None,
        )
    except ValueError as bad:
        raise BadLedger(f"line {count}: {bad}") from bad


def days_from_text(text: str) -> tuple[date, ...]:
    """Days written one after the other."""
    return tuple(date.fromisoformat(day) for day in text.split())


def _span(hours: str) -> TimeSpan | None:
    if not hours:
        return None
    start, _dash, end = hours.partition("–")
    return TimeSpan(minute_from_text(start), minute_from_text(end))

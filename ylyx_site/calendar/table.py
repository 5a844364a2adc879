"""The calendar as a file: UTF-8 CSV with a header, one row for each day that differs. Pure."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ylyx_site.calendar.errors import BadCalendar, Problem
from ylyx_site.calendar.rules import DayKind
from ylyx_site.shared.refusals import N_

COLUMNS = ("day", "kind", "name", "source", "published_on")
KINDS = {kind.value: kind for kind in (DayKind.holiday, DayKind.working_weekend)}
LONGEST = {"name": 40, "source": 200}


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One line as it stands in the file; `line` counts from 1, the header included."""

    line: int
    day: str
    kind: str
    name: str
    source: str
    published_on: str


@dataclass(frozen=True, slots=True)
class NewDay:
    """A checked row. `published_on` is None while only the statutory days are known."""

    day: date
    kind: DayKind
    name: str
    source: str
    published_on: date | None


def rows_from(text: str) -> list[CalendarRow]:
    """The rows of a file, with or without a byte order mark; raises `BadCalendar`."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        sentence = N_("第 %(line)d 行：表头缺少 %(value)s。")
        raise BadCalendar([Problem(1, sentence, name) for name in missing])
    return [
        CalendarRow(reader.line_num, *((row[name] or "").strip() for name in COLUMNS))
        for row in reader
    ]


def checked(rows: Sequence[CalendarRow]) -> list[NewDay]:
    """The days of the rows; raises `BadCalendar` with every problem of every line."""
    problems = [] if rows else [Problem(1, N_("第 %(line)d 行以下没有日子，表是空的。"))]
    for row in rows:
        problems += _problems_of(row)
    if not problems:
        days = [_day_of(row) for row in rows]
        problems = [*_doubled(rows, days), *_half_published(rows, days)]
    if problems:
        raise BadCalendar(problems)
    return days


def _problems_of(row: CalendarRow) -> Iterator[Problem]:
    day = _date(row.day)
    if day is None:
        yield Problem(row.line, N_("第 %(line)d 行：没有“%(value)s”这一天。"), row.day)
    if row.kind not in KINDS:
        yield Problem(row.line, N_("第 %(line)d 行：不认识种类“%(value)s”。"), row.kind)
    elif row.kind == DayKind.working_weekend and day and day.isoweekday() <= 5:
        sentence = N_("第 %(line)d 行：%(value)s 不是周末，不能写成调休上班。")
        yield Problem(row.line, sentence, row.day)
    if row.published_on and _date(row.published_on) is None:
        sentence = N_("第 %(line)d 行：公布日期“%(value)s”不对。")
        yield Problem(row.line, sentence, row.published_on)
    yield from _bad_texts(row)


def _bad_texts(row: CalendarRow) -> Iterator[Problem]:
    for name, longest in LONGEST.items():
        if not 1 <= len(getattr(row, name)) <= longest:
            yield Problem(row.line, N_("第 %(line)d 行：%(value)s 没有填，或者太长。"), name)


def _day_of(row: CalendarRow) -> NewDay:
    day = date.fromisoformat(row.day)
    return NewDay(day, KINDS[row.kind], row.name, row.source, _date(row.published_on))


def _doubled(rows: Sequence[CalendarRow], days: Sequence[NewDay]) -> Iterator[Problem]:
    seen = set()
    for row, new in zip(rows, days, strict=True):
        if new.day in seen:
            yield Problem(row.line, N_("第 %(line)d 行：%(value)s 写了两次。"), row.day)
        seen.add(new.day)


def _half_published(rows: Sequence[CalendarRow], days: Sequence[NewDay]) -> Iterator[Problem]:
    """A year is either published or not: with some rows dated, nobody could tell which."""
    published = {new.day.year for new in days if new.published_on}
    for row, new in zip(rows, days, strict=True):
        if new.published_on is None and new.day.year in published:
            sentence = N_("第 %(line)d 行：%(value)s 年别的日子有公布日期，这一行没有。")
            yield Problem(row.line, sentence, str(new.day.year))


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None  # no 20260101, no 2026-W01-1

"""What keeps a child from being checked in [托育机构管理规范(试行); 托儿所幼儿园卫生保健工作规范].

Before the first day: agreement, health check, vaccinations in order or deferred. A health check
counts for some months (three), and as long as the child is never away from any nursery for longer.
"""

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from ylyx_site.entry.kinds import LASTING, Lack, PaperKind


@dataclass(frozen=True, slots=True)
class EntryTerms:
    """A district's figures: months away after which a check is due; months that papers are kept.

    The defaults hold until the district sets its own.
    """

    away_months: int = 3
    keep_months: int = 12


class Filed(NamedTuple):
    """A confirmed paper."""

    kind: PaperKind
    facility_id: int | None
    dated_on: date
    valid_until: date | None
    case_id: int | None


class Case(NamedTuple):
    """An illness: from the day it began until `back_on`, on which the child may come again."""

    id: int
    fell_ill_on: date
    back_on: date
    needs_paper: bool


@dataclass(frozen=True, slots=True)
class Record:
    """All that decides about one child."""

    papers: Collection[Filed] = ()
    cases: Collection[Case] = ()
    last_there: date | None = None  # the last day, before the day asked for, at any nursery


def lacks(record: Record, facility_id: int, day: date, terms: EntryTerms) -> tuple[Lack, ...]:
    """What is missing at this nursery on this day; nothing when the child may come in."""
    return (*_after_illness(record, day), *_papers(record, facility_id, day, terms))


def back_on(fell_ill_on: date, days: int) -> date:
    """The first day on which a child may come again."""
    return fell_ill_on + timedelta(days=days)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def check_due(record: Record, day: date, terms: EntryTerms) -> date | None:
    """The day from which the latest health check does not count any more; None without one."""
    checks = [
        one.dated_on
        for one in record.papers
        if one.kind is PaperKind.HEALTH_CHECK and one.dated_on <= day
    ]
    if not checks:
        return None
    last = max(*checks, record.last_there or date.min)
    return months_after(last, terms.away_months) + timedelta(days=1)


def _after_illness(record: Record, day: date) -> list[Lack]:
    cases = [one for one in record.cases if one.fell_ill_on <= day]
    shown = {one.case_id for one in record.papers if one.kind is PaperKind.RETURN}
    found = []
    if any(day < one.back_on for one in cases):
        found.append(Lack.AWAY)
    if any(one.needs_paper and one.id not in shown for one in cases):
        found.append(Lack.RETURN)
    return found


def _papers(record: Record, facility_id: int, day: date, terms: EntryTerms) -> list[Lack]:
    counting = [one for one in record.papers if _counts(one, day)]
    found = []
    if not any(
        one.kind is PaperKind.AGREEMENT and one.facility_id == facility_id for one in counting
    ):
        found.append(Lack.AGREEMENT)
    due = check_due(record, day, terms)
    if due is None:
        found.append(Lack.HEALTH_CHECK)
    elif day >= due:
        found.append(Lack.HEALTH_CHECK_AGAIN)
    if not any(one.kind in LASTING for one in counting):
        found.append(Lack.VACCINATION)
    return found


def _counts(one: Filed, day: date) -> bool:
    return one.dated_on <= day and (one.valid_until is None or day <= one.valid_until)

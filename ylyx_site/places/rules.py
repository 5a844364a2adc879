"""Where more is booked than may be, told by day; how much may be held, and how often. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from ylyx_site.places.claims import Claim, Run
from ylyx_site.shared.spans import SLOT_MINUTES, TimeSpan

HELD_MINUTES, HELD_MINUTES_LONG = 10, 20  # the longer for clerks and in the senior edition
MOST_PLACES = 20  # children × days that one hold may keep
MOST_AT_ONCE = 2  # nurseries at which an account holds
MOST_AN_HOUR = 8


class Held(NamedTuple):
    """A hold of an account: where, since when, until when, whether it still keeps places."""

    facility_id: int
    held_at: datetime
    expires_at: datetime
    keeps: bool


def is_too_wide(runs: Iterable[Run]) -> bool:
    """Whether a hold would keep more than an account may: counted in the house's or a class's days.

    Each child's day takes from two resources; the resource with the most days counts.
    """
    days: Counter[int] = Counter()
    for (resource_id, _day), parts in groupby(runs, key=lambda run: (run.resource_id, run.day)):
        days[resource_id] += max(run.places for run in parts)
    return max(days.values(), default=0) > MOST_PLACES


def is_too_often(lately: Sequence[Held], facility_id: int, now: datetime) -> bool:
    """Whether an account has held enough: at other nurseries too, or again and again.

    `lately` are its holds of the last hour; the one at this nursery is about to be let go.
    """
    elsewhere = {
        one.facility_id
        for one in lately
        if one.keeps and one.expires_at > now and one.facility_id != facility_id
    }
    return len(elsewhere) >= MOST_AT_ONCE or len(lately) >= MOST_AN_HOUR


def turned(claims: Iterable[Claim]) -> list[Claim]:
    """The same claims, to be given back instead of taken."""
    return [replace(one, count=-one.count) for one in claims]


class Excess(NamedTuple):
    """A half hour in which more are booked than may be; nobody is dropped, nobody let in."""

    resource_id: int
    day: date
    slot: int
    taken: int
    wanted: int

    @property
    def over(self) -> int:
        """How many too many."""
        return self.taken - self.wanted


@dataclass(frozen=True, slots=True)
class OverDay:
    """A resource's day over its limit: in which hours, and the numbers of its worst half hour."""

    day: date
    resource_id: int
    spans: tuple[TimeSpan, ...]
    taken: int
    wanted: int

    @property
    def over(self) -> int:
        """How many too many, at most."""
        return self.taken - self.wanted


def over_days(excess: Iterable[Excess]) -> list[OverDay]:
    """Half hours that are over, told by day and resource, in order."""
    ordered = sorted(excess, key=lambda one: (one.day, one.resource_id, one.slot))
    return [
        _over_day(list(rows))
        for _, rows in groupby(ordered, key=lambda one: (one.day, one.resource_id))
    ]


def worse(before: Iterable[Excess], after: Iterable[Excess]) -> list[Excess]:
    """What is over now and was not, or not by as many: what a change would bring about."""
    known = {(one.resource_id, one.day, one.slot): one.over for one in before}
    return [one for one in after if one.over > known.get((one.resource_id, one.day, one.slot), 0)]


def spans_of(slots: Sequence[int]) -> tuple[TimeSpan, ...]:
    """Half hours in order as spans, those in a row as one."""
    firsts = [slot for slot in slots if slot - 1 not in slots]
    lasts = [slot for slot in slots if slot + 1 not in slots]
    return tuple(
        TimeSpan(first * SLOT_MINUTES, (last + 1) * SLOT_MINUTES)
        for first, last in zip(firsts, lasts, strict=True)
    )


def _over_day(rows: Sequence[Excess]) -> OverDay:
    worst = max(rows, key=lambda one: one.over)
    spans = spans_of([one.slot for one in rows])
    return OverDay(worst.day, worst.resource_id, spans, worst.taken, worst.wanted)

"""Where more is booked than may be, told by day. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from ylyx_site.shared.spans import SLOT_MINUTES, TimeSpan


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

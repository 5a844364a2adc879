"""The order of a queue: the published rule.

Priority groups first, by their rank; then whoever joined earlier; then the earlier number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ylyx_site.shared.spans import TimeSpan

ORDINARY = 100  # the rank of whoever has no priority; smaller is earlier


@dataclass(frozen=True, slots=True)
class Priority:
    """A confirmed priority: its group's rank, and the first and last day on which it counts."""

    rank: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody in the queue of one facility. `days` are those still waited for, in order."""

    number: int
    joined_at: datetime
    span: TimeSpan
    days: tuple[date, ...]
    priorities: tuple[Priority, ...] = ()

    def rank_on(self, day: date) -> int:
        """The best rank that counts on a day."""
        return rank_on(self.priorities, day)

    def wants(self, days: Iterable[date], span: TimeSpan) -> bool:
        """Whether they wait for an hour of these, on one of these days."""
        return self.span.overlaps(span) and not set(self.days).isdisjoint(days)


def rank_on(priorities: Iterable[Priority], day: date) -> int:
    """The best rank that counts on a day; `ORDINARY` without any."""
    held = (one.rank for one in priorities if one.first <= day <= one.last)
    return min(held, default=ORDINARY)


def order_key(one: Waiting, day: date) -> tuple[int, datetime, int]:
    """By this the queue is sorted on a day; no two are equal, since numbers differ."""
    return one.rank_on(day), one.joined_at, one.number


def in_order(queue: Iterable[Waiting], day: date) -> list[Waiting]:
    """The queue as it stands on a day."""
    return sorted(queue, key=lambda one: order_key(one, day))


def ahead_of(me: Waiting, queue: Sequence[Waiting], day: date) -> list[Waiting]:
    """Those before me in the queue who wait for an hour of mine."""
    mine = order_key(me, day)
    return [
        one
        for one in queue
        if order_key(one, day) < mine and one.wants(me.days, me.span)
    ]  # fmt: skip

"""What a booking takes from the ledger. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ylyx_site.shared.spans import TimeSpan


@dataclass(frozen=True, slots=True)
class Claim:
    """`count` places of a resource on a day for the half hours of a span."""

    resource_id: int
    day: date
    span: TimeSpan
    count: int = 1


class Run(NamedTuple):
    """Half hours `first` to `end` (not included) of a resource's day, so many places in each."""

    resource_id: int
    day: date
    first: int
    end: int
    places: int


def runs_of(claims: Iterable[Claim]) -> list[Run]:
    """Claims added up by half hour and cut into runs, in (resource, day, half hour) order.

    The order is the order of locking; no half hour appears twice.
    """
    wanted: dict[tuple[int, date], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for claim in claims:
        for slot in claim.span.slots:
            wanted[claim.resource_id, claim.day][slot] += claim.count
    return [
        Run(resource_id, day, *run)
        for (resource_id, day), slots in sorted(wanted.items())
        for run in _runs(slots)
    ]


def _runs(slots: dict[int, int]) -> Iterator[tuple[int, int, int]]:
    start = last = None
    for slot in sorted(slots):
        if start is not None and last is not None:
            if slot == last + 1 and slots[slot] == slots[start]:
                last = slot
                continue
            yield start, last + 1, slots[start]
        start = last = slot
    if start is not None and last is not None:
        yield start, last + 1, slots[start]

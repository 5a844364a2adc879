"""Who counts in a half hour, and how many are needed. Pure.

托育机构设置标准(试行), 国卫人口发〔2019〕58号: one carer for at most so many children of a class.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from ylyx_site.shared.spans import TimeSpan
from ylyx_site.staffing.kinds import CertificateKind, Job, ShiftKind

ENDING_SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate, both days included."""

    kind: CertificateKind
    valid_from: date
    valid_to: date

    def holds(self, day: date) -> bool:
        """Whether it is valid on a day."""
        return self.valid_from <= day <= self.valid_to


@dataclass(frozen=True, slots=True)
class Duty:
    """A shift as far as it matters for the ratio; `counts` by `counts_for_ratio`."""

    carer_id: int
    class_id: int | None
    day: date
    span: TimeSpan
    counts: bool


def has_health_certificate(papers: Iterable[Paper], day: date) -> bool:
    """Whether a health certificate holds on a day; its last day is one of them."""
    return any(one.kind is CertificateKind.HEALTH and one.holds(day) for one in papers)


def ends_soon(papers: Iterable[Paper], kind: CertificateKind, today: date) -> bool:
    """Whether the last certificate of a kind ends within 30 days."""
    last = max((one.valid_to for one in papers if one.kind is kind), default=None)
    return last is not None and today <= last <= today + ENDING_SOON


def counts_for_ratio(job: Job, kind: ShiftKind, papers: Iterable[Paper], day: date) -> bool:
    """Whether somebody counts: a carer, on duty, with a valid health certificate that day."""
    is_caring = job is Job.CARER and kind is ShiftKind.DUTY
    return is_caring and has_health_certificate(papers, day)


def carers_needed(children: int, children_per_carer: int) -> int:
    """How many carers so many children of one class need: rounded up, class by class."""
    return -(-children // children_per_carer)


def room(cap: int, carers: int, children_per_carer: int) -> int:
    """How many children a class may hold with so many carers on duty."""
    return min(cap, carers * children_per_carer)


def carers_by_slot(duties: Iterable[Duty]) -> Mapping[tuple[int, date], Mapping[int, int]]:
    """(class, day) → half hour → how many carers count there; half hours without any are absent.

    A half hour counts only when a shift covers all of it.
    """
    there: defaultdict[tuple[int, date], defaultdict[int, set[int]]]
    there = defaultdict(lambda: defaultdict(set))
    for one in duties:
        if one.counts and one.class_id is not None:
            for slot in range(-(-one.span.start // 30), one.span.end // 30):
                there[one.class_id, one.day][slot].add(one.carer_id)
    return {
        key: {slot: len(carers) for slot, carers in sorted(slots.items())}
        for key, slots in there.items()
    }


def runs_of(by_slot: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """Half hours in runs (first, end, carers) of the same number, in order."""
    slots = sorted(by_slot)
    runs = []
    for _, group in groupby(enumerate(slots), key=lambda one: (one[1] - one[0], by_slot[one[1]])):
        run = [slot for _, slot in group]
        runs.append((run[0], run[-1] + 1, by_slot[run[0]]))
    return runs

"""A day of a class by half hour: how many are needed, there and short; who could step in. Pure."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ylyx_site.shared.spans import SLOT_MINUTES, TimeSpan
from ylyx_site.staffing.rules.counting import carers_needed, room


@dataclass(frozen=True, slots=True)
class Half:
    """A half hour of a class: children booked, carers needed and there, children it may hold."""

    slot: int
    children: int
    needed: int
    there: int
    room: int

    @property
    def short(self) -> int:
        """How many carers are missing."""
        return max(0, self.needed - self.there)

    @property
    def over(self) -> int:
        """How many children are booked beyond what may be."""
        return max(0, self.children - self.room)

    @property
    def numbers(self) -> tuple[int, int, int, int]:
        """What makes two half hours alike."""
        return self.children, self.needed, self.there, self.room


@dataclass(frozen=True, slots=True)
class Stretch:
    """Half hours in a row that are alike."""

    span: TimeSpan
    half: Half


@dataclass(frozen=True, slots=True)
class Shortage:
    """A stretch of a class in which carers are missing, at most so many."""

    class_id: int
    span: TimeSpan
    short: int


@dataclass(frozen=True, slots=True)
class ClassDay:
    """A class on a day, by half hour."""

    class_id: int
    name: str
    cap: int
    children_per_carer: int
    halves: tuple[Half, ...]

    @property
    def by_slot(self) -> Mapping[int, Half]:
        """The half hours by their number."""
        return {one.slot: one for one in self.halves}

    @property
    def stretches(self) -> list[Stretch]:
        """The day in stretches."""
        return [
            Stretch(_span(run), run[0]) for run in _runs(self.halves, lambda one: one.numbers)
        ]  # fmt: skip

    @property
    def shortages(self) -> list[Shortage]:
        """Where carers are missing; half hours in a row with as many missing are one."""
        return [
            Shortage(self.class_id, _span(run), run[0].short)
            for run in _runs(self.halves, lambda one: one.short)
            if run[0].short
        ]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the house who counts when on duty that day; `busy` are 48 bits."""

    carer_id: int
    name: str
    busy: int


def class_day(
    class_id: int,
    name: str,
    cap: int,
    children_per_carer: int,
    *,
    children: Mapping[int, int],
    carers: Mapping[int, int],
) -> ClassDay:
    """The day of a class from children booked (by open half hour) and carers that count."""
    halves = tuple(
        Half(
            slot, booked, carers_needed(booked, children_per_carer), carers.get(slot, 0),
            room(cap, carers.get(slot, 0), children_per_carer),
        )
        for slot, booked in sorted(children.items())
    )  # fmt: skip
    return ClassDay(class_id, name, cap, children_per_carer, halves)


def who_could(candidates: Iterable[Candidate], span: TimeSpan) -> list[Candidate]:
    """Those who are free for the whole of a span."""
    return [one for one in candidates if not one.busy & span.mask]


def _runs(halves: Sequence[Half], alike: Callable[[Half], Hashable]) -> list[list[Half]]:
    groups = groupby(enumerate(halves), key=lambda one: (one[1].slot - one[0], alike(one[1])))
    return [[half for _, half in group] for _, group in groups]


def _span(run: list[Half]) -> TimeSpan:
    return TimeSpan(run[0].slot * SLOT_MINUTES, (run[-1].slot + 1) * SLOT_MINUTES)

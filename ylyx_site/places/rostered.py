"""How many carers a class has by half hour: rows that `staffing` leaves and publishing reads.

Numbers of carers, not of children: a ratio or a class that changes is followed without `staffing`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.models import CareClass
from ylyx_site.places.models import CarersOnDuty, RosterDay
from ylyx_site.shared.spans import DaySpan


class DutyRun(NamedTuple):
    """So many carers count in a class in the half hours `first` to `end` (not included)."""

    class_id: int
    day: date
    first: int
    end: int
    carers: int


class Room(NamedTuple):
    """So many children fit by the carers on duty in the half hours `first` to `end`."""

    first: int
    end: int
    children: int


@dataclass(frozen=True, slots=True)
class Rostered:
    """The (facility, day) pairs limited by a roster, and the room of classes on them."""

    days: Collection[tuple[int, date]] = frozenset()
    rooms: Mapping[tuple[int, date], Sequence[Room]] = field(default_factory=dict)


def set_carers(
    session: Session,
    facility_id: int,
    days: DaySpan,
    roster_days: Iterable[date],
    runs: Iterable[DutyRun],
) -> None:
    """Replace what is known of a facility's carers on these days; publishing must follow.

    Days that are not among `roster_days` are limited by the caps of the classes alone.
    """
    classes = sa.select(CareClass.id).where(CareClass.facility_id == facility_id)
    for gone in (
        sa.delete(RosterDay).where(
            RosterDay.facility_id == facility_id, RosterDay.day.between(days.first, days.last)
        ),
        sa.delete(CarersOnDuty).where(
            CarersOnDuty.class_id.in_(classes), CarersOnDuty.day.between(days.first, days.last)
        ),
    ):
        session.execute(gone.execution_options(synchronize_session=False))
    limited = [{"facility_id": facility_id, "day": day} for day in sorted(roster_days)]
    if limited:
        session.execute(sa.insert(RosterDay), limited)
    rows = [run._asdict() for run in runs]
    if rows:
        session.execute(sa.insert(CarersOnDuty), rows)


def rostered_between(
    session: Session, facility_ids: Collection[int], first: date, last: date
) -> Rostered:
    """What rosters say of these facilities; one small query where none keeps one, else two."""
    pairs = session.execute(
        sa.select(RosterDay.facility_id, RosterDay.day).where(
            RosterDay.facility_id.in_(facility_ids), RosterDay.day.between(first, last)
        )
    )
    days = {(facility_id, day) for facility_id, day in pairs}
    if not days:
        return Rostered()
    rows = session.execute(
        sa.select(
            CarersOnDuty.class_id,
            CarersOnDuty.day,
            CarersOnDuty.first,
            CarersOnDuty.end,
            CarersOnDuty.carers * CareClass.children_per_carer,
        )
        .join(CareClass, CareClass.id == CarersOnDuty.class_id)
        .where(
            CareClass.facility_id.in_({one[0] for one in days}),
            CarersOnDuty.day.between(first, last),
        )
        .order_by(CarersOnDuty.class_id, CarersOnDuty.day, CarersOnDuty.first)
    )
    rooms: defaultdict[tuple[int, date], list[Room]] = defaultdict(list)
    for class_id, day, start, end, children in rows:
        rooms[class_id, day].append(Room(start, end, children))
    return Rostered(days, rooms)


def under(slots: range, cap: int, rooms: Iterable[Room]) -> Iterator[tuple[int, int, int]]:
    """Cut open half hours into runs (first, end, limit): no more than the cap or the room."""
    by_slot = {slot: room.children for room in rooms for slot in range(room.first, room.end)}
    limits = ((slot, min(cap, by_slot.get(slot, 0))) for slot in slots)
    for limit, run in groupby(limits, key=lambda one: one[1]):
        run_slots = [slot for slot, _ in run]
        yield run_slots[0], run_slots[-1] + 1, limit

"""Shifts of a facility, and which days its roster limits."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.places.models import BusyDay
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import DaySpan, TimeSpan
from ylyx_site.staffing.kinds import ShiftKind
from ylyx_site.staffing.models import Carer, RosterStart, RosterWeek, Shift
from ylyx_site.staffing.queries.carers import CarerFacts, carers_of
from ylyx_site.staffing.rules.board import Candidate
from ylyx_site.staffing.rules.counting import Duty, counts_for_ratio

CARER = "carer"  # whose half hours `places.busy` keeps: a worker's, over all facilities
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """A shift with whose it is."""

    id: int
    carer: CarerFacts
    class_id: int | None
    day: date
    span: TimeSpan
    kind: ShiftKind

    @property
    def counts(self) -> bool:
        """Whether it counts for the ratio."""
        return counts_for_ratio(self.carer.job, self.kind, self.carer.papers, self.day)

    @property
    def duty(self) -> Duty:
        """What the rules look at."""
        return Duty(self.carer.id, self.class_id, self.day, self.span, self.counts)

    def on_leave(self) -> "ShiftFacts":
        """The same shift if its carer were not there."""
        return replace(self, kind=ShiftKind.LEAVE)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def shifts_between(session: Session, facility_id: int, days: DaySpan) -> list[ShiftFacts]:
    """Return the shifts of these days by day, start and name; three queries in all."""
    carers = {one.id: one for one in carers_of(session, facility_id, days.first)}
    rows = session.scalars(
        sa.select(Shift).where(
            Shift.facility_id == facility_id, Shift.day.between(days.first, days.last)
        )
    )
    found = [_facts(row, carers[row.carer_id]) for row in rows if row.carer_id in carers]
    return sorted(found, key=lambda one: (one.day, one.span, one.carer.name, one.id))


def shift_of(session: Session, facility_id: int, shift_id: int) -> Shift:
    """The row of a facility's shift; raises `NotFound` for any other."""
    row = session.scalar(
        sa.select(Shift).where(Shift.id == shift_id, Shift.facility_id == facility_id)
    )
    if row is None:
        raise NotFound
    return row


def days_of_carer(session: Session, carer_id: int, first: date) -> list[date]:
    """The days, from `first` on, on which a carer has a shift, in order."""
    return list(
        session.scalars(
            sa.select(Shift.day)
            .where(Shift.carer_id == carer_id, Shift.day >= first)
            .distinct()
            .order_by(Shift.day)
        )
    )


def counts_from(session: Session, facility_id: int) -> date | None:
    """From which day on the roster limits the places of a facility; None: it does not."""
    found: date | None = session.scalar(
        sa.select(RosterStart.from_day).where(RosterStart.facility_id == facility_id)
    )
    return found


def planned_days(session: Session, facility_id: int, days: DaySpan) -> list[date]:
    """Days of weeks that have been planned, whether the roster counts by then or not."""
    mondays = set(
        session.scalars(
            sa.select(RosterWeek.monday).where(
                RosterWeek.facility_id == facility_id,
                RosterWeek.monday.between(monday_of(days.first), days.last),
            )
        )
    )
    return [day for day in days.days() if monday_of(day) in mondays]


def limited_days(session: Session, facility_id: int, days: DaySpan) -> list[date]:
    """Days on which the roster limits the places: planned, and not before it counts."""
    start = counts_from(session, facility_id)
    if start is None:
        return []
    return [day for day in planned_days(session, facility_id, days) if day >= start]


def last_planned_day(session: Session, facility_id: int) -> date | None:
    """The Sunday of the last planned week."""
    monday: date | None = session.scalar(
        sa.select(sa.func.max(RosterWeek.monday)).where(RosterWeek.facility_id == facility_id)
    )
    return None if monday is None else monday + 6 * ONE_DAY


def candidates(
    session: Session, facility_id: int, days: Collection[date]
) -> dict[date, list[Candidate]]:
    """Who of the house would count on each day, with when they are busy anywhere."""
    if not days:
        return {}
    carers = carers_of(session, facility_id, min(days))
    workers = {one.worker_id for one in carers}
    busy = busy_masks(session, workers, DaySpan(min(days), max(days)))
    return {
        day: [
            Candidate(one.id, one.name, busy.get((one.worker_id, day), 0))
            for one in carers
            if one.may_count(day)
        ]
        for day in days
    }


def busy_masks(
    session: Session, worker_ids: Collection[int], days: DaySpan
) -> dict[tuple[int, date], int]:
    """When these workers are busy anywhere: (worker, day) → half hours as a mask."""
    rows = session.execute(
        sa.select(BusyDay.who_id, BusyDay.day, BusyDay.slots).where(
            BusyDay.who == CARER,
            BusyDay.who_id.in_(worker_ids),
            BusyDay.day.between(days.first, days.last),
        )
    )
    return {(who_id, day): slots for who_id, day, slots in rows}


def live_presences(session: Session) -> dict[tuple[int, date], int]:
    """(worker, day) → the half hours of all shifts as a mask, for the audit of the ledger."""
    rows = session.execute(
        sa.select(Carer.worker_id, Shift.day, Shift.starts, Shift.ends).join(
            Carer, Carer.id == Shift.carer_id
        )
    )
    live: dict[tuple[int, date], int] = {}
    for worker_id, day, starts, ends in rows:
        key = worker_id, day
        live[key] = live.get(key, 0) | TimeSpan(starts, ends).mask
    return live


def duties(shifts: Iterable[ShiftFacts]) -> list[Duty]:
    """What the rules look at of these shifts."""
    return [one.duty for one in shifts]


def _facts(row: Shift, carer: CarerFacts) -> ShiftFacts:
    span = TimeSpan(row.starts, row.ends)
    return ShiftFacts(row.id, carer, row.class_id, row.day, span, row.kind)

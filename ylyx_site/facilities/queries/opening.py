"""When facilities are open: for many of them and many days, in three queries."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.calendar.rules import WorkingCalendar
from ylyx_site.facilities.kinds import ClosureKind
from ylyx_site.facilities.models import Closure, Opening, WorkingWeekend
from ylyx_site.facilities.queries.dated import grouped
from ylyx_site.facilities.rules.dated import in_force
from ylyx_site.facilities.rules.opening import Closing, DayOpening, day_opening
from ylyx_site.shared import clock
from ylyx_site.shared.spans import DaySpan, TimeSpan


@dataclass(frozen=True, slots=True)
class ClosureFacts:
    """A closure, both days included; lifted ones still shut the days before they were lifted."""

    id: int
    facility_id: int
    first_day: date
    last_day: date
    kind: ClosureKind
    reason: str
    lifted_at: datetime | None

    def shuts(self, day: date) -> bool:
        """Whether it shuts (or did shut) the facility on that day."""
        lifted = self.lifted_at is not None and day >= clock.day_of(self.lifted_at)
        return self.first_day <= day <= self.last_day and not lifted


def opening_on(
    session: Session,
    facility_ids: Collection[int],
    first: date,
    last: date,
    calendar: WorkingCalendar,
) -> dict[tuple[int, date], DayOpening]:
    """Return the opening of each facility on each day, both included; three queries in all.

    `calendar` must cover the days: `calendar.queries.working_calendar(session, first, last)`.
    """
    weeks = _weeks(session, facility_ids, last)
    weekends = _weekends(session, facility_ids, first, last)
    closures = grouped_closures(_closures(session, facility_ids, first, last))
    opening = {}
    for facility_id in facility_ids:
        for day in DaySpan(first, last).days():
            opening[facility_id, day] = day_opening(
                day,
                calendar.kind(day),
                _usual(weeks.get((facility_id, day.isoweekday()), ()), day),
                weekends.get((facility_id, day)),
                _closing(closures.get(facility_id, ()), day),
            )
    return opening


def week_of(session: Session, facility_id: int, day: date) -> dict[int, TimeSpan | None]:
    """Return the usual hours by ISO weekday (1 to 7) as they hold on a day; None is shut."""
    weeks = _weeks(session, [facility_id], day)
    return {weekday: _usual(weeks.get((facility_id, weekday), ()), day) for weekday in range(1, 8)}


def closures_of(session: Session, facility_id: int, first: date, last: date) -> list[ClosureFacts]:
    """Return the closures that touch those days, earliest first, lifted ones left out."""
    found = _closures(session, [facility_id], first, last)
    return [closure for closure in found if closure.lifted_at is None]


def grouped_closures(closures: Iterable[ClosureFacts]) -> Mapping[int, list[ClosureFacts]]:
    """Return closures by facility."""
    groups: dict[int, list[ClosureFacts]] = {}
    for closure in closures:
        groups.setdefault(closure.facility_id, []).append(closure)
    return groups


def _weeks(
    session: Session, facility_ids: Collection[int], last: date
) -> Mapping[tuple[int, int], list[Opening]]:
    rows = session.scalars(
        sa.select(Opening).where(Opening.facility_id.in_(facility_ids), Opening.from_day <= last)
    )
    return grouped(rows, lambda row: (row.facility_id, row.weekday))


def _usual(rows: Iterable[Opening], day: date) -> TimeSpan | None:
    row = in_force(rows, day)
    if row is None or row.opens is None or row.closes is None:
        return None
    return TimeSpan(row.opens, row.closes)


def _weekends(
    session: Session, facility_ids: Collection[int], first: date, last: date
) -> dict[tuple[int, date], TimeSpan]:
    rows = session.scalars(
        sa.select(WorkingWeekend).where(
            WorkingWeekend.facility_id.in_(facility_ids),
            WorkingWeekend.day.between(first, last),
        )
    )
    return {(row.facility_id, row.day): TimeSpan(row.opens, row.closes) for row in rows}


def _closures(
    session: Session, facility_ids: Collection[int], first: date, last: date
) -> list[ClosureFacts]:
    rows = session.execute(
        sa.select(
            Closure.id,
            Closure.facility_id,
            Closure.first_day,
            Closure.last_day,
            Closure.kind,
            Closure.reason,
            Closure.lifted_at,
        )
        .where(
            Closure.facility_id.in_(facility_ids),
            Closure.first_day <= last,
            Closure.last_day >= first,
        )
        .order_by(Closure.first_day, Closure.id)
    )
    return [ClosureFacts(*row) for row in rows]


def _closing(closures: Iterable[ClosureFacts], day: date) -> Closing | None:
    """An emergency is told before a closure of one's own."""
    shutting = [closure for closure in closures if closure.shuts(day)]
    shutting.sort(key=lambda closure: closure.kind is not ClosureKind.EMERGENCY)
    return Closing(shutting[0].kind, shutting[0].reason) if shutting else None

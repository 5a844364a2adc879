"""Publishing days: slots exist before anybody books, with the limits that the register gives."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.facilities import queries as facilities
from ylyx_site.facilities.kinds import FacilityKind, Filing
from ylyx_site.facilities.models import CareClass, Facility, stamp_name
from ylyx_site.places.gains import mark
from ylyx_site.places.models import PlaceDay, PlaceSlot, Resource, ResourceKind
from ylyx_site.places.rostered import rostered_between, under
from ylyx_site.places.rules import Excess
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.spans import DaySpan
from ylyx_site.shared.stamps import stamp

DAYS_AHEAD = 60

# One statement for a run of half hours; the recursion is the portable way to count to twenty.
PUT_RUN = """
INSERT INTO place_slot (resource_id, day, slot, wanted, capacity, taken)
WITH RECURSIVE n(slot) AS (
  SELECT CAST(:first AS int) UNION ALL SELECT slot + 1 FROM n WHERE slot + 1 < :end
)
SELECT :resource_id, :day, n.slot, :wanted, :wanted, 0 FROM n WHERE true
ON CONFLICT (resource_id, day, slot) DO UPDATE
SET wanted = excluded.wanted, capacity = {greatest}(excluded.wanted, place_slot.taken)
"""


class Limit(NamedTuple):
    """What a resource may hold on a day, in its open half hours."""

    resource_id: int
    day: date
    first: int
    end: int
    wanted: int


def publish_days(
    session: Session, facility_ids: Iterable[int], first: date, last: date
) -> list[Excess]:
    """Bring the slots of these facilities from `first` to `last` in line with the register.

    Creates what is missing, moves limits, never drops what is booked; returns where more is
    taken than wanted now. Only filed nurseries have slots; those of one that no longer is filed
    keep what is booked and let nothing in.
    """
    facility_ids = sorted(facility_ids)
    lock_houses(session, facility_ids)
    stamp(session, [stamp_name(one) for one in facility_ids])
    mark(session, facility_ids)  # a limit that rises is a gain too
    resources = _resources(session, facility_ids)
    if not resources or last < first:
        return []
    # Locked before the register is read: whoever changed it before us has committed by then.
    _lock_headers(session, resources, DaySpan(first, last))
    limits = _limits(session, resources, DaySpan(first, last))
    _shut(session, resources, DaySpan(first, last))
    _put(session, [one for one in limits if one.wanted])
    _sweep_empty(session, resources, DaySpan(first, last))
    # Open half hours without a carer stay as rows: full, not shut.
    _put(session, [one for one in limits if not one.wanted])
    return excess(session, [one.id for one in resources], first, last)


def extend(session: Session, today: date) -> int:
    """Publish, for every filed nursery, the days up to `DAYS_AHEAD` that are not there yet.

    Returns how many facilities got new days. Idempotent; the daily sweep calls it.
    """
    last = today + timedelta(days=DAYS_AHEAD)
    published = _published_until(session)
    due: dict[date, list[int]] = {}
    for facility_id in session.scalars(_filed_nurseries()):
        until = published.get(facility_id)
        first = max(today, until + timedelta(days=1)) if until else today
        if first <= last:
            due.setdefault(first, []).append(facility_id)
    for first, facility_ids in sorted(due.items()):
        publish_days(session, facility_ids, first, last)
    return sum(len(facility_ids) for facility_ids in due.values())


def republish(session: Session, facility_id: int, first: date) -> list[Excess]:
    """Bring all published days of a facility from `first` on in line after a change."""
    last = published_until(session, facility_id)
    if last is None or last < first:
        return []
    return publish_days(session, [facility_id], first, last)


def published_until(session: Session, facility_id: int) -> date | None:
    """The last day that has been published for a facility, open or not."""
    last: date | None = session.scalar(
        sa.select(sa.func.max(PlaceDay.day))
        .join(Resource, Resource.id == PlaceDay.resource_id)
        .where(Resource.facility_id == facility_id)
    )
    return last


def lock_houses(session: Session, facility_ids: Iterable[int]) -> None:
    """Let one at a time change what these facilities may hold; bookings do not wait for it."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            sa.text(
                "SELECT 1 FROM place_resource WHERE facility_id = ANY(:ids) AND kind = :kind"
                " ORDER BY id FOR NO KEY UPDATE"
            ),
            {"ids": sorted(facility_ids), "kind": ResourceKind.FACILITY.value},
        )


def excess(session: Session, resource_ids: list[int], first: date, last: date) -> list[Excess]:
    """Half hours in which these resources hold more than they should, in order."""
    rows = session.execute(
        sa.select(
            PlaceSlot.resource_id, PlaceSlot.day, PlaceSlot.slot, PlaceSlot.taken, PlaceSlot.wanted
        )
        .where(
            PlaceSlot.resource_id.in_(resource_ids),
            PlaceSlot.day.between(first, last),
            PlaceSlot.taken > PlaceSlot.wanted,
        )
        .order_by(PlaceSlot.day, PlaceSlot.resource_id, PlaceSlot.slot)
    )
    return [Excess(*row) for row in rows]


def _published_until(session: Session) -> dict[int, date | None]:
    """The last published day by facility; a facility without any is None or missing."""
    rows = session.execute(
        sa.select(Resource.facility_id, sa.func.max(PlaceDay.day))
        .outerjoin(PlaceDay, PlaceDay.resource_id == Resource.id)
        .where(Resource.kind == ResourceKind.FACILITY)
        .group_by(Resource.facility_id)
    )
    return {facility_id: last for facility_id, last in rows}  # noqa: C416 rows are not pairs


def _filed_nurseries() -> sa.Select[int]:
    return sa.select(Facility.id).where(
        Facility.kind == FacilityKind.NURSERY, Facility.filing == Filing.FILED
    )


def _resources(session: Session, facility_ids: list[int]) -> list[Resource]:
    """The resources of these facilities; of those that are filed, made when missing."""
    filed = set(session.scalars(_filed_nurseries().where(Facility.id.in_(facility_ids))))
    wanted = {(ResourceKind.FACILITY, one): one for one in filed}
    for class_id, facility_id in session.execute(
        sa.select(CareClass.id, CareClass.facility_id).where(CareClass.facility_id.in_(filed))
    ):
        wanted[ResourceKind.CLASS, class_id] = facility_id
    rows = [
        {"kind": kind, "owner_id": owner_id, "facility_id": facility_id}
        for (kind, owner_id), facility_id in sorted(wanted.items())
    ]
    if rows:
        session.execute(on_conflict(session, Resource).on_conflict_do_nothing(), rows)
    ours = sa.select(Resource).where(Resource.facility_id.in_(facility_ids)).order_by(Resource.id)
    return list(session.scalars(ours))


def _limits(session: Session, resources: list[Resource], days: DaySpan) -> list[Limit]:
    """What each resource may hold on each day that its facility is open.

    On a roster day a class holds no more than its carers on duty may care for.
    """
    facility_ids = list(
        session.scalars(
            _filed_nurseries().where(Facility.id.in_({one.facility_id for one in resources}))
        )
    )
    calendar = working_calendar(session, days.first, days.last)
    openings = facilities.opening_on(session, facility_ids, days.first, days.last, calendar)
    registered = facilities.registered_places_between(session, facility_ids, days.first, days.last)
    caps = facilities.class_caps_between(session, facility_ids, days.first, days.last)
    rostered = rostered_between(session, facility_ids, days.first, days.last)
    limits = []
    for one in resources:
        if one.facility_id not in facility_ids:
            continue
        held = registered if one.kind == ResourceKind.FACILITY else caps
        for day in days.days():
            span = openings[one.facility_id, day].span
            wanted = held.get((one.owner_id, day), 0)
            if span is None or not wanted:
                continue
            runs: Iterable[tuple[int, int, int]] = [(span.slots.start, span.slots.stop, wanted)]
            if held is caps and (one.facility_id, day) in rostered.days:
                runs = under(span.slots, wanted, rostered.rooms.get((one.owner_id, day), ()))
            limits += [Limit(one.id, day, *run) for run in runs]
    return limits


def _lock_headers(session: Session, resources: list[Resource], days: DaySpan) -> None:
    """Make the day headers and lock them in (resource, day) order, as `take` does."""
    rows = [
        {"resource_id": one.id, "day": day}
        for one in sorted(resources, key=lambda each: each.id)
        for day in days.days()
    ]
    session.execute(on_conflict(session, PlaceDay).on_conflict_do_nothing(), rows)
    if session.get_bind().dialect.name == "postgresql":
        ids = [one.id for one in resources]
        session.execute(
            sa.text(
                "SELECT 1 FROM place_day WHERE resource_id = ANY(:ids)"
                " AND day BETWEEN :first AND :last ORDER BY resource_id, day FOR UPDATE"
            ),
            {"ids": ids, "first": days.first, "last": days.last},
        )


def _of(resources: list[Resource], days: DaySpan) -> sa.ColumnElement[bool]:
    ids = [one.id for one in resources]
    return sa.and_(PlaceSlot.resource_id.in_(ids), PlaceSlot.day.between(days.first, days.last))


def _shut(session: Session, resources: list[Resource], days: DaySpan) -> None:
    """Everything to nothing first: what is open is put back by `_put` in the same transaction."""
    session.execute(
        sa.update(PlaceSlot)
        .where(_of(resources, days))
        .values(wanted=0, capacity=PlaceSlot.taken)
        .execution_options(synchronize_session=False)
    )


def _put(session: Session, limits: list[Limit]) -> None:
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    put = sa.text(PUT_RUN.format(greatest="max" if is_sqlite else "greatest")).bindparams(
        sa.bindparam("day", type_=sa.Date())
    )
    if limits:
        session.execute(put, [limit._asdict() for limit in limits])


def _sweep_empty(session: Session, resources: list[Resource], days: DaySpan) -> None:
    """Half hours that are neither open nor booked need no row."""
    session.execute(
        sa.delete(PlaceSlot)
        .where(_of(resources, days), PlaceSlot.wanted == 0, PlaceSlot.taken == 0)
        .execution_options(synchronize_session=False)
    )

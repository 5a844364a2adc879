"""The terms of a facility for some days, and what is left of its places."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.childcare.rules.planning import ClassTerms, Slots, Terms
from ylyx_site.facilities import queries as facilities
from ylyx_site.facilities.kinds import Tariff
from ylyx_site.facilities.models import CareClass, CarePrice
from ylyx_site.facilities.rules import in_force
from ylyx_site.places.models import BusyDay, PlaceSlot, ResourceKind
from ylyx_site.places.queries import last_published_day, resource_ids
from ylyx_site.shared.spans import DaySpan


def terms_of(session: Session, facility_id: int, days: DaySpan) -> Terms:
    """Everything in the register that decides whether these days can be booked, and for how much.

    The facility must exist (fetch its facts first). A fixed number of queries.
    """
    calendar = working_calendar(session, days.first, days.last)
    openings = facilities.opening_on(session, [facility_id], days.first, days.last, calendar)
    resources = resource_ids(session, [facility_id])
    return Terms(
        facility_id=facility_id,
        resource_id=resources.get((ResourceKind.FACILITY, facility_id)),
        classes=_classes(session, facility_id, resources),
        openings={day: opening for (_, day), opening in openings.items()},
        prices=_prices(session, facility_id),
        hours=facilities.care_hours(session, facility_id),
        limits=facilities.limits(session, facility_id),
        calendar=calendar,
        last_day=last_published_day(session, facility_id),
    )


def _classes(
    session: Session, facility_id: int, resources: Mapping[tuple[ResourceKind, int], int]
) -> tuple[ClassTerms, ...]:
    rows = session.execute(
        sa.select(
            CareClass.id,
            CareClass.name,
            CareClass.from_months,
            CareClass.to_months,
            CareClass.ended_on,
        )
        .where(CareClass.facility_id == facility_id)
        .order_by(CareClass.from_months, CareClass.id)
    )
    return tuple(
        ClassTerms(class_id, name, resources[ResourceKind.CLASS, class_id], youngest, oldest, ends)
        for class_id, name, youngest, oldest, ends in rows
        if (ResourceKind.CLASS, class_id) in resources
    )


def _prices(session: Session, facility_id: int) -> Callable[[date], Mapping[Tariff, int]]:
    """Prices by day: read once, looked up for each day."""
    rows = defaultdict(list)
    for row in session.scalars(sa.select(CarePrice).where(CarePrice.facility_id == facility_id)):
        rows[row.tariff].append(row)

    def on(day: date) -> Mapping[Tariff, int]:
        held = {tariff: in_force(dated, day) for tariff, dated in rows.items()}
        return {tariff: row.fen for tariff, row in held.items() if row is not None}

    return on


def slots_left(session: Session, resources: Collection[int], days: Collection[date]) -> Slots:
    """Places left by (resource, day) and half hour; what was never published is not there."""
    left: dict[tuple[int, date], dict[int, int]] = {}
    rows = session.execute(
        sa.select(
            PlaceSlot.resource_id,
            PlaceSlot.day,
            PlaceSlot.slot,
            PlaceSlot.capacity - PlaceSlot.taken,
        ).where(PlaceSlot.resource_id.in_(resources), PlaceSlot.day.in_(days))
    )
    for resource_id, day, slot, free in rows:
        left.setdefault((resource_id, day), {})[slot] = free
    return left


def busy_slots(
    session: Session, child_ids: Collection[int], days: Collection[date]
) -> dict[tuple[int, date], int]:
    """The half hours in which these children are somewhere already, as masks."""
    rows = session.execute(
        sa.select(BusyDay.who_id, BusyDay.day, BusyDay.slots).where(
            BusyDay.who == "child", BusyDay.who_id.in_(child_ids), BusyDay.day.in_(days)
        )
    )
    return {(child_id, day): slots for child_id, day, slots in rows}

"""The terms of a facility for some days, and what is left of its places.

The register changes a few times a week and is read for every booking: its terms are kept in the
process under the stamps of the calendar and of the facility.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.calendar.models import STAMP as CALENDAR
from ylyx_site.calendar.queries import working_calendar
from ylyx_site.childcare.rules.planning import ClassTerms, Slots, Terms
from ylyx_site.facilities import queries as facilities
from ylyx_site.facilities.kinds import Tariff
from ylyx_site.facilities.models import CareClass, CarePrice, Facility, stamp_name
from ylyx_site.facilities.rules import in_force
from ylyx_site.places.models import PlaceHoldClaim, PlaceSlot, ResourceKind
from ylyx_site.places.queries import freed_by_expiry, last_published_day, resource_ids
from ylyx_site.shared.spans import DaySpan
from ylyx_site.shared.stamps import Kept, numbers_of

_kept: Kept[Terms] = Kept(most=2000)  # a few KB each: 48 nurseries, the months around now


class _Price(NamedTuple):
    """A price from a day on."""

    tariff: Tariff
    from_day: date
    fen: int


def terms_of(
    session: Session, facility_id: int, days: DaySpan, stamps: Mapping[str, int] | None = None
) -> Terms:
    """Everything in the register that decides whether these days can be booked, and for how much.

    The facility must exist (fetch its facts first). One query for the stamps, unless they were
    read in this transaction already; a fixed number more after a change of the register.
    """
    names = (CALENDAR, stamp_name(facility_id))
    if stamps is None:
        stamps = numbers_of(session, names)
    now = tuple(stamps.get(name) for name in names)
    months = _months(days)
    terms = _kept.get((facility_id, months), now)
    if terms is None:
        terms = _read(session, facility_id, months)
        if None not in now:  # what was never stamped would never be read again
            _kept.put((facility_id, months), now, terms)
    return replace(terms, openings={day: terms.openings[day] for day in days.days()})


def _months(days: DaySpan) -> DaySpan:
    """The whole months that the days lie in: one reading serves all of their days."""
    first_of_next = (days.last.replace(day=28) + timedelta(days=4)).replace(day=1)
    return DaySpan(days.first.replace(day=1), first_of_next - timedelta(days=1))


def _read(session: Session, facility_id: int, days: DaySpan) -> Terms:
    calendar = working_calendar(session, days.first, days.last)
    openings = facilities.opening_on(session, [facility_id], days.first, days.last, calendar)
    resources = resource_ids(session, [facility_id])
    classes, place = _classes(session, facility_id, resources)
    return Terms(
        facility_id=facility_id,
        resource_id=resources.get((ResourceKind.FACILITY, facility_id)),
        classes=classes,
        openings={day: opening for (_, day), opening in openings.items()},
        prices=_prices(session, facility_id),
        hours=facilities.care_hours(session, facility_id),
        limits=facilities.limits(session, facility_id),
        calendar=calendar,
        last_day=last_published_day(session, facility_id),
        place=place,
    )


def _classes(
    session: Session, facility_id: int, resources: Mapping[tuple[ResourceKind, int], int]
) -> tuple[tuple[ClassTerms, ...], str]:
    """The classes, and in the same query the division that their house lies in."""
    rows = session.execute(
        sa.select(
            CareClass.id,
            CareClass.name,
            CareClass.from_months,
            CareClass.to_months,
            CareClass.ended_on,
            Facility.division_code,
        )
        .join(Facility, Facility.id == CareClass.facility_id)
        .where(CareClass.facility_id == facility_id)
        .order_by(CareClass.from_months, CareClass.id)
    ).all()
    found = tuple(
        ClassTerms(class_id, name, resources[ResourceKind.CLASS, class_id], youngest, oldest, ends)
        for class_id, name, youngest, oldest, ends, _place in rows
        if (ResourceKind.CLASS, class_id) in resources
    )
    return found, (rows[0].division_code if rows else "")


def _prices(session: Session, facility_id: int) -> Callable[[date], Mapping[Tariff, int]]:
    """Prices by day: read once, looked up for each day."""
    rows = defaultdict(list)
    for row in session.execute(
        sa.select(CarePrice.tariff, CarePrice.from_day, CarePrice.fen).where(
            CarePrice.facility_id == facility_id
        )
    ):
        rows[row.tariff].append(_Price(*row))

    def on(day: date) -> Mapping[Tariff, int]:
        held = {tariff: in_force(dated, day) for tariff, dated in rows.items()}
        return {tariff: row.fen for tariff, row in held.items() if row is not None}

    return on


def slots_left(
    session: Session, resources: Collection[int], days: Collection[date], now: datetime
) -> Slots:
    """Places left by (resource, day) and half hour; what was never published is not there.

    What expired holds keep is left too; one statement, so that nothing is counted twice.
    """
    left: dict[tuple[int, date], dict[int, int]] = {}
    slots = sa.select(
        PlaceSlot.resource_id, PlaceSlot.day, PlaceSlot.slot, PlaceSlot.slot + 1,
        PlaceSlot.capacity - PlaceSlot.taken,
    ).where(PlaceSlot.resource_id.in_(resources), PlaceSlot.day.in_(days))  # fmt: skip
    freed = freed_by_expiry(now).where(
        PlaceHoldClaim.resource_id.in_(resources), PlaceHoldClaim.day.in_(days)
    )
    for resource_id, day, first, stop, free in session.execute(sa.union_all(slots, freed)):
        half_hours = left.setdefault((resource_id, day), {})
        for slot in range(first, stop):
            half_hours[slot] = half_hours.get(slot, 0) + free
    return left

"""Reading the ledger: what is left, and whether it adds up."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.places.models import BusyDay, PlaceSlot, Resource, ResourceKind
from ylyx_site.places.rules import Excess


class Difference(NamedTuple):
    """A half hour whose counter is not what live bookings claim."""

    resource_id: int
    day: date
    slot: int
    taken: int
    claimed: int


def resource_ids(
    session: Session, facility_ids: Iterable[int]
) -> dict[tuple[ResourceKind, int], int]:
    """The resources of some facilities: (kind, facility's or class's number) → resource."""
    rows = session.execute(
        sa.select(Resource.kind, Resource.owner_id, Resource.id).where(
            Resource.facility_id.in_(list(facility_ids))
        )
    )
    return {(kind, owner_id): resource_id for kind, owner_id, resource_id in rows}


def last_published_day(session: Session, facility_id: int) -> date | None:
    """The last day of a facility on which anything is open and published."""
    found: date | None = session.scalar(
        sa.select(sa.func.max(PlaceSlot.day))
        .join(Resource, Resource.id == PlaceSlot.resource_id)
        .where(Resource.facility_id == facility_id, Resource.kind == ResourceKind.FACILITY)
    )
    return found


def over_booked(session: Session, facility_id: int, first: date) -> list[Excess]:
    """Half hours of a facility, from `first` on, in which more are booked than may be."""
    return over_booked_of(session, [facility_id], first).get(facility_id, [])


def over_booked_of(
    session: Session, facility_ids: Iterable[int], first: date
) -> dict[int, list[Excess]]:
    """As `over_booked`, by facility, in one query; facilities without any are left out."""
    rows = session.execute(
        sa.select(
            Resource.facility_id,
            PlaceSlot.resource_id,
            PlaceSlot.day,
            PlaceSlot.slot,
            PlaceSlot.taken,
            PlaceSlot.wanted,
        )
        .join(Resource, Resource.id == PlaceSlot.resource_id)
        .where(
            Resource.facility_id.in_(list(facility_ids)),
            PlaceSlot.day >= first,
            PlaceSlot.taken > PlaceSlot.wanted,
        )
        .order_by(PlaceSlot.day, PlaceSlot.resource_id, PlaceSlot.slot)
    )
    found: dict[int, list[Excess]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(Excess(*row[1:]))
    return found


def audit(session: Session, live_rows: sa.Subquery) -> list[Difference]:
    """Half hours where `taken` differs from what is claimed; empty when the ledger is right.

    `live_rows` are (resource_id, day, first, end, count), half hours with the end not included.
    A claim on a half hour that was never published shows with taken = -1.
    """
    claimed = sa.func.coalesce(sa.func.sum(live_rows.c.count), 0)
    on = sa.and_(
        live_rows.c.resource_id == PlaceSlot.resource_id,
        live_rows.c.day == PlaceSlot.day,
        live_rows.c.first <= PlaceSlot.slot,
        live_rows.c.end > PlaceSlot.slot,
    )
    key = (PlaceSlot.resource_id, PlaceSlot.day, PlaceSlot.slot)
    wrong = (
        sa.select(*key, PlaceSlot.taken, claimed)
        .outerjoin(live_rows, on)
        .group_by(*key, PlaceSlot.taken)
        .having(PlaceSlot.taken != claimed)
        .order_by(*key)
    )
    found = [Difference(*row) for row in session.execute(wrong)]
    return found + _without_slot(session, live_rows)


def _without_slot(session: Session, live: Any) -> list[Difference]:
    """Claims some of whose half hours have no row at all."""
    slots = (
        sa.select(sa.func.count())
        .where(
            PlaceSlot.resource_id == live.c.resource_id,
            PlaceSlot.day == live.c.day,
            PlaceSlot.slot >= live.c.first,
            PlaceSlot.slot < live.c.end,
        )
        .scalar_subquery()
    )
    rows = session.execute(
        sa.select(live.c.resource_id, live.c.day, live.c.first, live.c.count).where(
            slots < live.c.end - live.c.first
        )
    )
    return [Difference(resource, day, slot, -1, count) for resource, day, slot, count in rows]


def audit_presence(
    session: Session, who: str, live: dict[tuple[int, date], int]
) -> list[tuple[int, date]]:
    """(person, day) pairs whose kept half hours differ from `live`, a mask per pair."""
    kept = {
        (who_id, day): slots
        for who_id, day, slots in session.execute(
            sa.select(BusyDay.who_id, BusyDay.day, BusyDay.slots).where(
                BusyDay.who == who, BusyDay.slots != 0
            )
        )
    }
    return sorted(
        pair for pair in kept.keys() | live.keys() if kept.get(pair, 0) != live.get(pair, 0)
    )

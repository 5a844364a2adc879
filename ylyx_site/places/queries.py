"""Reading the ledger: what is left, and whether it adds up."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.places.claims import Run
from ylyx_site.places.models import (
    BusyDay,
    HoldTerms,
    PlaceHold,
    PlaceHoldClaim,
    PlaceSlot,
    Resource,
    ResourceKind,
)
from ylyx_site.places.rules import Excess, Held


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
    session: Session, facility_ids: Iterable[int], first: date, last: date = date.max
) -> dict[int, list[Excess]]:
    """As `over_booked`, by facility, in one query; facilities without any are left out.

    `last` is included.
    """
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
            PlaceSlot.day.between(first, last),
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
    A claim on a half hour that was never published shows with taken = -1. Two plain scans, added
    up here: a join over ranges would outlast the database's limit for a statement.
    """
    claimed = _claimed(session, live_rows)
    taken = _taken(session, {(resource_id, day) for resource_id, day, _slot in claimed})
    return [
        Difference(*key, taken.get(key, -1), claimed.get(key, 0))
        for key in sorted(claimed.keys() | taken.keys())
        if taken.get(key, -1) != claimed.get(key, 0)
    ]


def _claimed(session: Session, live_rows: sa.Subquery) -> dict[tuple[int, date, int], int]:
    """How many are claimed in each half hour."""
    claimed: dict[tuple[int, date, int], int] = defaultdict(int)
    for resource_id, day, first, end, count in session.execute(sa.select(live_rows)):
        for slot in range(first, end):
            claimed[resource_id, day, slot] += count
    return claimed


def _taken(
    session: Session, claimed_days: set[tuple[int, date]]
) -> dict[tuple[int, date, int], int]:
    """What is taken, and the half hours with nothing taken on days where something is claimed."""
    rows = session.execute(
        sa.select(PlaceSlot.resource_id, PlaceSlot.day, PlaceSlot.slot, PlaceSlot.taken)
    )
    return {
        (resource_id, day, slot): count
        for resource_id, day, slot, count in rows
        if count or (resource_id, day) in claimed_days
    }


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


def wants_holds(session: Session, facility_id: int) -> bool:
    """Whether this facility keeps places while a form is filled in."""
    return session.get(HoldTerms, facility_id) is not None


def own_hold(session: Session, account_id: int, facility_id: int) -> PlaceHold | None:
    """What the account holds at the facility, expired or not, as long as it keeps places."""
    return session.scalar(
        sa.select(PlaceHold).where(
            PlaceHold.facility_id == facility_id,
            PlaceHold.account_id == account_id,
            PlaceHold.is_offer.is_(False),
            PlaceHold.ended_at.is_(None),
        )
    )


def kept_runs(session: Session, hold_id: int) -> list[Run]:
    """What a hold keeps, in (resource, day, half hour) order."""
    rows = session.execute(
        held_claims()
        .where(PlaceHoldClaim.hold_id == hold_id)
        .order_by(PlaceHoldClaim.resource_id, PlaceHoldClaim.day, PlaceHoldClaim.first)
    )
    return [Run(*row) for row in rows]


def held_lately(session: Session, account_id: int, now: datetime) -> list[Held]:
    """The holds of an account in the last hour."""
    rows = session.execute(
        sa.select(
            PlaceHold.facility_id,
            PlaceHold.held_at,
            PlaceHold.expires_at,
            PlaceHold.ended_at.is_(None),
        ).where(
            PlaceHold.account_id == account_id,
            PlaceHold.is_offer.is_(False),
            PlaceHold.held_at > now - timedelta(hours=1),
        )
    )
    return [Held(*row) for row in rows]


def freed_by_expiry(
    now: sa.SQLColumnExpression[datetime] | datetime,
) -> sa.Select[int, date, int, int, int]:
    """(resource_id, day, first, stop, places) that expired holds still keep.

    Whoever reads what is left adds it in the same statement: expired is free at once.
    """
    return (
        sa.select(
            PlaceHoldClaim.resource_id,
            PlaceHoldClaim.day,
            PlaceHoldClaim.first,
            PlaceHoldClaim.stop,
            PlaceHoldClaim.places,
        )
        .join(PlaceHold, PlaceHold.id == PlaceHoldClaim.hold_id)
        .where(PlaceHold.ended_at.is_(None), PlaceHold.expires_at <= now)
    )


def held_claims() -> sa.Select[int, date, int, int, int]:
    """(resource_id, day, first, end, count) of every hold that keeps places, for the audit."""
    return sa.select(
        PlaceHoldClaim.resource_id,
        PlaceHoldClaim.day,
        PlaceHoldClaim.first,
        PlaceHoldClaim.stop.label("end"),
        PlaceHoldClaim.places.label("count"),
    )


def expired_holds(session: Session, now: datetime) -> int:
    """How many holds have run out and wait for somebody to tidy up."""
    return (
        session.scalar(
            sa.select(sa.func.count())
            .select_from(PlaceHold)
            .where(PlaceHold.ended_at.is_(None), PlaceHold.expires_at <= now)
        )
        or 0
    )

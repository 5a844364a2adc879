"""Limits that do not come from the register's opening hours: portions of a dish, seats at lunch."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.places.models import PlaceDay, PlaceSlot, Resource, ResourceKind
from ylyx_site.places.rules import Excess
from ylyx_site.shared.db import on_conflict


class SlotLimit(NamedTuple):
    """How many there are of something in one slot of a day; `owner_id` as in `Resource`."""

    kind: ResourceKind
    owner_id: int
    facility_id: int
    day: date
    slot: int
    wanted: int


def set_limits(session: Session, limits: Iterable[SlotLimit]) -> list[Excess]:
    """Bring these slots in line, making what is missing; never drops what is taken.

    Returns the slots in which more is taken than wanted now. Headers are locked in (resource, day)
    order, as `take` does.
    """
    limits = list(limits)
    if not limits:
        return []
    ids = _resources(session, limits)
    rows = sorted(
        {
            (ids[one.kind, one.owner_id], one.day, one.slot): one.wanted for one in limits
        }.items()
    )  # fmt: skip
    _lock(session, sorted({(resource_id, day) for (resource_id, day, _), _ in rows}))
    insert = on_conflict(session, PlaceSlot)
    greatest = sa.func.max if _is_sqlite(session) else sa.func.greatest
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["resource_id", "day", "slot"],
            set_={
                "wanted": insert.excluded.wanted,
                "capacity": greatest(insert.excluded.wanted, PlaceSlot.taken),
            },
        ),
        [
            {"resource_id": key[0], "day": key[1], "slot": key[2],
             "wanted": wanted, "capacity": wanted, "taken": 0}
            for key, wanted in rows
        ],
    )  # fmt: skip
    return _over(session, [key for key, _ in rows])


def _resources(
    session: Session, limits: list[SlotLimit]
) -> dict[tuple[ResourceKind, int], int]:  # fmt: skip
    wanted = {(one.kind, one.owner_id): one.facility_id for one in limits}
    session.execute(
        on_conflict(session, Resource).on_conflict_do_nothing(),
        [
            {"kind": kind, "owner_id": owner_id, "facility_id": facility_id}
            for (kind, owner_id), facility_id in sorted(wanted.items())
        ],
    )
    rows = session.execute(
        sa.select(Resource.kind, Resource.owner_id, Resource.id).where(
            Resource.facility_id.in_(set(wanted.values()))
        )
    )
    return {(kind, owner_id): number for kind, owner_id, number in rows}


def _lock(session: Session, headers: list[tuple[int, date]]) -> None:
    session.execute(
        on_conflict(session, PlaceDay).on_conflict_do_nothing(),
        [{"resource_id": resource_id, "day": day} for resource_id, day in headers],
    )
    if not _is_sqlite(session):
        session.execute(
            sa.text(
                "SELECT 1 FROM place_day WHERE (resource_id, day) IN (SELECT * FROM unnest"
                "(CAST(:resources AS int[]), CAST(:days AS date[])))"
                " ORDER BY resource_id, day FOR UPDATE"
            ),
            {"resources": [one[0] for one in headers], "days": [one[1] for one in headers]},
        )


def _over(session: Session, keys: list[tuple[int, date, int]]) -> list[Excess]:
    rows = session.execute(
        sa.select(
            PlaceSlot.resource_id, PlaceSlot.day, PlaceSlot.slot, PlaceSlot.taken, PlaceSlot.wanted
        )
        .where(
            PlaceSlot.resource_id.in_({key[0] for key in keys}),
            PlaceSlot.day.in_({key[1] for key in keys}),
            PlaceSlot.taken > PlaceSlot.wanted,
        )
        .order_by(PlaceSlot.day, PlaceSlot.resource_id, PlaceSlot.slot)
    )
    return [found for row in rows if (found := Excess(*row))[:3] in set(keys)]


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"

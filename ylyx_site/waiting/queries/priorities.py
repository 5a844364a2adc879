"""Priorities of an entry, and of a whole queue for the desk."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.models import Facility
from ylyx_site.waiting.models import PriorityClaim, PriorityGroup, WaitingHouse


class Offered(NamedTuple):
    """A group that an entry could belong to, and how far that is."""

    id: int
    name: str
    paper: str
    claimed: bool
    confirmed: bool
    valid_to: date | None


class Claimed(NamedTuple):
    """A priority of an entry of one queue; without `valid_to` it waits to be confirmed."""

    number: int
    group_id: int
    name: str
    paper: str
    seen: str
    valid_to: date | None


def priorities_of(
    session: Session, entry_id: int, facility_ids: Collection[int], today: date
) -> list[Offered]:
    """The groups that the nurseries of an entry put first; one query."""
    here = sa.select(Facility.id, Facility.division_code).where(Facility.id.in_(facility_ids))
    houses = here.subquery()
    rows = session.execute(
        sa.select(
            PriorityGroup.id, PriorityGroup.name, PriorityGroup.paper,
            sa.func.max(sa.case((PriorityClaim.entry_id.is_not(None), 1), else_=0)),
            sa.func.max(sa.case((PriorityClaim.confirmed_at.is_not(None), 1), else_=0)),
            sa.func.max(PriorityClaim.valid_to),
        )
        .join(
            houses,
            sa.or_(
                PriorityGroup.facility_id == houses.c.id,
                houses.c.division_code.startswith(PriorityGroup.division_code),
            ),
        )
        .outerjoin(
            PriorityClaim,
            sa.and_(
                PriorityClaim.group_id == PriorityGroup.id, PriorityClaim.entry_id == entry_id
            ),
        )
        .where(
            PriorityGroup.valid_from <= today,
            sa.or_(PriorityGroup.valid_to.is_(None), PriorityGroup.valid_to >= today),
        )
        .group_by(PriorityGroup.id, PriorityGroup.name, PriorityGroup.paper, PriorityGroup.rank)
        .order_by(PriorityGroup.rank, PriorityGroup.id)
    )  # fmt: skip
    return [
        Offered(number, name, paper, bool(claimed), bool(confirmed), valid_to)
        for number, name, paper, claimed, confirmed, valid_to in rows
    ]


def claims_at(session: Session, facility_id: int) -> dict[int, list[Claimed]]:
    """Priorities of a queue's entries by number."""
    rows = session.execute(
        sa.select(
            WaitingHouse.number, PriorityGroup.id, PriorityGroup.name, PriorityGroup.paper,
            PriorityClaim.paper, PriorityClaim.valid_to,
        )
        .join(PriorityClaim, PriorityClaim.entry_id == WaitingHouse.entry_id)
        .join(PriorityGroup, PriorityGroup.id == PriorityClaim.group_id)
        .where(
            WaitingHouse.facility_id == facility_id, PriorityClaim.facility_id == facility_id
        )
        .order_by(WaitingHouse.number, PriorityGroup.rank)
    )  # fmt: skip
    found: dict[int, list[Claimed]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(Claimed(*row))
    return found

"""Other nurseries of the same town to wait for as well, and how long queues are."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import FacilityKind, Filing
from ylyx_site.facilities.models import Facility
from ylyx_site.facilities.queries import FacilityFacts
from ylyx_site.waiting.kinds import LIVE
from ylyx_site.waiting.models import WaitingEntry, WaitingHouse

MOST = 4


class Near(NamedTuple):
    """A nursery that one could wait for as well."""

    id: int
    name: str


def nearby(session: Session, chosen: Sequence[FacilityFacts]) -> list[Near]:
    """Filed nurseries of the town of the first, by name."""
    town = chosen[0].division_code[:9]
    rows = session.execute(
        sa.select(Facility.id, Facility.name)
        .where(
            Facility.kind == FacilityKind.NURSERY,
            Facility.filing == Filing.FILED,
            Facility.division_code.startswith(town, autoescape=True),
            Facility.id.not_in([one.id for one in chosen]),
        )
        .order_by(Facility.name)
        .limit(MOST)
    )
    return [Near(*row) for row in rows]


def lengths_of(session: Session, facility_ids: Collection[int]) -> dict[int, int]:
    """How many entries wait at each facility; those without any are left out."""
    rows = session.execute(
        sa.select(WaitingHouse.facility_id, sa.func.count())
        .join(WaitingEntry, WaitingEntry.id == WaitingHouse.entry_id)
        .where(WaitingHouse.facility_id.in_(facility_ids), WaitingEntry.state.in_(LIVE))
        .group_by(WaitingHouse.facility_id)
    )
    return {facility_id: count for facility_id, count in rows}  # noqa: C416 rows are not pairs

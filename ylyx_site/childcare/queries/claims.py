"""What live bookings claim, for the audit of the ledger."""

from collections import defaultdict
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.places.models import Resource, ResourceKind
from ylyx_site.shared.spans import TimeSpan


def live_claims() -> sa.Subquery:
    """(resource_id, day, first, end, count) of every live day of care: its class and its house."""
    parts = []
    for kind, owner in (
        (ResourceKind.FACILITY, CareDay.facility_id),
        (ResourceKind.CLASS, CareDay.class_id),
    ):
        parts.append(
            sa.select(
                Resource.id.label("resource_id"),
                CareDay.day.label("day"),
                (CareDay.starts // 30).label("first"),
                ((CareDay.ends + 29) // 30).label("end"),
                sa.literal(1).label("count"),
            )
            .join(Resource, sa.and_(Resource.kind == kind, Resource.owner_id == owner))
            .where(CareDay.state == CareState.BOOKED)
        )
    return sa.union_all(*parts).subquery("live")


def live_presences(session: Session) -> dict[tuple[int, date], int]:
    """The half hours of every child with live care, as masks by (child, day)."""
    masks: dict[tuple[int, date], int] = defaultdict(int)
    for child_id, day, starts, ends in session.execute(
        sa.select(CareDay.child_id, CareDay.day, CareDay.starts, CareDay.ends).where(
            CareDay.state == CareState.BOOKED
        )
    ):
        masks[child_id, day] |= TimeSpan(starts, ends).mask
    return dict(masks)

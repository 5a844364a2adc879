"""Ending days of care for the house's sake and not at the family's wish."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareBooking, CareDay, CareState
from ylyx_site.childcare.service.benefits import give_up_benefits
from ylyx_site.journal.service import note
from ylyx_site.places.busy import CHILD, Presence, free
from ylyx_site.places.claims import Claim
from ylyx_site.places.models import ResourceKind
from ylyx_site.places.queries import resource_ids
from ylyx_site.places.service import give_back
from ylyx_site.shared.spans import TimeSpan


def end_for_the_house(
    session: Session,
    facility_id: int,
    day_ids: Collection[int],
    *,
    actor_id: int,
    now: datetime,
) -> list[CareDay]:
    """End these days of the house that nobody has begun; returns those that were live.

    Places, the children's half hours and benefits go back; nothing is owed for the days. Telling
    the families is the caller's. The ledger is moved last.
    """
    ended = session.scalars(
        sa.update(CareDay)
        .where(
            CareDay.id.in_(day_ids), CareDay.facility_id == facility_id,
            CareDay.state == CareState.BOOKED, CareDay.arrived_at.is_(None),
        )
        .values(state=CareState.CANCELLED, ended_at=now, ended_by=actor_id)
        .returning(CareDay.id)
        .execution_options(synchronize_session=False)
    ).all()  # fmt: skip
    days = list(
        session.scalars(
            sa.select(CareDay)
            .where(CareDay.id.in_(ended))
            .order_by(CareDay.day, CareDay.id)
            .execution_options(populate_existing=True)
        )
    )
    if not days:
        return []
    _note(session, facility_id, days, actor_id, now)
    give_up_benefits(session, days)
    spans = {one.id: TimeSpan(one.starts, one.ends) for one in days}
    free(session, CHILD, [Presence(one.child_id, one.day, spans[one.id]) for one in days])
    resources = resource_ids(session, [facility_id])
    give_back(
        session,
        [
            Claim(resources[key], one.day, spans[one.id])
            for one in days
            for key in ((ResourceKind.FACILITY, facility_id), (ResourceKind.CLASS, one.class_id))
        ],
    )
    return days


def _note(
    session: Session, facility_id: int, days: list[CareDay], actor_id: int, now: datetime
) -> None:
    """One entry for each booking."""
    codes = session.execute(
        sa.select(CareBooking.id, CareBooking.code)
        .where(CareBooking.id.in_({one.booking_id for one in days}))
        .order_by(CareBooking.id)
    )
    for booking_id, code in codes:
        mine = [one.day for one in days if one.booking_id == booking_id]
        note(
            session, "childcare.closed", f"booking:{code}",
            actor_id=actor_id, facility_id=facility_id,
            detail=f"{len(mine)} {mine[0]}..{mine[-1]}", now=now,
        )  # fmt: skip

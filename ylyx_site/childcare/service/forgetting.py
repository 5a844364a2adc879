"""When the consent for a child goes, its days to come go too, and what was written to the house."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareBooking, CareDay, CareState
from ylyx_site.childcare.service.closing import end_for_the_house
from ylyx_site.shared import clock


def end(session: Session, child_id: int, actor_id: int, now: datetime) -> None:
    """End every day that has not begun: places go back, nothing is owed, whatever the limits say.

    A child that is in the house now stays until it is fetched.
    """
    days = sa.select(CareDay.facility_id, CareDay.id).where(
        CareDay.child_id == child_id,
        CareDay.day >= clock.day_of(now),
        CareDay.state == CareState.BOOKED,
        CareDay.arrived_at.is_(None),
    )
    found: dict[int, list[int]] = {}
    for facility_id, day_id in session.execute(days.order_by(CareDay.facility_id)):
        found.setdefault(facility_id, []).append(day_id)
    for facility_id, day_ids in found.items():
        end_for_the_house(session, facility_id, day_ids, actor_id=actor_id, now=now)


def erase(session: Session, child_id: int) -> None:
    """Erase the words to the house of each booking that the child is in."""
    bookings = sa.select(CareDay.booking_id).where(CareDay.child_id == child_id)
    session.execute(
        sa.update(CareBooking)
        .where(CareBooking.id.in_(bookings))
        .values(note="")
        .execution_options(synchronize_session=False)
    )

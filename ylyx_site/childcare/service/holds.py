"""Holding the places of a wish while its form is filled in."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service.bookings import plan_in_turn, refuse_incomplete
from ylyx_site.childcare.service.writing import claims_of
from ylyx_site.places.service.holds import hold


def hold_wish(
    session: Session, wish: CareWish, *, minutes: int, actor_id: int, now: datetime
) -> datetime:
    """Hold all that the wish would book, for the account; returns until when.

    Refuses as booking does where a day cannot be booked, and as `places.service.holds.hold`.
    Those who wait for a place have their turn first.
    """
    made = plan_in_turn(session, wish, (), account_id=actor_id, now=now)
    refuse_incomplete(wish, made.plan)
    return hold(
        session, wish.facility_id, claims_of(made), minutes=minutes, actor_id=actor_id, now=now
    )

"""Booking, waiting and ending for a caller: the family's own rules, limits and prices.

The booking is the family's: its account, its lists, its notices. A reason overrules the limit for
adding; nothing overrules a place that is not there.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.childcare.errors import TooLateToAdd, UndoOver
from ylyx_site.childcare.rules.wishes import CancelWish, CareWish
from ylyx_site.childcare.service import endings
from ylyx_site.childcare.service.bookings import Desk, book
from ylyx_site.childcare.service.holds import hold_wish
from ylyx_site.counter.errors import LateReasonMissing
from ylyx_site.counter.queries.care_calls import booking_here, caller_here
from ylyx_site.counter.wishes import Caller
from ylyx_site.places.rules import HELD_MINUTES_LONG
from ylyx_site.shared import clock
from ylyx_site.waiting.rules.wishes import JoinWish
from ylyx_site.waiting.service.joining import join


def book_for(
    session: Session,
    caller: Caller,
    wish: CareWish,
    *,
    reason: str,
    actor_id: int,
    code: str,
    now: datetime,
) -> None:
    """Book at this nursery for a caller.

    Raises `NotFound`, `LateReasonMissing`, and as `childcare.service.bookings.book`.
    """
    account_id, desk = _account(session, caller, now), Desk(actor_id, reason)
    try:
        book(session, wish, actor_id=account_id, code=code, now=now, desk=desk)
    except TooLateToAdd as late:
        raise LateReasonMissing from late


def hold_for(session: Session, caller: Caller, wish: CareWish, *, now: datetime) -> datetime:
    """Hold what the wish would book, in the family's name; returns until when.

    Twenty minutes, because somebody is asking somebody else. Raises as `hold_wish`.
    """
    account_id = _account(session, caller, now)
    return hold_wish(session, wish, minutes=HELD_MINUTES_LONG, actor_id=account_id, now=now)


def join_for(
    session: Session, caller: Caller, wish: JoinWish, *, actor_id: int, now: datetime
) -> str:
    """Join this nursery's queue for a caller; returns the entry's code. Raises as `join`."""
    account_id = _account(session, caller, now)
    return join(session, wish, actor_id=account_id, now=now, clerk_id=actor_id)


def cancel_for(
    session: Session, facility_id: int, wish: CancelWish, *, actor_id: int, now: datetime
) -> int:
    """Cancel days of a booking at this nursery; returns how many. Raises as `endings.cancel`."""
    booking = booking_here(session, facility_id, wish.code, clock.day_of(now))
    return endings.cancel(
        session, wish, actor_id=booking.account_id, now=now, clerk_id=actor_id
    )  # fmt: skip


def undo_for(
    session: Session, facility_id: int, code: str, *, actor_id: int, now: datetime
) -> int:  # fmt: skip
    """Take back what a desk wrote down less than ten minutes ago; returns how many days.

    Raises as `endings.undo`, and `UndoOver` for what a family booked itself.
    """
    booking = booking_here(session, facility_id, code, clock.day_of(now))
    if booking.booked_by is None:
        raise UndoOver
    return endings.undo(
        session, code, actor_id=booking.account_id, now=now, clerk_id=actor_id
    )  # fmt: skip


def _account(session: Session, caller: Caller, now: datetime) -> int:
    found, _live = caller_here(
        session, caller.facility_id, caller.child_id, caller.handle, clock.day_of(now)
    )
    return found.account_id

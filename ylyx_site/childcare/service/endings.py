"""Cancelling some or all days still to come, and undoing within ten minutes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.errors import NothingToCancel, TooLateToCancel, UndoOver
from ylyx_site.childcare.models import CareBooking, CareDay, CareState
from ylyx_site.childcare.news import tell_guardians
from ylyx_site.childcare.policy import GivenUp, moment
from ylyx_site.childcare.queries.bookings import own_booking, own_live_days
from ylyx_site.childcare.queries.terms import terms_of
from ylyx_site.childcare.rules.planning import Care, Terms, is_too_late
from ylyx_site.childcare.rules.wishes import CancelWish
from ylyx_site.childcare.service.benefits import give_up_benefits
from ylyx_site.facilities.kinds import Deed
from ylyx_site.journal.service import note
from ylyx_site.places.busy import CHILD, Presence, free
from ylyx_site.places.claims import Claim
from ylyx_site.places.gains import mark
from ylyx_site.places.models import ResourceKind
from ylyx_site.places.queries import resource_ids
from ylyx_site.places.service import give_back
from ylyx_site.shared.spans import DaySpan, TimeSpan

UNDO = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class By:
    """For which account days are ended, when, and by which clerk if not by the family."""

    account_id: int
    now: datetime
    clerk_id: int | None


def cancel(
    session: Session,
    wish: CancelWish,
    *,
    actor_id: int,
    now: datetime,
    clerk_id: int | None = None,
) -> int:
    """Cancel; returns how many days of care were. Refuses as `to_cancel` does.

    `clerk_id`: who does it for a caller, whose account `actor_id` is.
    """
    booking, days = to_cancel(session, wish, actor_id=actor_id, now=now)
    by = By(actor_id, now, clerk_id)
    _end(session, booking, days, by, action="childcare.cancelled")
    return len(days)


def give_up(session: Session, given_up: GivenUp, *, actor_id: int, now: datetime) -> list[Claim]:
    """End the days that a new booking takes the place of; returns what they give back.

    The caller gives it back together with what it takes, in one order of locking.
    """
    booking, days = given_up.booking, given_up.days
    mine = _end_rows(session, booking, days, actor_id=actor_id, now=now, action="childcare.changed")
    mark(session, [booking.facility_id])
    return [replace(one, count=-one.count) for one in _claims(session, booking.facility_id, mine)]


def to_cancel(
    session: Session, wish: CancelWish, *, actor_id: int, now: datetime
) -> tuple[CareBooking, list[CareDay]]:
    """The booking, and the days of care that the wish would end. What is past is never touched.

    Raises `NotFound` for a booking of others, `NothingToCancel`, `TooLateToCancel` when a named
    day (or, of all, every day) is past its limit.
    """
    booking = own_booking(session, actor_id, wish.code)
    coming = [
        one
        for one in own_live_days(session, actor_id, booking.id)
        if _is_not_over(one, now) and (not wish.days or one.day in wish.days)
    ]
    if not coming or set(wish.days) - {one.day for one in coming}:
        raise NothingToCancel
    terms = terms_of(session, booking.facility_id, DaySpan(coming[0].day, coming[-1].day))
    in_time = [one for one in coming if may_cancel(terms, care_of(booking, one), now)]
    if not in_time or (wish.days and len(in_time) < len(coming)):
        raise TooLateToCancel
    return booking, in_time


def undo(
    session: Session, code: str, *, actor_id: int, now: datetime, clerk_id: int | None = None
) -> int:
    """Take back a booking made less than ten minutes ago, whatever the limits say.

    Raises `NotFound`, `UndoOver`, `NothingToCancel`. Returns how many days of care were ended.
    """
    booking = own_booking(session, actor_id, code)
    if not may_undo(booking, now):
        raise UndoOver
    days = own_live_days(session, actor_id, booking.id)
    if not days:
        raise NothingToCancel
    _end(session, booking, days, By(actor_id, now, clerk_id), action="childcare.undone")
    return len(days)


def may_undo(booking: CareBooking, now: datetime) -> bool:
    """Whether the ten minutes are not over."""
    return booking.booked_at <= now < booking.booked_at + UNDO


def may_cancel(terms: Terms, care: Care, now: datetime) -> bool:
    """Whether the care is not over and its limit for cancelling has not passed.

    A whole day begins at 07:30 and may be cancelled until 08:30: begun is not over.
    """
    at = moment(now)
    over = (care.day, care.span.end) <= (at.day, at.minute)
    return not over and not is_too_late(terms, Deed.CANCEL, care, at)


def care_of(booking: CareBooking, day: CareDay) -> Care:
    """A booked day as care of its kind."""
    return Care(booking.kind, booking.half, day.day, _span(day))


def _is_not_over(day: CareDay, now: datetime) -> bool:
    at = moment(now)
    return (day.day, day.ends) > (at.day, at.minute)


def _end(
    session: Session,
    booking: CareBooking,
    days: Sequence[CareDay],
    by: By,
    *,
    action: str,
) -> None:
    """End these days and give their places back."""
    who = by.clerk_id or by.account_id
    mine = _end_rows(session, booking, days, actor_id=who, now=by.now, action=action)
    tell_guardians(
        session, action, booking.code, {one.child_id for one in mine}, [one.day for one in mine],
        actor_id=who, now=by.now, by_desk=by.clerk_id is not None,
    )  # fmt: skip
    mark(session, [booking.facility_id])
    give_back(session, _claims(session, booking.facility_id, mine))


def _end_rows(
    session: Session,
    booking: CareBooking,
    days: Sequence[CareDay],
    *,
    actor_id: int,
    now: datetime,
    action: str,
) -> list[CareDay]:
    """End these days once: whoever comes second finds them ended and has nothing to give back."""
    ended = set(
        session.scalars(
            sa.update(CareDay)
            .where(
                CareDay.id.in_([one.id for one in days]),
                CareDay.state == CareState.BOOKED,
                CareDay.arrived_at.is_(None),
            )
            .values(state=CareState.CANCELLED, ended_at=now, ended_by=actor_id)
            .returning(CareDay.id)
            .execution_options(synchronize_session=False)
        )
    )
    mine = [one for one in days if one.id in ended]
    if not mine:
        raise NothingToCancel
    note(
        session,
        action,
        f"booking:{booking.code}",
        actor_id=actor_id,
        facility_id=booking.facility_id,
        detail=f"{len(mine)} {mine[0].day}..{mine[-1].day}",
        now=now,
    )
    give_up_benefits(session, mine)
    free(session, CHILD, [Presence(one.child_id, one.day, _span(one)) for one in mine])
    return mine


def _claims(session: Session, facility_id: int, days: Sequence[CareDay]) -> list[Claim]:
    resources = resource_ids(session, [facility_id])
    return [
        Claim(resources[key], one.day, _span(one))
        for one in days
        for key in ((ResourceKind.FACILITY, facility_id), (ResourceKind.CLASS, one.class_id))
    ]


def _span(day: CareDay) -> TimeSpan:
    return TimeSpan(day.starts, day.ends)

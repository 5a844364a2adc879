"""Answering an offer: accepted, it becomes a booking at once; declined, it goes on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.childcare.service.bookings import book
from ylyx_site.journal.service import note
from ylyx_site.places.claims import Claim
from ylyx_site.places.gains import mark
from ylyx_site.places.service import give_back
from ylyx_site.waiting import errors
from ylyx_site.waiting.kinds import EntryState, Event, NeedState, OfferState
from ylyx_site.waiting.models import WaitingEntry, WaitingOffer
from ylyx_site.waiting.news import tell_answered
from ylyx_site.waiting.queries.entries import care_of, houses_of, is_answerable, offered_days
from ylyx_site.waiting.rules.wishes import AnswerWish
from ylyx_site.waiting.service.ending import close_offer, set_state, settle_days
from ylyx_site.waiting.service.lines import line, lock_queues, write


def accept(
    session: Session,
    offer: WaitingOffer,
    wish: AnswerWish,
    *,
    actor_id: int,
    code: str,
    now: datetime,
    by_link: bool = False,
) -> None:
    """Book what was offered, under this code, by the rules and prices of any booking.

    `by_link`: whoever had the link of the message, for the account `actor_id`, which is told.
    Raises `OfferOver`, and what `childcare.service.bookings.book` raises.
    """
    entry, days, kept = _close(session, offer, OfferState.ACCEPTED, actor_id=actor_id, now=now)
    _settle(session, entry, offer, NeedState.BOOKED, now)
    note(
        session, "waiting.accepted", f"offer:{offer.code}", actor_id=actor_id,
        facility_id=offer.facility_id, detail=_detail(days, by_link=by_link), now=now,
    )  # fmt: skip
    offer.booking_code = code
    session.flush()
    care = replace(care_of(session, entry, offer), quoted=wish.quoted)
    book(session, care, actor_id=actor_id, code=code, now=now, kept=kept)
    if by_link:
        tell_answered(session, entry, offer, days, now)


def decline(
    session: Session,
    offer: WaitingOffer,
    *,
    actor_id: int,
    now: datetime,
    by_link: bool = False,
) -> None:
    """Do not want it: the places go on to the next, these days are no longer waited for."""
    entry, days, kept = _close(session, offer, OfferState.DECLINED, actor_id=actor_id, now=now)
    _settle(session, entry, offer, NeedState.DECLINED, now)
    note(
        session, "waiting.declined", f"offer:{offer.code}", actor_id=actor_id,
        facility_id=offer.facility_id, detail=_detail(days, by_link=by_link), now=now,
    )  # fmt: skip
    if by_link:
        tell_answered(session, entry, offer, days, now)
    mark(session, [offer.facility_id])
    give_back(session, kept)


def _detail(days: Sequence[date], *, by_link: bool) -> str:
    """How many days, the first, and whether somebody answered who had not signed in."""
    return f"{len(days)} {days[0]}{' by link' if by_link else ''}"


def _close(
    session: Session,
    offer: WaitingOffer,
    state: OfferState,
    *,
    actor_id: int,
    now: datetime,
) -> tuple[WaitingEntry, list[date], list[Claim]]:
    """Consume the offer; its entry, its days and what was kept. Raises `OfferOver`."""
    houses = houses_of(session, offer.entry_id)
    lock_queues(session, [one.facility_id for one in houses])
    session.refresh(offer)
    if not is_answerable(offer, now):
        raise errors.OfferOver
    kept = close_offer(session, offer, state, actor_id=actor_id, now=now)
    if kept is None:
        raise errors.OfferOver
    days = sorted({one.day for one in offered_days(session, offer.id)})
    return session.get_one(WaitingEntry, offer.entry_id), days, kept


def _settle(
    session: Session, entry: WaitingEntry, offer: WaitingOffer, state: NeedState, now: datetime
) -> None:
    """The days are settled in every queue of the entry; without any left it is over."""
    days = sorted({one.day for one in offered_days(session, offer.id)})
    left = settle_days(session, entry.id, days, state)
    is_booked = state is NeedState.BOOKED
    over = EntryState.BOOKED if is_booked else EntryState.ENDED
    after = EntryState.WAITING if left else over
    set_state(session, entry.id, (EntryState.OFFERED,), after, now)
    lines = [(Event.ACCEPTED if is_booked else Event.DECLINED, days)]
    if not left:
        lines.append((Event.BOOKED if is_booked else Event.ENDED, []))
    for house in houses_of(session, entry.id):
        told = [line(house.number, event, days=which) for event, which in lines]
        write(session, house.facility_id, told, now)

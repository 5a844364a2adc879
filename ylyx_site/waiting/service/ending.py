"""What ends: an offer gives its places back, an entry leaves its queues, days pass."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.places.claims import Claim
from ylyx_site.places.gains import mark
from ylyx_site.places.service import give_back
from ylyx_site.places.service.letting_go import let_go
from ylyx_site.waiting.kinds import LIVE, EntryState, Event, NeedState, OfferState
from ylyx_site.waiting.models import WaitingDay, WaitingEntry, WaitingOffer
from ylyx_site.waiting.queries.entries import houses_of, open_offer_of
from ylyx_site.waiting.service.lines import line, lock_queues, write


def close_offer(
    session: Session,
    offer: WaitingOffer,
    state: OfferState,
    *,
    actor_id: int | None,
    now: datetime,
) -> list[Claim] | None:
    """Consume an offer once; returns what the ledger kept for it, None when it was consumed.

    The caller gives it back, or takes it as a booking, in the same transaction. What had lapsed
    may have been given back by whoever took it: then nothing is kept any more.
    """
    closed = session.scalar(
        sa.update(WaitingOffer)
        .where(WaitingOffer.id == offer.id, WaitingOffer.state == OfferState.OPEN)
        .values(state=state, answered_at=now, answered_by=actor_id)
        .returning(WaitingOffer.id)
        .execution_options(synchronize_session=False)
    )
    return None if closed is None else let_go(session, [offer.hold_id], now)


def end_entry(session: Session, entry_id: int, state: EntryState, now: datetime) -> bool:
    """Take an entry out of its queues, its open offer first; False when it has ended before."""
    houses = houses_of(session, entry_id)
    lock_queues(session, [one.facility_id for one in houses])
    if not set_state(session, entry_id, LIVE, state, now):
        return False
    offer = open_offer_of(session, entry_id)
    lines = {one.facility_id: [line(one.number, Event.ENDED)] for one in houses}
    numbers = {one.facility_id: one.number for one in houses}
    if offer is not None:
        kept = close_offer(session, offer, OfferState.CANCELLED, actor_id=None, now=now)
        cancelled = line(numbers[offer.facility_id], Event.CANCELLED)
        lines[offer.facility_id].insert(0, cancelled)
        mark(session, [offer.facility_id])
        give_back(session, kept or [])
    for facility_id, told in sorted(lines.items()):
        write(session, facility_id, told, now)
    return True


def set_state(
    session: Session,
    entry_id: int,
    before: Collection[EntryState],
    after: EntryState,
    now: datetime,
) -> bool:
    """Move an entry once; whoever comes second finds it moved."""
    is_over = after in (EntryState.BOOKED, EntryState.ENDED)
    moved = session.scalar(
        sa.update(WaitingEntry)
        .where(WaitingEntry.id == entry_id, WaitingEntry.state.in_(before))
        .values(state=after, ended_at=now if is_over else None)
        .returning(WaitingEntry.id)
        .execution_options(synchronize_session=False)
    )
    return moved is not None


def settle_days(
    session: Session, entry_id: int, days: Sequence[date], state: NeedState
) -> list[date]:
    """These days are no longer waited for; returns those that still are."""
    session.execute(
        sa.update(WaitingDay)
        .where(WaitingDay.entry_id == entry_id, WaitingDay.day.in_(days))
        .values(state=state)
        .execution_options(synchronize_session=False)
    )
    return list(
        session.scalars(
            sa.select(WaitingDay.day).where(
                WaitingDay.entry_id == entry_id, WaitingDay.state == NeedState.OPEN
            )
        )
    )

"""Entries and offers, fetched through those who may act for the children."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.families.queries.people import acted_for
from ylyx_site.shared.refusals import NotFound
from ylyx_site.waiting.kinds import OfferState
from ylyx_site.waiting.models import (
    OfferedDay,
    WaitingChild,
    WaitingEntry,
    WaitingHouse,
    WaitingOffer,
)


def is_own(account_id: int) -> sa.ColumnElement[bool]:
    """Entries for a child whom this account may act for."""
    return sa.exists().where(
        WaitingChild.entry_id == WaitingEntry.id, WaitingChild.child_id.in_(acted_for(account_id))
    )


def own_entry(session: Session, account_id: int, code: str) -> WaitingEntry:
    """The entry with this code, if it is theirs; raises `NotFound`."""
    entry = session.scalar(
        sa.select(WaitingEntry)
        .where(WaitingEntry.code == code, is_own(account_id))
        .execution_options(populate_existing=True)
    )
    if entry is None:
        raise NotFound
    return entry


def houses_of(session: Session, entry_id: int) -> Sequence[WaitingHouse]:
    """The nurseries of an entry, in order."""
    return session.scalars(
        sa.select(WaitingHouse)
        .where(WaitingHouse.entry_id == entry_id)
        .order_by(WaitingHouse.facility_id)
    ).all()


def open_offer_of(session: Session, entry_id: int) -> WaitingOffer | None:
    """The offer of an entry that nobody has answered, its time over or not."""
    return session.scalar(
        sa.select(WaitingOffer).where(
            WaitingOffer.entry_id == entry_id, WaitingOffer.state == OfferState.OPEN
        )
    )


def own_offer(session: Session, account_id: int, code: str) -> WaitingOffer:
    """The offer with this code, if it is theirs; raises `NotFound`."""
    return _offer(
        session,
        WaitingOffer.code == code,
        sa.exists().where(WaitingEntry.id == WaitingOffer.entry_id, is_own(account_id)),
    )


def offer_by_token(session: Session, token_hash: str) -> WaitingOffer:
    """The offer that a link leads to; raises `NotFound`."""
    return _offer(session, WaitingOffer.token_hash == token_hash)


def _offer(session: Session, *where: sa.ColumnElement[bool]) -> WaitingOffer:
    offer = session.scalar(
        sa.select(WaitingOffer).where(*where).execution_options(populate_existing=True)
    )
    if offer is None:
        raise NotFound
    return offer


def offered_days(session: Session, offer_id: int) -> Sequence[OfferedDay]:
    """What an offer is for, day by day."""
    return session.scalars(
        sa.select(OfferedDay)
        .where(OfferedDay.offer_id == offer_id)
        .order_by(OfferedDay.day, OfferedDay.child_id)
    ).all()


def is_answerable(offer: WaitingOffer, now: datetime) -> bool:
    """Whether it can still be accepted: at its last moment it is over."""
    return offer.state == OfferState.OPEN and now < offer.expires_at


def care_of(session: Session, entry: WaitingEntry, offer: WaitingOffer) -> CareWish:
    """What is offered, as a wish of booking."""
    offered = offered_days(session, offer.id)
    return CareWish(
        offer.facility_id,
        tuple(dict.fromkeys(one.child_id for one in offered)),
        tuple(sorted({one.day for one in offered})),
        entry.kind,
        half=entry.half,
        start=entry.starts,
        end=entry.ends,
    )

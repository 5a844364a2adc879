"""Offers that nobody answered: the places go on, the entry keeps its place and is paused."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.queries import facilities_of
from ylyx_site.places.claims import Claim
from ylyx_site.waiting.kinds import EntryState, Event, OfferState
from ylyx_site.waiting.models import WaitingEntry, WaitingHouse, WaitingOffer
from ylyx_site.waiting.news import tell_expired
from ylyx_site.waiting.service.ending import close_offer, set_state
from ylyx_site.waiting.service.lines import line, write


def houses_of_offers(session: Session, offers: Sequence[WaitingOffer]) -> Sequence[WaitingHouse]:
    """All nurseries in whose queues the entries of these offers stand."""
    if not offers:
        return []
    ids = {one.entry_id for one in offers}
    return session.scalars(
        sa.select(WaitingHouse)
        .where(WaitingHouse.entry_id.in_(ids))
        .order_by(WaitingHouse.facility_id, WaitingHouse.number)
    ).all()


def expire(
    session: Session,
    offers: Sequence[WaitingOffer],
    houses: Sequence[WaitingHouse],
    now: datetime,
) -> list[Claim]:
    """End these offers; returns what they kept. The queues of all `houses` are locked."""
    if not offers:
        return []
    names = facilities_of(session, {one.facility_id for one in offers})
    freed: list[Claim] = []
    for offer in offers:
        kept = close_offer(session, offer, OfferState.EXPIRED, actor_id=None, now=now)
        if kept is None:
            continue
        freed += kept
        set_state(session, offer.entry_id, (EntryState.OFFERED,), EntryState.PAUSED, now)
        _tell_queues(session, offer, houses, now)
        entry = session.get_one(WaitingEntry, offer.entry_id)
        name = names[offer.facility_id].name
        tell_expired(session, entry, offer, name, now)
    return freed


def _tell_queues(
    session: Session, offer: WaitingOffer, houses: Sequence[WaitingHouse], now: datetime
) -> None:
    for house in houses:
        if house.entry_id != offer.entry_id:
            continue
        lines = [line(house.number, Event.PAUSED)]
        if house.facility_id == offer.facility_id:
            lines.insert(0, line(house.number, Event.EXPIRED))
        write(session, house.facility_id, lines, now)

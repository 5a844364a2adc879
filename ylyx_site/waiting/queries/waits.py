"""How long families wait, and which offers wait for them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.models import Facility
from ylyx_site.waiting.kinds import OfferState
from ylyx_site.waiting.models import WaitingEntry, WaitingHouse, WaitingOffer
from ylyx_site.waiting.queries.entries import is_own

LOOK_BACK = timedelta(days=90)


class OpenOffer(NamedTuple):
    """An offer that can still be accepted."""

    code: str
    facility: str
    expires_at: datetime


def typical_waits(
    session: Session, facility_ids: Collection[int], now: datetime
) -> dict[int, timedelta]:
    """How long it took from joining to an offer, by facility: the median of the last 90 days."""
    rows = session.execute(offers_since(facility_ids, now - LOOK_BACK))
    waits: dict[int, list[timedelta]] = defaultdict(list)
    for facility_id, joined_at, offered_at in rows:
        waits[facility_id].append(offered_at - joined_at)
    return {
        facility_id: timedelta(seconds=median(one.total_seconds() for one in each))
        for facility_id, each in waits.items()
    }


def offers_since(
    facility_ids: Collection[int], since: datetime
) -> sa.Select[int, datetime, datetime]:
    """Facility, when it was joined, when a place was offered: of each offer since then."""
    return (
        sa.select(WaitingOffer.facility_id, WaitingHouse.joined_at, WaitingOffer.offered_at)
        .join(
            WaitingHouse,
            sa.and_(
                WaitingHouse.entry_id == WaitingOffer.entry_id,
                WaitingHouse.facility_id == WaitingOffer.facility_id,
            ),
        )
        .where(WaitingOffer.facility_id.in_(facility_ids), WaitingOffer.offered_at > since)
    )


def open_offers_of(session: Session, account_id: int, now: datetime) -> list[OpenOffer]:
    """Offers of an account that wait for an answer, the most urgent first; one query."""
    rows = session.execute(
        sa.select(WaitingOffer.code, Facility.name, WaitingOffer.expires_at)
        .join(WaitingEntry, WaitingEntry.id == WaitingOffer.entry_id)
        .join(Facility, Facility.id == WaitingOffer.facility_id)
        .where(
            WaitingOffer.state == OfferState.OPEN,
            WaitingOffer.expires_at > now,
            is_own(account_id),
        )
        .order_by(WaitingOffer.expires_at)
    )
    return [OpenOffer(*row) for row in rows]

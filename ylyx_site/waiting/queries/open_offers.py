"""Open offers: which have run out, and when their children are spoken for."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.places.busy import CHILD
from ylyx_site.places.gains import gain_name
from ylyx_site.places.models import BusyDay, PlaceHold
from ylyx_site.shared.spans import TimeSpan
from ylyx_site.shared.stamps import Stamp
from ylyx_site.waiting.kinds import LIVE, OfferState
from ylyx_site.waiting.models import OfferedDay, WaitingEntry, WaitingHouse, WaitingOffer


def is_due(session: Session, facility_id: int, now: datetime) -> bool:
    """Whether places were gained here, or something that was kept has run out."""
    gained = sa.exists().where(Stamp.name == gain_name(facility_id))
    lapsed = sa.exists().where(
        WaitingOffer.facility_id == facility_id,
        WaitingOffer.state == OfferState.OPEN,
        WaitingOffer.expires_at <= now,
    )
    held = sa.exists().where(
        PlaceHold.facility_id == facility_id,
        PlaceHold.ended_at.is_(None),
        PlaceHold.expires_at <= now,
    )
    return bool(session.scalar(sa.select(sa.or_(gained, lapsed, held))))


def lapsed_at(session: Session, facility_id: int, now: datetime) -> Sequence[WaitingOffer]:
    """Open offers of a facility whose time is over."""
    return session.scalars(
        sa.select(WaitingOffer)
        .where(
            WaitingOffer.facility_id == facility_id,
            WaitingOffer.state == OfferState.OPEN,
            WaitingOffer.expires_at <= now,
        )
        .order_by(WaitingOffer.id)
        .execution_options(populate_existing=True)
    ).all()


def facilities_with_lapsed(session: Session, now: datetime, most: int) -> Sequence[int]:
    """Facilities where an open offer's time is over."""
    return session.scalars(
        sa.select(WaitingOffer.facility_id)
        .where(WaitingOffer.state == OfferState.OPEN, WaitingOffer.expires_at <= now)
        .distinct()
        .order_by(WaitingOffer.facility_id)
        .limit(most)
    ).all()


def expired_holds(session: Session, facility_id: int, now: datetime) -> Sequence[int]:
    """Holds of a facility, of forms and of offers, that have run out."""
    return session.scalars(
        sa.select(PlaceHold.id).where(
            PlaceHold.facility_id == facility_id,
            PlaceHold.ended_at.is_(None),
            PlaceHold.expires_at <= now,
        )
    ).all()


def has_waiting(session: Session, facility_id: int) -> bool:
    """Whether anybody waits at a facility."""
    return bool(
        session.scalar(
            sa.select(
                sa.exists().where(
                    WaitingHouse.facility_id == facility_id,
                    WaitingHouse.entry_id == WaitingEntry.id,
                    WaitingEntry.state.in_(LIVE),
                )
            )
        )
    )


def asked_here(session: Session, facility_id: int) -> set[int]:
    """The entries with an open offer of this facility."""
    return set(
        session.scalars(
            sa.select(WaitingOffer.entry_id).where(
                WaitingOffer.facility_id == facility_id, WaitingOffer.state == OfferState.OPEN
            )
        )
    )


def spoken_for(
    session: Session, child_ids: Collection[int], days: Collection[date], now: datetime
) -> dict[tuple[int, date], int]:
    """The half hours in which these children are somewhere, or have a place offered, as masks."""
    masks: dict[tuple[int, date], int] = defaultdict(int)
    kept = sa.select(BusyDay.who_id, BusyDay.day, BusyDay.slots).where(
        BusyDay.who == CHILD, BusyDay.who_id.in_(child_ids), BusyDay.day.in_(days)
    )
    for child_id, day, slots in session.execute(kept):
        masks[child_id, day] |= slots
    offered = (
        sa.select(OfferedDay.child_id, OfferedDay.day, OfferedDay.starts, OfferedDay.ends)
        .join(WaitingOffer, WaitingOffer.id == OfferedDay.offer_id)
        .where(
            WaitingOffer.state == OfferState.OPEN,
            WaitingOffer.expires_at > now,
            OfferedDay.child_id.in_(child_ids),
        )
    )
    for child_id, day, starts, ends in session.execute(offered):
        masks[child_id, day] |= TimeSpan(starts, ends).mask
    return masks

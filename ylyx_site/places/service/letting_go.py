"""Ending holds: whoever ends one first gets what it kept, to be given back in the same step."""

from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.places.claims import Claim
from ylyx_site.places.models import PlaceHold, PlaceHoldClaim
from ylyx_site.shared.spans import SLOT_MINUTES, TimeSpan


def let_go(session: Session, hold_ids: Collection[int], now: datetime) -> list[Claim]:
    """End these holds as far as they live; returns what they kept.

    The caller gives it back, or takes it as a booking, in the same transaction.
    """
    if not hold_ids:
        return []
    ended = session.scalars(
        sa.update(PlaceHold)
        .where(PlaceHold.id.in_(hold_ids), PlaceHold.ended_at.is_(None))
        .values(ended_at=now)
        .returning(PlaceHold.id)
        .execution_options(synchronize_session=False)
    ).all()
    rows = session.execute(
        sa.delete(PlaceHoldClaim)
        .where(PlaceHoldClaim.hold_id.in_(ended))
        .returning(
            PlaceHoldClaim.resource_id, PlaceHoldClaim.day, PlaceHoldClaim.first,
            PlaceHoldClaim.stop, PlaceHoldClaim.places,
        )
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    return [claim_of(*row) for row in rows]


def let_go_expired(
    session: Session, now: datetime, of: Collection[tuple[int, date]]
) -> list[Claim]:
    """End the expired holds that keep something of these resources' days."""
    key = sa.tuple_(PlaceHoldClaim.resource_id, PlaceHoldClaim.day)
    touching = sa.select(PlaceHoldClaim.hold_id).where(key.in_(list(of)))
    over = session.scalars(is_expired(now).where(PlaceHold.id.in_(touching))).all()
    return let_go(session, over, now)


def is_expired(now: datetime) -> sa.Select[int]:
    """The holds that have run out and still keep something, the oldest first."""
    return (
        sa.select(PlaceHold.id)
        .where(PlaceHold.ended_at.is_(None), PlaceHold.expires_at <= now)
        .order_by(PlaceHold.id)
    )


def claim_of(resource_id: int, day: date, first: int, stop: int, places: int) -> Claim:
    """A row of what a hold keeps, as a claim."""
    span = TimeSpan(first * SLOT_MINUTES, stop * SLOT_MINUTES)
    return Claim(resource_id, day, span, places)

"""Keeping places for an offer of the queue: like a hold, but not by the family's own hand."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.places.claims import Claim, runs_of
from ylyx_site.places.models import PlaceHold, PlaceHoldClaim


def note_kept(
    session: Session,
    facility_id: int,
    claims: Sequence[Claim],
    *,
    account_id: int,
    until: datetime,
    now: datetime,
) -> int:
    """Write down what an offer keeps until then; returns the hold. The caller takes the places.

    From `until` on everybody reads and takes them as free, as with any hold that has run out.
    """
    made = PlaceHold(
        facility_id=facility_id, account_id=account_id, held_at=now, expires_at=until, is_offer=True
    )
    session.add(made)
    session.flush()
    session.execute(
        sa.insert(PlaceHoldClaim),
        [
            {"hold_id": made.id, "resource_id": run.resource_id, "day": run.day,
             "first": run.first, "stop": run.end, "places": run.places}
            for run in runs_of(claims)
        ],
    )  # fmt: skip
    return made.id

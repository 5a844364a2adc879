"""Keeping places while a form is filled in: held, extended once, let go.

The ledger counts what a hold keeps as taken; from its last moment on everybody reads and takes it
as free, whether or not a worker has tidied up.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.places import rules
from ylyx_site.places.claims import Claim, runs_of
from ylyx_site.places.errors import HeldTooOften, HeldTooWide, HoldOver, HoldsNothing, NotHeldHere
from ylyx_site.places.gains import mark
from ylyx_site.places.models import HoldTerms, PlaceHold, PlaceHoldClaim
from ylyx_site.places.queries import held_lately, own_hold, wants_holds
from ylyx_site.places.service.ledger import give_back, take
from ylyx_site.places.service.letting_go import is_expired, let_go
from ylyx_site.places.wishes import HoldingWish
from ylyx_site.shared.db import on_conflict

A_BATCH = 100
KEPT = timedelta(days=1)  # longer than the hour in which holds are counted


def hold(
    session: Session,
    facility_id: int,
    claims: Sequence[Claim],
    *,
    minutes: int,
    actor_id: int,
    now: datetime,
) -> datetime:
    """Keep these places for the account; returns until when. An earlier hold here is let go.

    Raises `NotHeldHere`, `HoldsNothing`, `HeldTooWide`, `HeldTooOften`, and `Full`.
    """
    if not wants_holds(session, facility_id):
        raise NotHeldHere
    runs = runs_of(claims)
    if not runs:
        raise HoldsNothing
    if rules.is_too_wide(runs):
        raise HeldTooWide(most=rules.MOST_PLACES)
    if rules.is_too_often(held_lately(session, actor_id, now), facility_id, now):
        raise HeldTooOften
    earlier = own_hold(session, actor_id, facility_id)
    before = let_go(session, [earlier.id] if earlier else [], now)
    until = now + timedelta(minutes=minutes)
    made = PlaceHold(facility_id=facility_id, account_id=actor_id, held_at=now, expires_at=until)
    session.add(made)
    session.flush()
    session.execute(
        sa.insert(PlaceHoldClaim),
        [
            {"hold_id": made.id, "resource_id": run.resource_id, "day": run.day,
             "first": run.first, "stop": run.end, "places": run.places}
            for run in runs
        ],
    )  # fmt: skip
    take(session, [*claims, *rules.turned(before)], now=now)
    return until


def extend(
    session: Session, facility_id: int, *, minutes: int, actor_id: int, now: datetime
) -> datetime:
    """Keep them as long again from now on, once; raises `HoldOver` when it cannot be."""
    until = now + timedelta(minutes=minutes)
    extended = session.scalar(
        sa.update(PlaceHold)
        .where(
            PlaceHold.facility_id == facility_id,
            PlaceHold.account_id == actor_id,
            PlaceHold.is_offer.is_(False),
            PlaceHold.ended_at.is_(None),
            PlaceHold.expires_at > now,
            PlaceHold.extended.is_(False),
        )
        .values(expires_at=until, extended=True)
        .returning(PlaceHold.id)
        .execution_options(synchronize_session=False)
    )
    if extended is None:
        raise HoldOver
    return until


def release(session: Session, facility_id: int, *, actor_id: int, now: datetime) -> None:
    """Let the account's hold here go; nothing happens when there is none any more."""
    held = own_hold(session, actor_id, facility_id)
    if held is not None:
        mark(session, [facility_id])
        give_back(session, let_go(session, [held.id], now))


def release_expired(session: Session, now: datetime) -> int:
    """Tidy up: give back what expired holds keep, forget holds of yesterday.

    Returns how many were given back; running it twice gives back nothing more.
    """
    over = session.scalars(is_expired(now).limit(A_BATCH)).all()
    kept = let_go(session, over, now)
    mark(session, _facilities(session, over))
    give_back(session, kept)
    session.execute(
        sa.delete(PlaceHold)
        .where(PlaceHold.ended_at < now - KEPT)
        .execution_options(synchronize_session=False)
    )
    return len(over)


def _facilities(session: Session, hold_ids: Sequence[int]) -> set[int]:
    rows = session.scalars(sa.select(PlaceHold.facility_id).where(PlaceHold.id.in_(hold_ids)))
    return set(rows)


def set_holding(
    session: Session, facility_id: int, wish: HoldingWish, *, actor_id: int, now: datetime
) -> None:
    """Whether this nursery keeps places while a form is filled in; what is held stays held."""
    if wish.keeps:
        session.execute(
            on_conflict(session, HoldTerms).values(facility_id=facility_id).on_conflict_do_nothing()
        )
    else:
        session.execute(sa.delete(HoldTerms).where(HoldTerms.facility_id == facility_id))
    note(
        session, "places.holding", f"facility:{facility_id}", actor_id=actor_id,
        facility_id=facility_id, detail="on" if wish.keeps else "off", now=now,
    )  # fmt: skip

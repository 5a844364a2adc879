"""Adults whom a guardian authorises to fetch a child."""

import json
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.queries import child_of
from ylyx_site.families.service.turns import take_turns
from ylyx_site.handover.errors import AdultKnown, AskTheHouse, BadPeriod, TooManyAdults
from ylyx_site.handover.models import PickupAdult, PickupPhoto
from ylyx_site.handover.queries.takers import adults_of, blocked_accounts
from ylyx_site.handover.rules.wishes import MOST_ADULTS, AdultWish
from ylyx_site.journal.service import note
from ylyx_site.shared import clock, vault
from ylyx_site.shared.refusals import NotFound


def authorise(
    session: Session, wish: AdultWish, photo: bytes | None, *, actor_id: int, now: datetime
) -> None:
    """Let an adult fetch the child; `photo` is redrawn, and there only with that adult's consent.

    Raises `NotFound` for a child of others, `AskTheHouse`, `TooManyAdults`, `AdultKnown`,
    `BadPeriod`.
    """
    take_turns(session, f"person:{wish.child_id}")
    refuse_blocked(session, wish.child_id, actor_id)
    today = clock.day_of(now)
    if wish.valid_to is not None and wish.valid_to < max(wish.valid_from, today):
        raise BadPeriod
    known = adults_of(session, wish.child_id)
    if len(known) >= MOST_ADULTS:
        raise TooManyAdults(most=MOST_ADULTS)
    if any(one.phone == wish.phone for one in known):
        raise AdultKnown
    adult = _row(wish, actor_id, now)
    session.add(adult)
    session.flush()
    if photo is not None:
        session.add(PickupPhoto(adult_id=adult.id, sealed=vault.seal_bytes(photo), consent_at=now))
    _note(session, "adult_added", wish.child_id, adult.id, actor_id=actor_id, now=now)


def end_adult(
    session: Session, child_id: int, adult_id: int, *, actor_id: int, now: datetime
) -> None:
    """Any guardian ends it, at once; the photograph goes. Raises `NotFound`."""
    child_of(session, actor_id, child_id)
    ended = session.scalars(
        sa.update(PickupAdult)
        .where(
            PickupAdult.id == adult_id,
            PickupAdult.child_id == child_id,
            PickupAdult.ended_at.is_(None),
        )
        .values(ended_at=now, ended_by=actor_id)
        .returning(PickupAdult.id)
        .execution_options(synchronize_session=False)
    ).all()
    if not ended:
        raise NotFound
    session.execute(
        sa.delete(PickupPhoto)
        .where(PickupPhoto.adult_id == adult_id)
        .execution_options(synchronize_session=False)
    )
    _note(session, "adult_ended", child_id, adult_id, actor_id=actor_id, now=now)


def refuse_blocked(session: Session, child_id: int, actor_id: int) -> None:
    """Raise `NotFound` for a child of others, `AskTheHouse` for who must not fetch it."""
    child_of(session, actor_id, child_id)
    if actor_id in blocked_accounts(session, child_id):
        raise AskTheHouse


def _row(wish: AdultWish, actor_id: int, now: datetime) -> PickupAdult:
    told = {"name": wish.name, "relation": wish.relation, "phone": wish.phone}
    return PickupAdult(
        child_id=wish.child_id, sealed=vault.seal(json.dumps(told, ensure_ascii=False)),
        valid_from=wish.valid_from, valid_to=wish.valid_to,
        added_by=actor_id, added_at=now,
    )  # fmt: skip


def _note(
    session: Session, deed: str, child_id: int, adult_id: int, *, actor_id: int, now: datetime
) -> None:
    note(
        session, f"handover.{deed}", f"person:{child_id}", actor_id=actor_id,
        detail=f"adult:{adult_id}", now=now,
    )  # fmt: skip
    session.flush()

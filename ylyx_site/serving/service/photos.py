"""An elder's photograph for the counter: by a consent of its own, and gone with it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.kinds import Means, Purpose
from ylyx_site.families.models import Consent
from ylyx_site.families.service.turns import take_turns
from ylyx_site.journal.service import note
from ylyx_site.serving.models import EaterCard, EaterPhoto
from ylyx_site.shared import clock, vault
from ylyx_site.shared.refusals import NotFound

VERSION = "elder-photo-2026-11"


@dataclass(frozen=True, slots=True)
class PhotoWish:
    """A redrawn photograph of an elder; on paper, `evidence` is the paper's file number."""

    person_id: int
    photo: bytes
    means: Means = Means.ACCOUNT
    evidence: str = ""


def keep_photo(session: Session, wish: PhotoWish, *, actor_id: int, now: datetime) -> None:
    """Keep a photograph in place of an earlier one; the caller has fetched the elder.

    The consent to it is written first; that to the earlier one ends.
    """
    take_turns(session, f"person:{wish.person_id}")
    _end(session, wish.person_id, now)
    consent = Consent(
        account_id=actor_id, person_id=wish.person_id, purpose=Purpose.ELDER_PHOTO,
        means=wish.means, evidence=wish.evidence, text_version=VERSION, given_at=now,
    )  # fmt: skip
    session.add(consent)
    session.flush()
    session.add(
        EaterPhoto(
            person_id=wish.person_id, sealed=vault.seal_bytes(wish.photo), consent_id=consent.id,
            added_by=actor_id, added_at=now,
        )
    )  # fmt: skip
    note(
        session, "serving.photo_kept", f"person:{wish.person_id}", actor_id=actor_id, now=now,
        detail=wish.means.value,
    )  # fmt: skip
    session.flush()


def end_photo(session: Session, person_id: int, *, actor_id: int, now: datetime) -> None:
    """Withdraw the consent and erase the photograph; raises `NotFound` without one."""
    take_turns(session, f"person:{person_id}")
    if not _end(session, person_id, now):
        raise NotFound
    note(session, "serving.photo_ended", f"person:{person_id}", actor_id=actor_id, now=now)
    session.flush()


def erase(session: Session, person_id: int) -> None:
    """Erase what the counter keeps about somebody whose record ends: photograph and card."""
    for model in (EaterPhoto, EaterCard):
        session.execute(
            sa.delete(model)
            .where(model.person_id == person_id)
            .execution_options(synchronize_session=False)
        )
    _withdraw(session, Consent.person_id == person_id, clock.now())


def _end(session: Session, person_id: int, now: datetime) -> bool:
    ended = session.scalar(
        sa.delete(EaterPhoto)
        .where(EaterPhoto.person_id == person_id)
        .returning(EaterPhoto.consent_id)
        .execution_options(synchronize_session=False)
    )
    if ended is None:
        return False
    _withdraw(session, Consent.id == ended, now)
    return True


def _withdraw(session: Session, which: sa.ColumnElement[bool], at: datetime) -> None:
    session.execute(
        sa.update(Consent)
        .where(which, Consent.purpose == Purpose.ELDER_PHOTO, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
        .execution_options(synchronize_session=False)
    )

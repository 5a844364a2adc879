"""Guardians who ask, and guardians who go."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.families import queries
from ylyx_site.families.errors import LastGuardian, ReasonMissing
from ylyx_site.families.kinds import BondState, EndingReason
from ylyx_site.families.models import Bond
from ylyx_site.families.queries import GuardianFacts
from ylyx_site.families.service.turns import take_turns
from ylyx_site.journal.service import note
from ylyx_site.shared.refusals import NotFound


def confirm_guardian(
    session: Session, child_id: int, handle: str, *, actor_id: int, now: datetime
) -> None:
    """Let in somebody who asked. Raises `NotFound` for others' children and for no such asker."""
    asker = _asker(session, child_id, handle, actor_id)
    bond = _bond(session, child_id, asker)
    bond.state, bond.confirmed_by = BondState.LIVE, actor_id
    _note(session, "families.guardian_confirmed", child_id, actor_id, now)


def decline_guardian(
    session: Session, child_id: int, handle: str, *, actor_id: int, now: datetime
) -> None:
    """Turn down somebody who asked. Raises `NotFound` as `confirm_guardian` does."""
    asker = _asker(session, child_id, handle, actor_id)
    _end(_bond(session, child_id, asker), now)
    _note(session, "families.guardian_declined", child_id, actor_id, now)


def end_bond(
    session: Session,
    child_id: int,
    handle: str,
    reason: EndingReason | None,
    *,
    actor_id: int,
    now: datetime,
) -> None:
    """End one's own bond, or, for a reason, that of another guardian of the child.

    Raises `NotFound`, `LastGuardian` (who withdraws the consent instead), `ReasonMissing`.
    """
    take_turns(session, f"person:{child_id}")
    queries.child_of(session, actor_id, child_id)
    guardian = queries.guardian_by_handle(session, child_id, handle)
    if guardian.state != BondState.LIVE:
        raise NotFound
    if len(queries.live_guardians(session, child_id)) < 2:
        raise LastGuardian
    if guardian.account_id != actor_id and reason is None:
        raise ReasonMissing(field="reason")
    _end(_bond(session, child_id, guardian), now)
    _note(
        session, "families.bond_ended", child_id, actor_id, now,
        detail=f"{reason or 'own'} account:{guardian.account_id}",
    )  # fmt: skip


def _asker(session: Session, child_id: int, handle: str, actor_id: int) -> GuardianFacts:
    take_turns(session, f"person:{child_id}")
    queries.child_of(session, actor_id, child_id)
    guardian = queries.guardian_by_handle(session, child_id, handle)
    if guardian.state != BondState.ASKED:
        raise NotFound
    return guardian


def _bond(session: Session, child_id: int, guardian: GuardianFacts) -> Bond:
    return session.get_one(Bond, (child_id, guardian.account_id), populate_existing=True)


def _end(bond: Bond, now: datetime) -> None:
    bond.state, bond.ended_at = BondState.ENDED, now


def _note(
    session: Session, action: str, child_id: int, actor_id: int, now: datetime, *, detail: str = ""
) -> None:
    note(session, action, f"person:{child_id}", actor_id=actor_id, now=now, detail=detail)
    session.flush()

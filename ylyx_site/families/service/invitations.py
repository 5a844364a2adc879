"""Letting another guardian in by a code that is told by telephone."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families import policy, queries, rules
from ylyx_site.families.errors import AlreadyGuardian, WrongCode
from ylyx_site.families.kinds import BondState
from ylyx_site.families.models import Bond, GuardianInvitation, Person
from ylyx_site.families.service.turns import take_turns
from ylyx_site.families.wishes import JoinWish
from ylyx_site.journal.service import note
from ylyx_site.shared import identifiers, vault


def invitation_code(child_id: int, key: str, *, actor_id: int) -> str:
    """The code that the form with this one-time key makes: the same again for a double tap.

    Only its digest is stored, so that nobody reads codes from the database.
    """
    digest = int(vault.blind_index(f"invitation:{actor_id}:{child_id}:{key}"), 16)
    letters = identifiers.CODE_LETTERS
    return "".join(letters[digest // len(letters) ** n % len(letters)] for n in range(6))


def invite_guardian(
    session: Session, child_id: int, code: str, *, actor_id: int, now: datetime
) -> datetime:
    """Open an invitation by this code; returns until when it can be used.

    Raises `NotFound` for a child of others, `TooManyInvitations`.
    """
    take_turns(session, f"account:{actor_id}")
    queries.child_of(session, actor_id, child_id)
    policy.refuse_many_invitations(session, actor_id, now)
    until = now + rules.INVITATION_LASTS
    session.add(
        GuardianInvitation(
            code_hash=_hash(code), person_id=child_id, invited_by=actor_id, expires_at=until
        )
    )
    note(session, "families.guardian_invited", f"person:{child_id}", actor_id=actor_id, now=now)
    session.flush()
    return until


def join_by_invitation(session: Session, wish: JoinWish, *, actor_id: int, now: datetime) -> int:
    """Become a guardian at once, as the inviter has agreed by inviting; returns the child's id.

    The code is used up by one statement, so that two who enter it at once do not both get in.
    Raises `WrongCode` (then call `note_wrong_code`), `TooManyWrongCodes`, `AlreadyGuardian`,
    `TooManyChildren`.
    """
    take_turns(session, f"account:{actor_id}")
    policy.refuse_guessing(session, actor_id, now)
    child_id, inviter_id = _use_up(session, wish.code, now)
    _refuse_stale(session, child_id, inviter_id)
    _become_guardian(session, wish, child_id, inviter_id, actor_id=actor_id, now=now)
    note(session, "families.guardian_joined", f"person:{child_id}", actor_id=actor_id, now=now)
    session.flush()
    return child_id


def note_wrong_code(session: Session, *, actor_id: int, now: datetime) -> None:
    """Count one wrong code; the journal is the count."""
    note(session, policy.WRONG_CODE, f"account:{actor_id}", actor_id=actor_id, now=now)
    session.flush()


def _use_up(session: Session, code: str, now: datetime) -> tuple[int, int]:
    used = session.execute(
        sa.update(GuardianInvitation)
        .where(
            GuardianInvitation.code_hash == _hash(code),
            GuardianInvitation.used_at.is_(None),
            GuardianInvitation.expires_at > now,
        )
        .values(used_at=now)
        .returning(GuardianInvitation.person_id, GuardianInvitation.invited_by)
    ).first()
    if used is None:
        raise WrongCode(field="code")
    return used.person_id, used.invited_by


def _refuse_stale(session: Session, child_id: int, inviter_id: int) -> None:
    """A code dies with the bond of its giver and with the child's record."""
    take_turns(session, f"person:{child_id}")
    child = session.get_one(Person, child_id, populate_existing=True)
    is_dead = child.ended_at is not None
    if is_dead or inviter_id not in queries.live_guardians(session, child_id):
        raise WrongCode(field="code")


def _become_guardian(
    session: Session,
    wish: JoinWish,
    child_id: int,
    inviter_id: int,
    *,
    actor_id: int,
    now: datetime,
) -> None:
    bond = session.get(Bond, (child_id, actor_id), populate_existing=True)
    if bond is not None and bond.state == BondState.LIVE:
        raise AlreadyGuardian(field="code")
    if bond is None or bond.ended_at is not None:
        policy.refuse_full_family(session, actor_id)
    if bond is None:
        bond = Bond(person_id=child_id, account_id=actor_id, asked_at=now)
        session.add(bond)
    bond.relation, bond.state = wish.relation, BondState.LIVE
    bond.confirmed_by, bond.ended_at = inviter_id, None


def _hash(code: str) -> str:
    return vault.blind_index(f"guardian invitation:{code}")

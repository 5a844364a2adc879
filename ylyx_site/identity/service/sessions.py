"""Sessions are rows: started at sign-in, ended by signing out and by much else."""

import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.identity import queries, rules
from ylyx_site.identity.models import SignedInSession
from ylyx_site.journal.service import note
from ylyx_site.shared.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Arrival:
    """From where somebody signs in: address, short device name, the token held until now."""

    address: str = ""
    device: str = ""
    token: str | None = None


NOWHERE = Arrival()


def start_session(
    session: Session, account_id: int, *, now: datetime, arrival: Arrival = NOWHERE
) -> str:
    """Start a session and return its token, 256 bits, of which only the hash is kept.

    The session that this browser had until now ends. The only role of an account is chosen by
    itself; with several the session has none until one is chosen.
    """
    if arrival.token:
        end_token(session, arrival.token, now=now)
    grants = queries.live_grants(session, account_id)
    token = secrets.token_urlsafe(32)
    session.add(
        SignedInSession(
            token_hash=rules.hash_token(token),
            account_id=account_id,
            grant_id=grants[0].id if len(grants) == 1 else None,
            created_at=now,
            last_seen_at=now,
            expires_at=now + rules.session_lives(on_duty=bool(grants)),
            device=arrival.device[:80],
        )
    )
    note(session, "identity.signed_in", f"account:{account_id}", actor_id=account_id, now=now)
    session.flush()
    return token


def end_token(session: Session, token: str, *, now: datetime) -> None:
    """End the session with this token, if it is live."""
    session.execute(
        sa.update(SignedInSession)
        .where(
            SignedInSession.token_hash == rules.hash_token(token),
            SignedInSession.ended_at.is_(None),
        )
        .values(ended_at=now)
    )


def end_sessions(
    session: Session, account_id: int, *, now: datetime, but: str | None = None
) -> int:
    """End all live sessions of an account, or all but the one with the token hash `but`.

    Returns how many; a copied cookie no longer works at the next request.
    """
    mine = [SignedInSession.account_id == account_id, SignedInSession.ended_at.is_(None)]
    if but is not None:
        mine.append(SignedInSession.token_hash != but)
    ended = session.scalars(
        sa.update(SignedInSession)
        .where(*mine)
        .values(ended_at=now)
        .returning(SignedInSession.token_hash)
    ).all()
    return len(ended)


def end_one(session: Session, account_id: int, token_hash: str, *, now: datetime) -> None:
    """End one of one's own sessions on another device; raises `NotFound` for anybody else's."""
    ended = session.scalars(
        sa.update(SignedInSession)
        .where(
            SignedInSession.account_id == account_id,
            SignedInSession.token_hash == token_hash,
        )
        .values(ended_at=now)
        .returning(SignedInSession.token_hash)
    ).all()
    if not ended:
        raise NotFound
    note(session, "identity.session_ended", f"account:{account_id}", actor_id=account_id, now=now)

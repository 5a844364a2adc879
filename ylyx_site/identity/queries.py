"""Reading accounts, grants, sessions and recent failures."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from ylyx_site.identity.models import Account, FailedSignIn, Grant, OneTimeCode, SignedInSession
from ylyx_site.identity.rules import Limit


def account_by_phone(session: Session, phone: str) -> Account | None:
    """The account with this number, closed ones included."""
    return session.scalar(sa.select(Account).where(Account.phone == phone))


def live_grants(session: Session, account_id: int) -> Sequence[Grant]:
    """The roles that an account holds now, oldest first."""
    return session.scalars(
        sa.select(Grant)
        .where(Grant.account_id == account_id, Grant.ended_at.is_(None))
        .order_by(Grant.id)
    ).all()


def live_sessions(session: Session, account_id: int, now: datetime) -> Sequence[SignedInSession]:
    """Where an account is signed in now, last seen first."""
    return session.scalars(
        sa.select(SignedInSession)
        .where(
            SignedInSession.account_id == account_id,
            SignedInSession.ended_at.is_(None),
            SignedInSession.expires_at > now,
        )
        .order_by(SignedInSession.last_seen_at.desc(), SignedInSession.token_hash)
    ).all()


def failures(
    session: Session, limit: Limit, now: datetime, *, phone: str = "", address: str = ""
) -> Sequence[datetime]:
    """The newest moments, as many as the limit counts, of failures of a number or an address."""
    owner = FailedSignIn.phone == phone if phone else FailedSignIn.address == address
    return _newest(session, FailedSignIn.at, owner, limit, now)


def codes_sent(
    session: Session, limit: Limit, now: datetime, *, phone: str = "", address: str = ""
) -> Sequence[datetime]:
    """The newest moments, as many as the limit counts, of codes to a number or for an address."""
    owner = OneTimeCode.phone == phone if phone else OneTimeCode.address == address
    return _newest(session, OneTimeCode.sent_at, owner, limit, now)


def newest_code(session: Session, phone: str) -> OneTimeCode | None:
    """The last code sent to a number; older ones no longer count."""
    return session.scalar(
        sa.select(OneTimeCode)
        .where(OneTimeCode.phone == phone)
        .order_by(OneTimeCode.id.desc())
        .limit(1)
    )


def _newest(
    session: Session,
    moment: InstrumentedAttribute[datetime],
    owner: sa.ColumnElement[bool],
    limit: Limit,
    now: datetime,
) -> Sequence[datetime]:
    """Moments around `now`, both sides of it: the clock may have been put back."""
    return session.scalars(
        sa.select(moment)
        .where(owner, moment > now - limit.within, moment < now + limit.within)
        .order_by(moment.desc())
        .limit(limit.most)
    ).all()

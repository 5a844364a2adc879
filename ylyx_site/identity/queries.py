"""Reading accounts, grants, sessions and recent failures."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from ylyx_site.identity.models import (
    Account,
    DemoMessage,
    FailedSignIn,
    Grant,
    OneTimeCode,
    SignedInSession,
)
from ylyx_site.identity.roles import Role
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


def people_of(session: Session, facility_id: int, role: Role) -> frozenset[int]:
    """The accounts that have this role at a facility now."""
    rows = session.scalars(
        sa.select(Grant.account_id).where(
            Grant.facility_id == facility_id, Grant.role == role, Grant.ended_at.is_(None)
        )
    )
    return frozenset(rows)


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


def newest_code(session: Session, phone: str, purpose: str) -> OneTimeCode | None:
    """The last code sent to a number for this purpose; older ones no longer count."""
    return session.scalar(
        sa.select(OneTimeCode)
        .where(OneTimeCode.phone == phone, OneTimeCode.purpose == purpose)
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


ACCOUNTS_A_PAGE = 30


def find_accounts(session: Session, text: str, page: int) -> tuple[Sequence[Account], bool]:
    """One page of accounts, newest first, and whether there is a further one.

    `text`: last digits of a number, or part of a name; empty: all. `page` counts from 1.
    """
    found = sa.select(Account).order_by(Account.id.desc())
    if text.isdigit():
        found = found.where(Account.phone.endswith(text, autoescape=True))
    elif text:
        found = found.where(Account.name.contains(text, autoescape=True))
    first = (page - 1) * ACCOUNTS_A_PAGE
    rows = session.scalars(found.offset(first).limit(ACCOUNTS_A_PAGE + 1)).all()
    return rows[:ACCOUNTS_A_PAGE], len(rows) > ACCOUNTS_A_PAGE


def grants_of_all(session: Session, accounts: Sequence[Account]) -> Sequence[Grant]:
    """The live roles of several accounts, in one query."""
    return session.scalars(
        sa.select(Grant)
        .where(Grant.account_id.in_([account.id for account in accounts]), Grant.ended_at.is_(None))
        .order_by(Grant.id)
    ).all()


def demo_messages(session: Session, most: int = 30) -> Sequence[DemoMessage]:
    """The newest messages of the demo."""
    return session.scalars(sa.select(DemoMessage).order_by(DemoMessage.id.desc()).limit(most)).all()


def open_phone(session: Session, account_id: int) -> str | None:
    """The number of an account; None when it is closed or unknown."""
    return session.scalar(
        sa.select(Account.phone).where(Account.id == account_id, Account.closed_at.is_(None))
    )


def open_phones(session: Session, phones: Sequence[str]) -> set[str]:
    """Which of these numbers have an account that is not closed."""
    return set(
        session.scalars(
            sa.select(Account.phone).where(Account.phone.in_(phones), Account.closed_at.is_(None))
        )
    )

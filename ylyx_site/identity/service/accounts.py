"""Making, naming, closing accounts, and their passwords."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.identity import passwords, queries
from ylyx_site.identity.errors import AccountClosed, OwnAccount, PhoneTaken, StillAtWork
from ylyx_site.identity.models import (
    Account,
    FailedSignIn,
    Grant,
    OneTimeCode,
    StaffInvitation,
)
from ylyx_site.identity.service.sessions import end_sessions
from ylyx_site.journal.service import note
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.shared.refusals import N_, NotFound


def create_account(
    session: Session,
    phone: str,
    name: str,
    password: str | None,
    *,
    now: datetime,
    actor_id: int | None = None,
) -> Account:
    """Make an account; `phone` is 11 digits (`identifiers.mobile`), `name` may be empty as yet.

    `actor_id` is None when people register themselves. Raises `PhoneTaken`.
    """
    if queries.account_by_phone(session, phone) is not None:
        raise PhoneTaken(field="phone")
    account = Account(
        phone=phone,
        name=name,
        password_hash=passwords.hash_password(password) if password else None,
        created_at=now,
    )
    session.add(account)
    session.flush()
    _note(session, "identity.account_created", account, actor_id or account.id, now)
    return account


def rename(session: Session, account_id: int, name: str, *, actor_id: int, now: datetime) -> None:
    """Change the name; `name` has passed `identifiers.person_name`."""
    account = _open(session, account_id)
    account.name = name
    session.flush()
    _note(session, "identity.name_changed", account, actor_id, now)


def set_password(
    session: Session,
    account_id: int,
    password_hash: str,
    *,
    actor_id: int,
    now: datetime,
    keep: str | None = None,
) -> None:
    """Set a password already hashed (`passwords.hash_password`, before the transaction).

    Ends all sessions of the account but the one with the token hash `keep`. Raises `NotFound`,
    `AccountClosed`.
    """
    account = _open(session, account_id)
    account.password_hash = password_hash
    session.flush()
    end_sessions(session, account_id, now=now, but=keep)
    _note(session, "identity.password_set", account, actor_id, now)
    _tell_owner(session, account_id, now)


def _tell_owner(session: Session, account_id: int, now: datetime) -> None:
    news = News(
        NoticeKind.ACCOUNT,
        N_("您的密码刚刚设置或改过。不是您自己改的，请马上打电话给人工台。"), {},
        "/account", "password", f"identity.password_set:{account_id}:{now.isoformat()}",
    )  # fmt: skip
    plan(session, [account_id], news, now=now)


def close_account(session: Session, account_id: int, *, actor_id: int, now: datetime) -> None:
    """Close an account: its roles and sessions end, nobody signs in with it any more.

    Raises `NotFound`, `AccountClosed` and, for one's own, `OwnAccount`.
    """
    account = _open(session, account_id)
    if account_id == actor_id:
        raise OwnAccount
    account.closed_at = now
    session.execute(
        sa.update(Grant)
        .where(Grant.account_id == account_id, Grant.ended_at.is_(None))
        .values(ended_at=now)
    )
    session.flush()
    end_sessions(session, account_id, now=now)
    _note(session, "identity.account_closed", account, actor_id, now)


def erase_account(session: Session, account_id: int, *, now: datetime) -> None:
    """Close one's own account and erase who it was: number, name, password, codes, invitations.

    The row stays under its number for what was booked and paid; the telephone may register anew.
    The caller has seen to it that it acts for nobody. Raises `NotFound`, `AccountClosed`,
    `StillAtWork`.
    """
    account = _open(session, account_id)
    if queries.live_grants(session, account_id):
        raise StillAtWork
    for model in (OneTimeCode, FailedSignIn, StaffInvitation):
        session.execute(
            sa.delete(model)
            .where(model.phone == account.phone)
            .execution_options(synchronize_session=False)
        )
    account.closed_at, account.phone = now, f"erased-{account_id}"
    account.name, account.password_hash = "", None
    session.flush()
    end_sessions(session, account_id, now=now)
    _note(session, "identity.account_erased", account, account_id, now)


def _open(session: Session, account_id: int) -> Account:
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound
    if account.closed_at is not None:
        raise AccountClosed
    return account


def _note(session: Session, action: str, account: Account, actor_id: int, now: datetime) -> None:
    note(session, action, f"account:{account.id}", actor_id=actor_id, now=now)

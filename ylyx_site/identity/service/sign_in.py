"""Signing in by password.

The password is checked before the transaction opens, because argon2 takes tens of milliseconds in
which SQLite's only writer would be held. The limits are then asked again inside it, one try after
the other: of a burst of guesses at most five are ever told apart.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.identity import passwords, queries
from ylyx_site.identity.models import Account
from ylyx_site.identity.service import limits
from ylyx_site.identity.service.sessions import Arrival, start_session


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at a password gave: whose it is (None: nobody's), by which hash, a newer one."""

    phone: str
    account_id: int | None
    seen_hash: str | None = None
    newer_hash: str | None = None


def check_password(
    session: Session, phone: str, password: str, address: str, *, now: datetime
) -> Checked:
    """Compare a password, writing nothing; as slow for unknown numbers as for known ones.

    Raises `TooManyFailures` or `TooManyFailuresHere` without looking.
    """
    limits.refuse_locked_address(session, address, now)
    limits.refuse_locked_number(session, phone, now)
    account = queries.account_by_phone(session, phone)
    hashed = account.password_hash if account and account.closed_at is None else None
    if not passwords.matches(password, hashed) or account is None or hashed is None:
        return Checked(phone, None)
    newer = passwords.hash_password(password) if passwords.is_outdated(hashed) else None
    return Checked(phone, account.id, hashed, newer)


def enter_by_password(
    session: Session, checked: Checked, arrival: Arrival, *, now: datetime
) -> str | None:
    """Start a session and return its token; None, with the failure counted, for a wrong password.

    Raises as `check_password` when others used up the tries meanwhile.
    """
    limits.take_turns(session, checked.phone)
    limits.refuse_locked_address(session, arrival.address, now)
    limits.refuse_locked_number(session, checked.phone, now)
    account = _still_the_same(session, checked)
    if account is None:
        limits.note_failure(session, checked.phone, arrival.address, now)
        return None
    if checked.newer_hash is not None:
        account.password_hash = checked.newer_hash
    return start_session(session, account.id, now=now, arrival=arrival)


def note_wrong_password(session: Session, phone: str, address: str, *, now: datetime) -> None:
    """Count a wrong present password given on one's own account page."""
    limits.take_turns(session, phone)
    limits.note_failure(session, phone, address, now)


def _still_the_same(session: Session, checked: Checked) -> Account | None:
    """The account, unless it was closed or got another password since the look."""
    if checked.account_id is None:
        return None
    account = session.get(Account, checked.account_id, populate_existing=True)
    if account is None or account.closed_at or account.password_hash != checked.seen_hash:
        return None
    return account

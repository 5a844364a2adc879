"""One-time codes: six digits, five minutes, five tries, used once; only the newest counts."""

import hmac
import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.identity import queries, rules
from ylyx_site.identity.models import Account, OneTimeCode
from ylyx_site.identity.service import limits
from ylyx_site.identity.service.accounts import create_account
from ylyx_site.identity.service.sessions import Arrival, start_session
from ylyx_site.shared.vault import blind_index


def new_code(session: Session, phone: str, address: str, *, now: datetime) -> str:
    """Make a code for a number, known or not, and return it: to be sent after the commit.

    Raises `CodeSentJustNow` or `TooManyCodes`.
    """
    limits.take_turns(session, phone)
    limits.refuse_code(session, phone, address, now)
    code = f"{secrets.randbelow(1_000_000):06d}"
    session.add(
        OneTimeCode(
            phone=phone,
            address=address,
            code_hash=_digest(phone, code),
            sent_at=now,
            expires_at=now + rules.CODE_LIVES,
        )
    )
    session.flush()
    return code


def enter_by_code(
    session: Session, phone: str, code: str, arrival: Arrival, *, now: datetime
) -> str | None:
    """Start a session and return its token; None, with the failure counted, for a wrong code.

    A number without account gets one: families register themselves, their name is asked for
    afterwards. Raises `TooManyFailuresHere`.
    """
    limits.take_turns(session, phone)
    limits.refuse_locked_address(session, arrival.address, now)
    account = _account_for(session, phone, now) if _use(session, phone, code, now) else None
    if account is None:
        limits.note_failure(session, phone, arrival.address, now)
        return None
    return start_session(session, account.id, now=now, arrival=arrival)


def _use(session: Session, phone: str, code: str, now: datetime) -> bool:
    """Count a try; whether it was the right code, in time, for the first time."""
    sent = queries.newest_code(session, phone)
    if sent is None or sent.used_at is not None or sent.tries >= rules.CODE_TRIES:
        return False
    sent.tries += 1
    right = hmac.compare_digest(sent.code_hash, _digest(phone, code))
    if not right or not rules.is_code_fresh(sent.sent_at, now):
        return False
    sent.used_at = now
    return True


def _account_for(session: Session, phone: str, now: datetime) -> Account | None:
    account = queries.account_by_phone(session, phone)
    if account is None:
        return create_account(session, phone, "", None, now=now)
    return account if account.closed_at is None else None


def _digest(phone: str, code: str) -> str:
    return blind_index(f"code:{phone}:{code}")

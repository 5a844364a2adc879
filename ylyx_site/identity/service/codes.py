"""One-time codes: six digits, five minutes, five tries, used once; only the newest counts.

Each code is for one purpose, and is good for nothing else. What is sent to a number is counted
whatever it is for, so that nobody's telephone is kept ringing.
"""

import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ylyx_site.identity import queries, rules
from ylyx_site.identity.models import Account, OneTimeCode
from ylyx_site.identity.service import limits
from ylyx_site.identity.service.accounts import create_account
from ylyx_site.identity.service.sessions import Arrival, start_session
from ylyx_site.shared.vault import blind_index

SIGN_IN = "sign_in"


def new_code(
    session: Session,
    phone: str,
    address: str,
    *,
    now: datetime,
    purpose: str = SIGN_IN,
    lives: timedelta = rules.CODE_LIVES,
) -> str:
    """Make a code for a number, known or not, and return it: to be sent after the commit.

    `purpose` is a word of whoever asks for it, `lives` how long it may be used. Raises
    `CodeSentJustNow` or `TooManyCodes`.
    """
    limits.take_turns(session, phone)
    limits.refuse_code(session, phone, address, now)
    code = f"{secrets.randbelow(1_000_000):06d}"
    session.add(
        OneTimeCode(
            phone=phone,
            address=address,
            purpose=purpose,
            code_hash=_digest(purpose, phone, code),
            sent_at=now,
            expires_at=now + lives,
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
    is_right = _use(session, SIGN_IN, phone, code, now)
    account = _account_for(session, phone, now) if is_right else None
    if account is None:
        limits.note_failure(session, phone, arrival.address, now)
        return None
    return start_session(session, account.id, now=now, arrival=arrival)


def use_code(
    session: Session, phone: str, code: str, address: str, *, purpose: str, now: datetime
) -> bool:
    """Use up a code that is for something else than signing in; whether it was right.

    A failure counts against the address it came from, not against the number: whoever guesses
    must not lock its owner out. Raises `TooManyFailuresHere`.
    """
    limits.take_turns(session, phone)
    limits.refuse_locked_address(session, address, now)
    is_right = _use(session, purpose, phone, code, now)
    if not is_right:
        limits.note_failure(session, "", address, now)
    session.flush()
    return is_right


def _use(session: Session, purpose: str, phone: str, code: str, now: datetime) -> bool:
    """Count a try; whether it was the right code, in time, for the first time."""
    sent = queries.newest_code(session, phone, purpose)
    if sent is None or sent.used_at is not None or sent.tries >= rules.CODE_TRIES:
        return False
    sent.tries += 1
    right = hmac.compare_digest(sent.code_hash, _digest(purpose, phone, code))
    lives = sent.expires_at - sent.sent_at
    if not right or not rules.is_code_fresh(sent.sent_at, now, lives):
        return False
    sent.used_at = now
    return True


def _account_for(session: Session, phone: str, now: datetime) -> Account | None:
    account = queries.account_by_phone(session, phone)
    if account is None:
        return create_account(session, phone, "", None, now=now)
    return account if account.closed_at is None else None


def _digest(purpose: str, phone: str, code: str) -> str:
    return blind_index(f"code:{purpose}:{phone}:{code}")

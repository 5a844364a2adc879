"""Counting failures and codes in our own tables, because several processes share them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.identity import queries, rules
from ylyx_site.identity.errors import (
    CodeSentJustNow,
    TooManyCodes,
    TooManyFailures,
    TooManyFailuresHere,
)
from ylyx_site.identity.models import FailedSignIn

LOCKS_OF_SIGN_IN = 8110  # seed of the hash: keeps these locks apart from other rooms'


def take_turns(session: Session, phone: str) -> None:
    """Let tries for one number happen one after the other, so that a burst cannot outrun the count.

    SQLite does so by itself.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            sa.select(
                sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(phone, LOCKS_OF_SIGN_IN))
            )
        )


def refuse_locked_number(session: Session, phone: str, now: datetime) -> None:
    """Raise `TooManyFailures` while too many passwords for this number were wrong."""
    limit = rules.FAILURES_OF_NUMBER
    wait = rules.to_wait(limit, queries.failures(session, limit, now, phone=phone), now)
    if wait is not None:
        raise TooManyFailures(minutes=rules.minutes_up(wait))


def refuse_locked_address(session: Session, address: str, now: datetime) -> None:
    """Raise `TooManyFailuresHere` while too many tries from this address were wrong."""
    limit = rules.FAILURES_FROM_ADDRESS
    wait = rules.to_wait(limit, queries.failures(session, limit, now, address=address), now)
    if wait is not None:
        raise TooManyFailuresHere(minutes=rules.minutes_up(wait))


def note_failure(session: Session, phone: str, address: str, now: datetime) -> None:
    """Count one wrong password or code."""
    session.add(FailedSignIn(phone=phone, address=address, at=now))


def refuse_code(session: Session, phone: str, address: str, now: datetime) -> None:
    """Raise `CodeSentJustNow` or `TooManyCodes` when no code may be sent now."""
    minute = rules.CODE_AFTER_CODE
    wait = rules.to_wait(minute, queries.codes_sent(session, minute, now, phone=phone), now)
    if wait is not None:
        raise CodeSentJustNow(seconds=max(1, round(wait.total_seconds())))
    of_number, here = rules.CODES_OF_NUMBER, rules.CODES_FROM_ADDRESS
    waits = (
        rules.to_wait(of_number, queries.codes_sent(session, of_number, now, phone=phone), now),
        rules.to_wait(here, queries.codes_sent(session, here, now, address=address), now),
    )
    longest = max((wait for wait in waits if wait is not None), default=None)
    if longest is not None:
        raise TooManyCodes(minutes=rules.minutes_up(longest))

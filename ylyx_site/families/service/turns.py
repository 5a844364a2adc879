"""Who waits for whom: what is counted or compared must not change under the count."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

FAMILIES = 8130  # keeps our locks apart from those of other rooms


def take_turns(session: Session, subject: str) -> None:
    """Let writes about one `subject` (`account:1`, `person:2`) happen one after the other.

    Until the end of the transaction. Accounts before numbers before people, so that nobody waits
    in a ring. SQLite, with one writer at a time, does so by itself.
    """
    if session.get_bind().dialect.name == "postgresql":
        key = sa.func.hashtextextended(subject, FAMILIES)
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))

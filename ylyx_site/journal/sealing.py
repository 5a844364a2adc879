"""The hash chain over the journal: who bends a sealed entry, or removes one, breaks it.

Entries are written without it, because a chain inside their transaction would be one lock for all
writers. The worker seals them afterwards, in the order in which it finds them.
"""

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.journal.models import JournalEntry

BATCH = 500
START = ""  # what stands for the seal before the first
LOCK = 6_150_403  # any number, the same for every worker


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries of the chain are right, the last right seal, and what is wrong after it.

    `broken_id` is the number of the row of the first wrong entry; None when only `why` tells it.
    """

    sealed: int
    last_seal: str
    why: str | None = None
    broken_id: int | None = None


def seal_of(previous: str, number: int, entry: JournalEntry) -> str:
    """The seal of an entry: SHA-256 over the seal before it and all that the entry says."""
    row = [
        number, entry.id, entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id, entry.facility_id, entry.action, entry.subject, entry.detail,
    ]  # fmt: skip
    canonical = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((previous + canonical).encode()).hexdigest()


def seal(session: Session, most: int = BATCH) -> int:
    """Seal up to `most` entries, in the order of their rows; returns how many there were.

    Several workers may do it at once: they take turns.
    """
    _take_turns(session)
    number, previous = _last(session)
    sealed = []
    for entry in session.scalars(
        sa.select(JournalEntry)
        .where(JournalEntry.seal.is_(None))
        .order_by(JournalEntry.id)
        .limit(most)
        .execution_options(populate_existing=True)
    ):
        number += 1
        previous = seal_of(previous, number, entry)
        sealed.append({"id": entry.id, "number": number, "seal": previous})
    if sealed:
        session.execute(sa.update(JournalEntry), sealed)
    return len(sealed)


def unsealed(session: Session, _now: datetime) -> int:
    """How many entries wait for their seal."""
    open_ = sa.select(sa.func.count()).select_from(JournalEntry).where(JournalEntry.seal.is_(None))
    return session.scalar(open_) or 0


def verify(session: Session) -> Verdict:
    """Recompute the chain from its first entry; stops at the first that is wrong."""
    number, previous = 0, START
    for entry in _sealed(session):
        if entry.number != number + 1:
            return Verdict(number, previous, f"entry {number + 1} is missing", entry.id)
        if entry.seal != seal_of(previous, number + 1, entry):
            return Verdict(number, previous, f"entry {number + 1} was changed", entry.id)
        number, previous = number + 1, entry.seal
    return Verdict(number, previous)


def _take_turns(session: Session) -> None:
    """On SQLite the write transaction is the lock."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))


def _last(session: Session) -> tuple[int, str]:
    last = session.execute(
        sa.select(JournalEntry.number, JournalEntry.seal)
        .where(JournalEntry.number.is_not(None))
        .order_by(JournalEntry.number.desc())
        .limit(1)
    ).first()
    return (last.number, last.seal or START) if last else (0, START)


def _sealed(session: Session) -> Iterator[JournalEntry]:
    """Entries of the chain in its order, read in batches so that a long journal fits."""
    after = 0
    while True:
        batch = session.scalars(
            sa.select(JournalEntry)
            .where(JournalEntry.number > after)
            .order_by(JournalEntry.number)
            .limit(BATCH)
            .execution_options(populate_existing=True)
        ).all()
        if not batch:
            return
        yield from batch
        after = batch[-1].number or 0
        session.expunge_all()


def bent(session: Session, entries: Collection[JournalEntry]) -> set[int]:
    """The rows of these sealed entries whose seal does not follow from the one before; one query.

    Cheap enough for a page; `verify` looks at the whole chain.
    """
    sealed = {one.number: one for one in entries if one.number is not None}
    before = {
        number: seal or START
        for number, seal in session.execute(
            sa.select(JournalEntry.number, JournalEntry.seal).where(
                JournalEntry.number.in_([number - 1 for number in sealed])
            )
        )
    } | {0: START}
    return {
        one.id
        for number, one in sealed.items()
        if number - 1 not in before or one.seal != seal_of(before[number - 1], number, one)
    }


def state(session: Session) -> tuple[int, str]:
    """How many entries are in the chain, and the last seal."""
    return _last(session)

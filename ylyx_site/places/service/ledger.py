"""Taking and giving back places: the only code that changes `taken`.

On PostgreSQL one call of `places_take` (a function of the migrations) looks without a lock, locks
the day headers in (resource, day) order and moves the counters: one round trip. On SQLite the
write transaction is the lock. Commit soon after: the hot rows are held until then.
"""

from collections.abc import Iterable
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.places.claims import Claim, Run, runs_of
from ylyx_site.places.errors import Full, FullSlot, LedgerBrokenError

TAKE_SQL = """
SELECT resource_id, day, slot FROM places_take(
  CAST(:resources AS int[]), CAST(:days AS date[]), CAST(:firsts AS int[]),
  CAST(:ends AS int[]), CAST(:counts AS int[])
)
"""
POSTGRES_TAKE = sa.text(TAKE_SQL)
SQLITE_TAKE = sa.text(
    "UPDATE place_slot SET taken = taken + :places, capacity = max(wanted, taken + :places)"
    " WHERE resource_id = :resource_id AND day = :day AND slot >= :first AND slot < :end"
    " AND taken + :places <= capacity RETURNING slot"
)


def take(session: Session, claims: Iterable[Claim]) -> None:
    """Take all claims or none. Raises `Full`, naming the half hours that lack a place.

    After `Full` the transaction must be rolled back, which leaving its block does.
    """
    runs = runs_of(claims)
    if not runs:
        return
    refuse_lacking(_postgres(session, runs) if is_postgres(session) else _sqlite(session, runs))


def refuse_lacking(slots: list[FullSlot]) -> None:
    """Raise `Full` with the half hours that lack a place."""
    if slots:
        raise Full(slots)


def give_back(session: Session, claims: Iterable[Claim]) -> None:
    """The mirror of `take`. Raises `LedgerBrokenError` when a half hour does not exist."""
    try:
        take(session, [replace(claim, count=-claim.count) for claim in claims])
    except Full as missing:
        raise LedgerBrokenError(str(missing.slots[:3])) from missing


def is_postgres(session: Session) -> bool:
    """Whether one statement can do what takes several on SQLite."""
    return session.get_bind().dialect.name == "postgresql"


def _postgres(session: Session, runs: list[Run]) -> list[FullSlot]:
    return [FullSlot(*row) for row in session.execute(POSTGRES_TAKE, take_values(runs))]


def take_values(runs: list[Run]) -> dict[str, list[object]]:
    """What `TAKE_SQL` wants to know."""
    names = ("resources", "days", "firsts", "ends", "counts")
    columns = zip(*runs, strict=True)
    return {name: list(column) for name, column in zip(names, columns, strict=True)}


def _sqlite(session: Session, runs: list[Run]) -> list[FullSlot]:
    lacking = []
    for run in runs:
        values = run._asdict() | {"day": run.day.isoformat()}
        moved = set(session.execute(SQLITE_TAKE, values).scalars())
        lacking += [
            FullSlot(run.resource_id, run.day, slot)
            for slot in range(run.first, run.end)
            if slot not in moved
        ]
    return lacking

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

POSTGRES_TAKE = sa.text(
    "SELECT resource_id, day, slot FROM places_take"
    "(CAST(:resources AS int[]), CAST(:days AS date[]), CAST(:firsts AS int[]),"
    " CAST(:ends AS int[]), CAST(:counts AS int[]))"
)
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
    lacking = _postgres(session, runs) if _is_postgres(session) else _sqlite(session, runs)
    if lacking:
        raise Full(lacking)


def give_back(session: Session, claims: Iterable[Claim]) -> None:
    """The mirror of `take`. Raises `LedgerBrokenError` when a half hour does not exist."""
    try:
        take(session, [replace(claim, count=-claim.count) for claim in claims])
    except Full as missing:
        raise LedgerBrokenError(str(missing.slots[:3])) from missing


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _postgres(session: Session, runs: list[Run]) -> list[FullSlot]:
    resources, days, firsts, ends, counts = (list(column) for column in zip(*runs, strict=True))
    rows = session.execute(
        POSTGRES_TAKE,
        {"resources": resources, "days": days, "firsts": firsts, "ends": ends, "counts": counts},
    )
    return [FullSlot(*row) for row in rows]


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

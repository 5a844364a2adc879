"""Taking and giving back places: the only code that changes `taken`.

What a hold keeps is taken like anything else. Whoever would be told that it is full first gives
back what expired holds keep of those days, in the same transaction: expired is free at once.

On PostgreSQL one call of `places_take` (a function of the migrations) looks without a lock, locks
the day headers in (resource, day) order and moves the counters: one round trip. On SQLite the
write transaction is the lock. Commit soon after: the hot rows are held until then.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.places.claims import Claim, Run, runs_of
from ylyx_site.places.errors import Full, FullSlot, LedgerBrokenError
from ylyx_site.places.service.letting_go import let_go_expired

TAKE_SQL = """
SELECT resource_id, day, slot FROM places_take(
  CAST(:resources AS int[]), CAST(:days AS date[]), CAST(:firsts AS int[]),
  CAST(:ends AS int[]), CAST(:counts AS int[]), CAST(:at AS timestamptz)
)
"""
POSTGRES_TAKE = sa.text(TAKE_SQL)
SQLITE_TAKE = sa.text(
    "UPDATE place_slot SET taken = taken + :places, capacity = max(wanted, taken + :places)"
    " WHERE resource_id = :resource_id AND day = :day AND slot >= :first AND slot < :end"
    " AND taken + :places <= capacity RETURNING slot"
)


def take(session: Session, claims: Iterable[Claim], *, now: datetime | None = None) -> None:
    """Take all claims or none. Raises `Full`, naming the half hours that lack a place.

    `now` says which holds have run out and make room; without it none does. After `Full` the
    transaction must be rolled back, which leaving its block does.
    """
    runs = runs_of(claims)
    if not runs:
        return
    if is_postgres(session):
        refuse_lacking(_postgres(session, runs, now))
    else:
        refuse_lacking(_sqlite(session, runs, now))


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


def _postgres(session: Session, runs: list[Run], now: datetime | None) -> list[FullSlot]:
    return [FullSlot(*row) for row in session.execute(POSTGRES_TAKE, take_values(runs, now))]


def take_values(runs: list[Run], now: datetime | None) -> dict[str, object]:
    """What `TAKE_SQL` wants to know."""
    names = ("resources", "days", "firsts", "ends", "counts")
    columns = zip(*runs, strict=True)
    return {"at": now} | {name: list(one) for name, one in zip(names, columns, strict=True)}


def _sqlite(session: Session, runs: list[Run], now: datetime | None) -> list[FullSlot]:
    lacking = _move(session, runs)
    if not lacking or now is None:
        return lacking
    kept = let_go_expired(session, now, {(one.resource_id, one.day) for one in lacking})
    if not kept:
        return lacking
    give_back(session, kept)
    places = {(run.resource_id, run.day, slot): run.places
              for run in runs for slot in range(run.first, run.end)}  # fmt: skip
    return _move(session, [Run(*one, one.slot + 1, places[one]) for one in lacking])


def _move(session: Session, runs: list[Run]) -> list[FullSlot]:
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

"""Limits that are made at first use: the part of the ledger for what nobody publishes beforehand.

A counter is a row of `place_counter`, named by whose limit it is, for the period that begins on a
day. Using it is one statement: an INSERT that may meet its twin, under the table's CHECK.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.places.errors import LedgerBrokenError, Spent
from ylyx_site.places.models import PlaceCounter
from ylyx_site.places.uses import CounterKey, Use
from ylyx_site.shared.db import on_conflict


class CounterDifference(NamedTuple):
    """A counter whose `taken` is not what lives; a claim without a counter shows 0."""

    name: str
    period_start: date
    taken: int
    claimed: int


def count(session: Session, uses: Iterable[Use]) -> None:
    """Take all uses or none. Raises `Spent`, naming the counters that have not enough left.

    Uses of the same counter are added up; of their limits the lowest binds. After `Spent` the
    transaction must be rolled back, which leaving its block does.
    """
    wanted = _added_up(uses)
    possible = {key: use for key, use in wanted.items() if use.count <= use.limit}
    spent = wanted.keys() - _moved(session, possible)
    if spent:
        raise Spent(sorted(spent))


def uncount(session: Session, uses: Iterable[Use]) -> None:
    """The mirror of `count`. Raises `LedgerBrokenError` for what had never been taken."""
    for (name, period_start), use in _added_up(uses).items():
        moved = session.execute(
            sa.update(PlaceCounter)
            .where(
                PlaceCounter.name == name,
                PlaceCounter.period_start == period_start,
                PlaceCounter.taken >= use.count,
            )
            .values(taken=PlaceCounter.taken - use.count)
            .returning(PlaceCounter.taken)
            .execution_options(synchronize_session=False)
        ).all()
        if not moved:
            raise LedgerBrokenError(f"{name} {period_start}")


def taken_of(session: Session, keys: Iterable[CounterKey]) -> dict[CounterKey, int]:
    """What is taken of some counters; those never used are left out."""
    wanted = set(keys)
    rows = session.execute(
        sa.select(PlaceCounter.name, PlaceCounter.period_start, PlaceCounter.taken).where(
            PlaceCounter.name.in_({name for name, _ in wanted}),
            PlaceCounter.period_start.in_({start for _, start in wanted}),
        )
    )
    return {(name, start): taken for name, start, taken in rows if (name, start) in wanted}


def left(session: Session, uses: Iterable[Use]) -> dict[CounterKey, int]:
    """What is left of the limits of some uses, never below 0; their counts do not matter."""
    limits = {key: use.limit for key, use in _added_up(uses).items()}
    taken = taken_of(session, limits)
    return {key: max(0, limit - taken.get(key, 0)) for key, limit in limits.items()}


def counter_differences(
    session: Session, claimed: Mapping[CounterKey, int], prefix: str
) -> list[CounterDifference]:
    """Counters whose name begins with `prefix` that differ from what lives, by name and day.

    `claimed` is what live rows claim of these counters; empty when the ledger is right.
    """
    rows = session.execute(
        sa.select(PlaceCounter.name, PlaceCounter.period_start, PlaceCounter.taken).where(
            PlaceCounter.name.startswith(prefix, autoescape=True)
        )
    )
    kept = {(name, start): taken for name, start, taken in rows}
    return [
        CounterDifference(*key, kept.get(key, 0), claimed.get(key, 0))
        for key in sorted(kept.keys() | claimed.keys())
        if kept.get(key, 0) != claimed.get(key, 0)
    ]


def _added_up(uses: Iterable[Use]) -> dict[CounterKey, Use]:
    """One use per counter, in the order of locking; those of nothing are left out."""
    found: dict[CounterKey, Use] = {}
    for use in uses:
        before = found.get(use.key, Use(*use.key, use.limit, 0))
        found[use.key] = Use(*use.key, min(before.limit, use.limit), before.count + use.count)
    return {key: found[key] for key in sorted(found) if found[key].count}


def _moved(session: Session, uses: Mapping[CounterKey, Use]) -> set[CounterKey]:
    """Count each use that fits, one row after the other in this order; which ones did."""
    if not uses:
        return set()
    insert = on_conflict(session, PlaceCounter).values(
        [
            {"name": name, "period_start": start, "capacity": use.limit, "taken": use.count}
            for (name, start), use in uses.items()
        ]
    )
    after = PlaceCounter.taken + insert.excluded.taken
    statement = insert.on_conflict_do_update(
        index_elements=[PlaceCounter.name, PlaceCounter.period_start],
        set_={"taken": after, "capacity": insert.excluded.capacity},
        where=after <= insert.excluded.capacity,
    ).returning(PlaceCounter.name, PlaceCounter.period_start)
    return {(name, start) for name, start in session.execute(statement)}

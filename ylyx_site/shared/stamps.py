"""Stamps: what changes rarely is kept in the process under the stamp that it was read at.

Whoever changes such a thing stamps its name in the same transaction; whoever uses what was kept
reads the stamp in theirs, so that nothing stale is ever used. A stamp is random, not a counter:
one that was rolled back, or lost by restoring a backup, never comes again for something else.
"""

import secrets
from collections.abc import Collection, Hashable
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from ylyx_site.shared.db import Model, on_conflict

Value = TypeVar("Value")


class Stamp(Model):
    """The stamp of something that is kept: `calendar`, `facility:12`."""

    __tablename__ = "stamp"

    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    number: Mapped[int] = mapped_column(sa.BigInteger)


def stamp(session: Session, names: Collection[str]) -> None:
    """Say that these have changed, in the transaction that changes them."""
    if not names:
        return
    rows = [{"name": name, "number": secrets.randbits(62)} for name in sorted(names)]
    insert = on_conflict(session, Stamp)
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["name"], set_={"number": insert.excluded.number}
        ),
        rows,
    )


def numbers_of(session: Session, names: Collection[str]) -> dict[str, int]:
    """The stamps of these names, in one query; a name that was never stamped is left out."""
    rows = session.execute(sa.select(Stamp.name, Stamp.number).where(Stamp.name.in_(names)))
    return {name: number for name, number in rows}  # noqa: C416 rows are not pairs


class Kept(Generic[Value]):
    """At most `most` values by key, each with the stamps that it was read under.

    Threads may share it: every step is one operation on a dict, and a value that two of them read
    at once is only read twice.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[Hashable, tuple[Hashable, Value]] = {}

    def get(self, key: Hashable, stamps: Hashable) -> Value | None:
        """Return what is kept under exactly these stamps."""
        found = self._values.get(key)
        return found[1] if found is not None and found[0] == stamps else None

    def put(self, key: Hashable, stamps: Hashable, value: Value) -> None:
        """Keep a value; when there are too many, all go: simple, and rare."""
        if len(self._values) >= self._most:
            self._values.clear()
        self._values[key] = (stamps, value)

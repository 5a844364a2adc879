"""When each sweep of the worker last ran: written by the worker, read by whoever asks how it is."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from ylyx_site.shared.db import Model, on_conflict

STALE_AFTER = timedelta(minutes=5)


class WorkerBeat(Model):
    """A sweep's latest round. `milliseconds` is how long it took, `done` how much it did.

    `backlog` is what was still due after it, -1 where nobody counts it. `error` is the kind of
    what went wrong at `failed_at`, never its words, which may hold personal data; it stays until a
    round goes well.
    """

    __tablename__ = "worker_beat"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 the name is SQLAlchemy's

    sweep: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    ran_at: Mapped[datetime]
    milliseconds: Mapped[int]
    done: Mapped[int]
    backlog: Mapped[int]
    error: Mapped[str] = mapped_column(sa.String(60), default="", server_default="")
    failed_at: Mapped[datetime | None]


def note_beat(
    session: Session, sweep: str, *, milliseconds: int, done: int, backlog: int, now: datetime
) -> None:
    """A round of this sweep went well."""
    facts = {"ran_at": now, "milliseconds": milliseconds, "done": done, "backlog": backlog}
    _write(session, sweep, facts | {"error": "", "failed_at": None})


def note_failure(
    session: Session, sweep: str, error: str, *, milliseconds: int, now: datetime
) -> None:
    """A round of this sweep failed; what it did before stays in its other columns."""
    facts = {"ran_at": now, "milliseconds": milliseconds, "error": error[:60], "failed_at": now}
    _write(session, sweep, facts, {"done": 0, "backlog": -1})


def beats(session: Session) -> Sequence[WorkerBeat]:
    """The latest round of every sweep, by name."""
    return session.scalars(sa.select(WorkerBeat).order_by(WorkerBeat.sweep)).all()


def last_beat(session: Session) -> datetime | None:
    """When the worker last ended a sweep; None when there has never been one."""
    return session.scalar(sa.select(sa.func.max(WorkerBeat.ran_at)))


def ran_at(session: Session, sweep: str) -> datetime | None:
    """When this sweep last ended a round."""
    return session.scalar(sa.select(WorkerBeat.ran_at).where(WorkerBeat.sweep == sweep))


def _write(
    session: Session,
    sweep: str,
    facts: dict[str, object],
    at_first: dict[str, object] | None = None,
) -> None:
    insert = on_conflict(session, WorkerBeat).values(sweep=sweep, **facts, **(at_first or {}))
    session.execute(insert.on_conflict_do_update(index_elements=["sweep"], set_=facts))

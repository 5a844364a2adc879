"""Running named jobs each minute, by huey; knows no room.

huey only calls them: what is due stands in the rooms' rows, so its queue may be lost at any time.
On PostgreSQL the queue is there too and any number of workers share it; on SQLite it is a file
beside the database, and one worker at a time may run.
"""

import fcntl
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from flask import Flask
from huey import PostgresHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from huey.serializer import SignedSerializer
from huey.storage import PostgresStorage

from ylyx_site.shared.db import connect_args

Job = Callable[[], object]
EVERY_MINUTE = crontab(minute="*")
EXPIRES_SECONDS = 55  # a job that waited for longer comes again anyway
TABLES = 0x68756579  # the key of the advisory lock under which they are made: "huey"
LONGEST_PAUSE = 1.0  # between two looks at the queue, in seconds


class AnotherWorkerError(RuntimeError):
    """A worker runs already on this SQLite database."""


def run(app: Flask, jobs: Mapping[str, Job]) -> None:
    """Run the jobs each minute, one after the other, until a signal ends it.

    SIGTERM ends at once: a job under way is rolled back with its transaction. SIGINT lets it end.
    Raises `AnotherWorkerError`.
    """
    logging.getLogger("huey").setLevel(logging.WARNING)
    with _alone(app):
        queue = _queue(app)
        for name, job in jobs.items():
            queue.periodic_task(EVERY_MINUTE, name=name, expires=EXPIRES_SECONDS)(job)
        Consumer(queue, workers=1, max_delay=LONGEST_PAUSE).run()


def _queue(app: Flask) -> PostgresHuey | SqliteHuey:
    """A queue whose entries nobody can write who does not know the site's secret."""
    known = {
        "name": "ylyx", "results": False,
        "serializer": SignedSerializer(secret=app.config["SECRET_KEY"]),
    }  # fmt: skip
    path = _file(app)
    if path is not None:
        return SqliteHuey(filename=f"{path}.queue", fsync=False, **known)
    # Through PgBouncer there is no LISTEN: the queue is looked at instead.
    return PostgresHuey(
        connection=lambda: _connection(app), blocking=False, create_tables=not _has_tables(app),
        storage_class=_WritingStorage, **known,
    )  # fmt: skip


class _WritingStorage(PostgresStorage):  # type: ignore[misc]  # huey has no types
    """huey's tables; whoever writes says so, as reading only is the default of the site's role."""

    begin_sql = "BEGIN READ WRITE"

    def db(self, commit: bool = True, close: bool = False) -> Any:  # noqa: ARG002, FBT huey's own
        """A cursor in a transaction of its own, where huey would let each statement be one."""
        return super().db(commit=True, close=close)

    def initialize_schema(self) -> None:
        """Make the tables where they are missing, one worker after the other.

        Two that said CREATE TABLE IF NOT EXISTS at once would both create, and one of them die.
        """
        with self.db(close=True) as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TABLES])
            for statement in self.ddl:
                cursor.execute(statement)


def _has_tables(app: Flask) -> bool:
    """Whether the queue's tables are there: a role that may not create them only uses them.

    CREATE TABLE IF NOT EXISTS asks for the right to create even where the table exists.
    """
    names = [f"huey_{name}" for name in ("kv", "schedule", "task", "counter")]
    with _connection(app) as connection:
        found = [connection.execute("SELECT to_regclass(%s)", [name]).fetchone() for name in names]
    return all(row is not None and row[0] is not None for row in found)


def _connection(app: Flask) -> psycopg.Connection:
    url = str(app.config["SQLALCHEMY_DATABASE_URI"])
    plain = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, **connect_args())


def _file(app: Flask) -> Path | None:
    """The database's file; None where the database is a server."""
    url = sa.make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() != "sqlite":
        return None
    instance = Path(app.instance_path)
    return instance / (url.database or "ylyx")  # an absolute path stays as it is


@contextmanager
def _alone(app: Flask) -> Iterator[None]:
    """Hold the lock of this SQLite database's worker; the kernel lets it go whatever happens."""
    path = _file(app)
    if path is None:
        yield
        return
    with Path(f"{path}.worker").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherWorkerError from None
        yield

"""The database: models' base, the one transaction of a write, and the guard against any other.

A request reads without being able to write. Whoever stands at the door of a write (a POST view, a
command of the command line, a job) opens exactly one `with transaction() as session:`; commands
take that session, flush and never commit. Two small writes may happen in a GET, known here by
name: the journal of reads of personal data, and a session's last-seen.
"""

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeVarTuple

import sqlalchemy as sa
from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from psycopg.pq import TransactionStatus
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.types import TypeDecorator

Row = TypeVarTuple("Row")
Aside = Literal["journal of reads", "last seen"]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class WriteOutsideTransactionError(RuntimeError):
    """A bug: something writes outside the one transaction of its request, command or job."""


class OutcomeUnknownError(RuntimeError):
    """COMMIT itself failed: the write may have happened. Sending the same form again tells."""


class Instant(TypeDecorator[datetime]):
    """A point in time: aware in Python, UTC in the database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs its zone.")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, _dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        aware: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all models."""

    metadata = sa.MetaData(naming_convention=NAMING)
    registry = registry(
        metadata=metadata,
        type_annotation_map={
            datetime: Instant(),
            enum.StrEnum: sa.Enum(
                enum.StrEnum,
                native_enum=False,
                create_constraint=False,
                length=24,
                values_callable=lambda kinds: [kind.value for kind in kinds],
            ),
        },
    )


db = SQLAlchemy(
    model_class=Base,
    session_options={
        "expire_on_commit": False,
        "autoflush": False,
        "execution_options": {"ylyx_reading": True},
    },
)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

# What we never want to wait for longer, on the server's side; PgBouncer in transaction mode drops
# start-up parameters it does not know, so production sets the same on the role (operations.md).
POSTGRES_LIMITS = (
    "-c lock_timeout=3s -c statement_timeout=5s -c idle_in_transaction_session_timeout=5s"
)
READING = "-c default_transaction_read_only=on"  # whoever writes says so, see `_begin`
# The planner takes a row by its index for four times as dear as on a disk that need not turn.
PLANNING = "-c random_page_cost=1.1"
PREPARED = 500  # statements that a connection keeps: more than the hot pages have


def engine_options(url: str, *, prepares: bool = False) -> dict[str, Any]:
    """Keyword arguments of `create_engine` for this database; opens nothing.

    `prepares`: PostgreSQL plans a statement once per connection instead of each time. Never through
    PgBouncer, behind which a connection is another one in the next transaction.
    """
    if url.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"timeout": 5, "check_same_thread": False}}
    return {
        "isolation_level": "READ COMMITTED",
        "hide_parameters": True,  # what is written may be personal: never in a log
        "pool_timeout": 3,
        "pool_size": 10,
        "max_overflow": 10,
        "pool_pre_ping": False,
        "connect_args": {
            **connect_args(),
            "prepare_threshold": 5 if prepares else None,
            "options": f"{POSTGRES_LIMITS} {READING} {PLANNING}",
        },
    }


def connect_args() -> dict[str, Any]:
    """How psycopg connects: gives up soon, reaches the server that may write, prepares nothing."""
    return {
        "connect_timeout": 2,
        "keepalives_idle": 2,
        "keepalives_interval": 1,
        "keepalives_count": 3,
        "tcp_user_timeout": 5000,
        # "read-write" would ask for the default that `READING` sets, not for what the server is.
        "target_session_attrs": "primary",
        "prepare_threshold": None,
        "options": POSTGRES_LIMITS,
    }


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
    else:
        connection.read_only = False  # its BEGIN is BEGIN READ WRITE
        connection.prepared_max = PREPARED


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Begin what the connection is for: reading, our write, or another's (Alembic, a test)."""
    options = connection.get_execution_options()
    reads = bool(options.get("ylyx_reading"))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reads else 'OFF'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("ylyx_write") else "BEGIN")
        return
    # Reading on PostgreSQL needs no BEGIN: each statement is a transaction by itself, read-only by
    # the connection's default, and sees what is committed when it begins, as READ COMMITTED does.
    if reads != connection.info.get("reads", False):
        driver: Any = connection.connection.dbapi_connection
        driver.autocommit = connection.info["reads"] = reads


@contextmanager
def transaction(aside: Aside | None = None) -> Iterator[Session]:
    """The one write transaction of a request, command or job; commits at the end of the block.

    Ends the reading before it, so that there is one connection per request.
    Raises `WriteOutsideTransactionError` in a GET (but for the two asides known by name) and
    when nested; `OutcomeUnknownError` when the connection breaks during COMMIT.
    """
    _refuse_in_a_get(aside)
    session = db.session()
    if session.info.get("writing"):
        raise WriteOutsideTransactionError("One transaction per write: this one is nested.")
    session.rollback()
    session.info["writing"] = True
    try:
        session.connection(execution_options={"ylyx_reading": False, "ylyx_write": True})
        yield session
        session.flush()
        _commit(session)
    except BaseException:
        let_go(session)
        raise
    finally:
        session.info["writing"] = False


def _refuse_in_a_get(aside: Aside | None) -> None:
    if aside is None and has_request_context() and request.method in ("GET", "HEAD", "OPTIONS"):
        raise WriteOutsideTransactionError(f"{request.method} never writes.")


def _commit(session: Session) -> None:
    try:
        session.commit()
    except DBAPIError as error:
        if error.connection_invalidated or _may_be_committed(error):
            raise OutcomeUnknownError from error
        raise


def _may_be_committed(error: DBAPIError) -> bool:
    """Whether the server went away over a COMMIT (57: operator intervention, 08: connection).

    It may say so after the commit is durable, and before the driver takes the connection for dead.
    """
    return str(getattr(error.orig, "sqlstate", None) or "").startswith(("57", "08"))


def let_go(session: Session) -> None:
    """Roll back; where even that fails because the server is gone, throw the connection away."""
    try:
        session.rollback()
    except SQLAlchemyError:
        session.invalidate()


def set_up(app: Flask) -> None:
    """Give the app its database, and let go of it after each request whatever has become of it.

    Flask-SQLAlchemy's own end of a request rolls back too; when that fails, the answer that was
    ready would be lost, and the web server's bare 500 told in its stead.
    """
    db.init_app(app)
    app.teardown_appcontext(_let_go_of_all)  # runs before that of Flask-SQLAlchemy


def _let_go_of_all(_error: BaseException | None) -> None:
    if db.session.registry.has():
        let_go(db.session())


@event.listens_for(Session, "before_flush")
def _guard_flush(session: Session, _context: Any, _instances: Any) -> None:
    if not session.info.get("writing"):
        raise WriteOutsideTransactionError("Nothing is written outside `with transaction()`.")


@event.listens_for(Session, "do_orm_execute")
def _guard_execute(state: Any) -> None:
    writes = state.is_insert or state.is_update or state.is_delete
    if writes and not state.session.info.get("writing"):
        raise WriteOutsideTransactionError("Nothing is written outside `with transaction()`.")


PORTION = 1000


def in_portions(session: Session, statement: sa.Select[*Row]) -> sa.Result[*Row]:
    """A long list as it is at one moment, fetched in portions: memory stays flat."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.dbapi_connection
        if driver.info.transaction_status == TransactionStatus.IDLE:
            connection.exec_driver_sql("BEGIN READ ONLY")  # a cursor on the server lives in one
    return session.execute(statement, execution_options={"yield_per": PORTION})


def on_conflict(session: Session, model: type[Base]) -> Any:
    """An INSERT into the model's table that knows ON CONFLICT, in this database's dialect."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return (sqlite_insert if is_sqlite else postgres_insert)(model)


RETRIED = frozenset({"40001", "40P01", "55P03"})  # serialization, deadlock, lock timeout


def is_worth_another_try(error: DBAPIError) -> bool:
    """Whether the database asks us to run the whole command again (nothing was committed)."""
    if getattr(error.orig, "sqlstate", None) in RETRIED:
        return True
    return "database is locked" in str(error.orig)

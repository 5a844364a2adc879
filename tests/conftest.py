"""What all tests share: the fixed clock, both databases, a client that reads every answer."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from tests.client import SiteClient
from ylyx_site.app import create_app
from ylyx_site.settings import DEMO_DATA_KEY, Settings
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

MONDAY = "2026-11-23T08:00:00+08:00"
POSTGRES = os.environ.get("YLYX_TEST_POSTGRES_URL")


def settings_for(url: str) -> Settings:
    """Settings of a demo site on the database at `url`, with cheap passwords."""
    return Settings(
        database_url=url,
        secret_key="a-secret-for-tests-only-0123456789",
        data_keys=(DEMO_DATA_KEY,),
        mode="demo",
        now=MONDAY,  # making the app sets the clock: it must not run in the first test
        trusted_hosts=(),
        proxies=0,
        redis_url=None,
        phone_of_desk="023-43700000",
        hours_of_desk="08:00–18:00",
        cheap_passwords=True,
    )


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with clock.standing_at(MONDAY):
        yield


@pytest.fixture(scope="session")
def sqlite_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A SQLite file of this worker, migrated once."""
    return f"sqlite:///{tmp_path_factory.mktemp('db') / 'test.sqlite3'}"


@pytest.fixture(scope="session")
def postgresql_url(worker_id: str) -> str:
    """A PostgreSQL database of this worker, made fresh."""
    if not POSTGRES:
        pytest.skip("YLYX_TEST_POSTGRES_URL is not set (make test sets it)")
    url = sa.make_url(POSTGRES).set(drivername="postgresql+psycopg")
    name = f"{url.database}_{worker_id}"
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


_apps: dict[str, Flask] = {}


def _app_on(url: str) -> Flask:
    """One app per worker and database; its schema comes from the migrations."""
    if url not in _apps:
        app = create_app(settings_for(url))
        app.testing = True
        app.test_client_class = SiteClient
        with app.app_context():
            upgrade()
        _apps[url] = app
    return _apps[url]


def _databases() -> list[object]:
    postgres = pytest.param("postgresql", marks=pytest.mark.postgres)
    return ["sqlite", postgres] if POSTGRES else ["sqlite"]


@pytest.fixture(params=_databases())
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The site on SQLite and on PostgreSQL; empty before each test."""
    app = _app_on(request.getfixturevalue(f"{request.param}_url"))
    with app.app_context():
        _empty(app)
        yield app
        db.session.rollback()
        db.session.remove()


@pytest.fixture
def sqlite_app(sqlite_url: str) -> Iterator[Flask]:
    """The site on SQLite only: for pages whose data layer is tested on both elsewhere."""
    app = _app_on(sqlite_url)
    with app.app_context():
        _empty(app)
        yield app
        db.session.rollback()
        db.session.remove()


def _empty(app: Flask) -> None:
    """Remove every row; the schema stays."""
    db.session.remove()
    deletes = [f'DELETE FROM "{one.name}"' for one in reversed(db.metadata.sorted_tables)]  # noqa: S608 our tables
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # one round trip; a district takes long
            connection.exec_driver_sql("; ".join(["SET LOCAL statement_timeout = 0", *deletes]))
            return
        for one in ("PRAGMA defer_foreign_keys=ON", *deletes):
            connection.connection.cursor().execute(one)


@sa.event.listens_for(sa.Engine, "connect")
def _need_not_outlive_a_crash(connection: Any, _record: object) -> None:
    """No test pulls the plug: SQLite need not wait for the disk at each commit."""
    if type(connection).__module__.startswith("sqlite3"):
        connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """An open write transaction, committed by nobody; for tests of commands and queries."""
    with transaction() as session:
        yield session
        session.rollback()


@pytest.fixture
def client(app: Flask) -> SiteClient:
    """A browser without JavaScript, on both databases."""
    client = app.test_client()
    assert isinstance(client, SiteClient)
    return client


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """What a block sends to the database, gathered in a list; BEGIN and PRAGMA are left out."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                statements.append(statement)

        sa.event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", note)

    return counting

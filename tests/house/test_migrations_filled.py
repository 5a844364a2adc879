"""Each migration takes along the rows that are there: upgraded with a row in every table (P16)."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from tests.conftest import settings_for
from ylyx_site.app import create_app
from ylyx_site.shared.db import db

pytestmark = pytest.mark.slow
VERSIONS = Path(__file__).parents[2] / "ylyx_site" / "migrations" / "versions"
MOST_TABLES = 90  # all but a few whose checks want more of a row
AT = datetime(2026, 11, 23, tzinfo=UTC)


def a_value(column: sa.Column[object], parents: dict[str, dict[str, object]]) -> object:
    """Something that fits: what the row referred to has, or the least of the type."""
    for key in column.foreign_keys:
        if key.column.table.name in parents:
            return parents[key.column.table.name].get(key.column.name)
    if column.nullable:
        return None
    kinds = {bool: True, int: 1, float: 1.0, str: "a", bytes: b"a", datetime: AT, date: AT.date()}
    return kinds.get(column.type.python_type, 1)


def fill(engine: sa.Engine, parents: dict[str, dict[str, object]]) -> None:
    """Put a row into each table that has none, as far as its own checks allow."""
    tables = sa.MetaData()
    tables.reflect(engine)
    for table in tables.sorted_tables:
        if table.name in parents or table.name == "alembic_version":
            continue
        row = {column.name: a_value(column, parents) for column in table.columns}
        try:
            with engine.begin() as connection:
                connection.execute(sa.insert(table).values(row))
        except sa.exc.DBAPIError:
            continue  # a check between columns: its real rows are other ones
        parents[table.name] = row


def test_every_migration_takes_along_the_rows_that_are_there(
    tmp_path: Path, postgresql_url: str
) -> None:
    engine = sa.create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    name = sa.make_url(postgresql_url).database
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}_filled WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name}_filled")
    engine.dispose()
    filled = sa.make_url(postgresql_url).set(database=f"{name}_filled")
    for url in (f"sqlite:///{tmp_path}/filled", filled.render_as_string(hide_password=False)):
        step_by_step(url)


def step_by_step(url: str) -> None:
    """Up one migration after the other, a row in each new table before the next."""
    app, engine = create_app(settings_for(url)), sa.create_engine(url)
    parents: dict[str, dict[str, object]] = {}
    with app.app_context():
        for path in sorted(VERSIONS.glob("[0-9]*.py")):
            upgrade(revision=path.name[:4])
            fill(engine, parents)
        db.engine.dispose()
    with engine.connect() as connection:
        kept = {name: rows_of(connection, name) for name in parents}
    engine.dispose()
    assert len(kept) >= MOST_TABLES
    assert [name for name, count in kept.items() if not count] == []


def rows_of(connection: sa.Connection, table: str) -> int:
    """How many rows a table has."""
    return connection.scalar(sa.select(sa.func.count()).select_from(sa.table(table))) or 0

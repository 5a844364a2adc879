"""Migrations are history: up from empty on both databases they give exactly the models' tables."""

import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from ylyx_site.migrations.types import is_ours, plain_type
from ylyx_site.shared.db import db

VERSIONS = Path(__file__).parents[2] / "ylyx_site" / "migrations" / "versions"


def differences() -> list[object]:
    """What Alembic would change to bring the database in line with the models."""
    opts = {"compare_type": True, "render_item": plain_type, "include_name": is_ours}
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=opts)
        return list(compare_metadata(context, db.metadata))


def test_the_migrations_give_the_tables_of_the_models(app: Flask) -> None:
    assert differences() == []


def test_the_tables_of_the_workers_queue_are_not_dropped_by_the_next_migration(app: Flask) -> None:
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE huey_task (id integer)")
        connection.exec_driver_sql("CREATE TABLE hue (id integer)")
    try:
        assert [(kind, table.name) for kind, table in differences()] == [("remove_table", "hue")]
    finally:
        with db.engine.begin() as connection:
            for name in ("huey_task", "hue"):
                connection.exec_driver_sql(f"DROP TABLE {name}")


def test_the_migrations_are_one_numbered_line() -> None:
    script = ScriptDirectory(str(VERSIONS.parent))
    numbers = [one.revision for one in script.walk_revisions()]
    assert numbers == [f"{number:04d}" for number in range(len(numbers), 0, -1)]


def test_a_migrations_file_is_named_by_its_number() -> None:
    for path in VERSIONS.glob("*.py"):
        number = re.match(r"(\d{4})_[a-z_]+\.py", path.name)
        assert number, path.name
        assert f'revision = "{number[1]}"' in path.read_text("utf-8").replace("'", '"'), path.name

"""Alembic's environment: the app's database, one migration per transaction, short lock waits."""

import sqlalchemy as sa
from alembic import context
from flask import current_app

from ylyx_site.migrations.types import is_ours, plain_type
from ylyx_site.shared.db import db


def run() -> None:
    """Run the migrations on a connection of their own, which may write."""
    engine: sa.Engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            sa.event.listen(connection, "begin", _with_patience)
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=plain_type,
            include_name=is_ours,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


def _with_patience(connection: sa.Connection) -> None:
    """One ALTER behind a forgotten transaction would stop all reads: give up on a lock soon.

    For each transaction, as through PgBouncer a setting of the session would stay on a connection
    that serves pages afterwards.
    """
    connection.exec_driver_sql("SET LOCAL lock_timeout = '300ms'")
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")


run()

"""The worker's queue on PostgreSQL: its tables are made once, and used by who may not make any."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.conftest import _app_on
from ylyx_site.shared import every_minute

TABLES = "huey_kv, huey_schedule, huey_task, huey_counter"
SEQUENCES = "huey_schedule_id_seq, huey_task_id_seq"
ROLE = "worker_without_rights"


@pytest.fixture
def limited(postgresql_url: str) -> Flask:
    """A site whose role may use the tables of the queue, and create nothing."""
    app = _app_on(postgresql_url)
    url = sa.make_url(postgresql_url)
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {TABLES}")
        every_minute._queue(app).storage.close()  # made by the owner
        there = connection.exec_driver_sql(
            f"SELECT count(*) FROM pg_roles WHERE rolname = '{ROLE}'"  # noqa: S608 ours
        ).scalar()
        if not there:
            connection.exec_driver_sql(f"CREATE ROLE {ROLE} LOGIN PASSWORD 'only-here'")
        connection.exec_driver_sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        rights = "SELECT, INSERT, UPDATE, DELETE"
        connection.exec_driver_sql(f"GRANT {rights} ON {TABLES} TO {ROLE}")
        connection.exec_driver_sql(f"GRANT USAGE ON {SEQUENCES} TO {ROLE}")
    engine.dispose()
    own = url.set(username=ROLE, password="only-here")
    site = Flask("site")
    site.config["SQLALCHEMY_DATABASE_URI"] = own.render_as_string(hide_password=False)
    site.config["SECRET_KEY"] = app.config["SECRET_KEY"]
    return site


def test_a_role_that_may_create_nothing_works_with_the_tables_that_are_there(
    limited: Flask,
) -> None:
    queue = every_minute._queue(limited)
    queue.storage.enqueue(b"a job", None)
    assert queue.pending_count() == 1
    queue.storage.dequeue()
    assert queue.pending_count() == 0
    queue.storage.close()

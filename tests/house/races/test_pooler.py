"""The races once more, through PgBouncer in transaction mode with four connections for all (P18).

Start-up parameters do not get through it, and a transaction may be on another connection than the
one before: limits stand on the role, and nothing of ours lives longer than a transaction.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from tests.client import SiteClient, text_of
from tests.conftest import _empty, settings_for
from tests.house.races import test_holds, test_last_places, test_same_form
from tests.house.races.cluster import Cluster, a_cluster
from tests.house.races.conftest import Nursery
from tests.house.races.crowd import all_at_once, booking, browser_of, crowd, post
from tests.house.races.pooler import CONNECTIONS, a_pooler, set_up_role
from tests.integration import test_two_workers
from ylyx_site.app import create_app
from ylyx_site.places.models import PlaceSlot
from ylyx_site.shared import clock
from ylyx_site.shared.db import PORTION, db, in_portions

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.postgres]
LIMITS = {
    "lock_timeout": "3s", "statement_timeout": "5s", "idle_in_transaction_session_timeout": "5s",
    "default_transaction_read_only": "on", "random_page_cost": "1.1",
}  # fmt: skip


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL with the site's role on it."""
    with a_cluster("fsync=off") as cluster:
        set_up_role(cluster)
        yield cluster


@pytest.fixture(scope="module")
def pooled(cluster: Cluster) -> Iterator[Flask]:
    """The site that knows only PgBouncer, migrated through it."""
    with a_pooler(cluster) as url, clock.standing_at("2026-11-23T08:00:00+08:00"):
        app = site(url)
        with app.app_context():
            upgrade()
        yield app
        dispose(app)


@pytest.fixture
def app(pooled: Flask) -> Iterator[Flask]:
    """The same, empty."""
    with pooled.app_context():
        _empty(pooled)
        yield pooled
        db.session.rollback()
        db.session.remove()


def site(url: str, *, prepares: bool = False) -> Flask:
    """The site on this address."""
    app = create_app(replace(settings_for(url), database_prepares=prepares))
    app.testing, app.test_client_class = True, SiteClient
    return app


def dispose(app: Flask) -> None:
    """Close its connections."""
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    "race",
    [
        test_last_places.test_three_of_fifty_get_the_last_three_places,
        test_last_places.test_months_in_different_orders_neither_lock_each_other_out_nor_oversell,
        test_same_form.test_ten_sendings_of_one_form_are_one_booking,
        partial(
            test_same_form.test_two_guardians_at_two_nurseries_in_one_second_get_one_place,
            one={}, other={},
        ),
        test_same_form.test_twenty_cancellations_give_back_once,
        test_holds.test_three_of_fifty_hold_and_only_they_book,
        test_holds.test_expired_holds_are_sold_while_their_owners_submit_and_a_worker_tidies,
    ],
    ids=["last places", "months", "one form", "guardians", "cancelled", "held", "expired"],
)  # fmt: skip
def test_p18_the_races_end_as_they_should_with_four_connections(
    app: Flask, nursery: Nursery, race: Callable[..., None]
) -> None:
    race(app, nursery)


def test_p18_two_workers_share_the_work(app: Flask, root: Path) -> None:
    test_two_workers.test_two_workers_share_the_work_and_do_nothing_twice(app, root)


def test_p18_the_limits_of_the_role_hold(app: Flask) -> None:
    shown = {name: db.session.scalar(sa.text(f"SHOW {name}")) for name in LIMITS}
    assert shown == LIMITS
    with pytest.raises(sa.exc.DBAPIError, match="read-only transaction"):
        db.session.execute(sa.text("DELETE FROM account"))


def test_p18_a_list_in_portions_keeps_to_one_connection(app: Flask, nursery: Nursery) -> None:
    nursery(3)
    rows = db.session.scalar(sa.select(sa.func.count()).select_from(PlaceSlot)) or 0
    assert rows > PORTION

    def read() -> int:
        with app.app_context():
            return sum(1 for _ in in_portions(db.session(), sa.select(PlaceSlot.day)))

    assert all_at_once([read] * 8) == [rows] * 8


def test_p18_when_all_connections_are_taken_a_page_says_so_in_time(
    app: Flask, cluster: Cluster
) -> None:
    [wang] = crowd(app, 1)
    url = app.config["SQLALCHEMY_DATABASE_URI"].replace("+psycopg", "")
    with ExitStack() as stack:
        for _connection in range(CONNECTIONS):
            held = stack.enter_context(psycopg.connect(url))
            held.execute("SELECT 1")
        begun = time.monotonic()
        answer = post(app, wang, "/childcare/1/bookings", booking(wang))
        assert (answer.status_code, time.monotonic() - begun < 8) == (503, True), text_of(answer)
    assert post(app, wang, "/childcare/1/bookings", booking(wang)).status_code == 404


def test_p18_prepared_statements_are_caught(app: Flask) -> None:
    families = crowd(app, 20)
    broken = site(app.config["SQLALCHEMY_DATABASE_URI"], prepares=True)
    for _turn in range(20):  # the driver prepares what it has sent five times
        answers = all_at_once([partial(browser_of(broken, one).get, "/family") for one in families])
        statuses = {answer.status_code for answer in answers}
        if statuses != {200}:
            break
    dispose(broken)
    assert 500 in statuses

"""PostgreSQL itself is killed in the middle of a rush, and started again.

Whoever was told yes has the place (P3), nothing is sold twice (P1, P5), and the site serves again
without being restarted (P14).
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask_migrate import upgrade

from tests.client import SiteClient
from tests.conftest import settings_for
from tests.house.races.cluster import Cluster, a_cluster
from tests.house.races.crowd import audit
from tests.house.races.history import illegal, unexplained
from tests.house.races.server import Server
from tests.house.races.test_killed import codes, drill
from tests.makers import a_nursery
from ylyx_site.app import create_app
from ylyx_site.shared.db import db, transaction

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.postgres]
PLACES = 3


@contextmanager
def site_on(cluster: Cluster, places: int) -> Iterator[tuple[Flask, int]]:
    """The site on a cluster, and a nursery with so many places."""
    app = create_app(settings_for(cluster.url))
    app.testing, app.test_client_class = True, SiteClient
    with app.app_context():
        upgrade()
        with transaction() as session:
            house = a_nursery(session, registered_places=places).id
    yield app, house
    with app.app_context():
        db.engine.dispose()


def test_whoever_was_told_yes_has_the_place_though_postgresql_is_killed() -> None:
    with a_cluster() as cluster, site_on(cluster, PLACES) as (app, house):
        came_back = []

        def outages(_server: Server, seconds: float) -> int:
            until, kills = time.monotonic() + seconds, 0
            while time.monotonic() < until:
                time.sleep(1)
                cluster.kill()
                cluster.start()
                came_back.append(time.monotonic())
                kills += 1
            time.sleep(2)  # it serves again without anybody's help
            return kills

        run = drill(app, house, seconds=6, kill=outages)
        with app.app_context():
            db.engine.dispose()  # our own connections are gone with it
        yes = sum(event.outcome == "yes" for event in run.events)
        last = max(event.answered for event in run.events if event.outcome == "yes")
        assert (run.kills >= 2, yes > 10, run.odd) == (True, True, []), (run.kills, yes, run.odd)
        assert last > came_back[-1]
        assert illegal(run.events, PLACES) == []
        assert unexplained(run.events, codes(app, "d.state = 'booked'"), codes(app)) == []
        assert audit(app) == []


def test_p3_a_database_that_answers_before_it_writes_is_caught() -> None:
    hasty = ("synchronous_commit=off", "wal_writer_delay=10s", "wal_buffers=16MB")
    with a_cluster(*hasty) as cluster, site_on(cluster, 20) as (app, house):
        cluster.checkpoint()

        def outage(_server: Server, seconds: float) -> int:
            time.sleep(seconds)
            cluster.kill()
            cluster.start()
            return 1

        run = drill(app, house, seconds=2, keep=True, kill=outage)
        with app.app_context():
            db.engine.dispose()
        wrong = unexplained(run.events, codes(app, "d.state = 'booked'"), codes(app))
        assert [line for line in wrong if line.startswith("lost: ")]

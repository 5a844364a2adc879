"""Twelve clients book and cancel over HTTP while web processes are killed under them.

Afterwards the final rows explain every answer: nothing oversold (P1), nobody refused in vain (P2),
whoever was told yes has the place (P3), and every key had one effect (P5).
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event as Signal
from threading import Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.house.races.clients import Client
from tests.house.races.conftest import Nursery
from tests.house.races.crowd import audit, crowd
from tests.house.races.history import Event, illegal, unexplained
from tests.house.races.server import Server, serving
from ylyx_site.shared.db import db

pytestmark = [pytest.mark.race, pytest.mark.slow]
PLACES = 3
KILL_EVERY = 0.7


@dataclass(frozen=True, slots=True)
class Drill:
    """What the clients saw, and how often a worker was killed."""

    events: list[Event]
    odd: list[str]
    kills: int
    sent_again: int


def drill(
    app: Flask,
    house: int,
    target: str = "wsgi:app",
    *,
    seconds: float = 5,
    keep: bool = False,
    kill: Callable[[Server, float], int] | None = None,
) -> Drill:
    """Twelve clients for some seconds, a worker killed now and then; then all is settled.

    `kill` kills something else, and returns how often.
    """
    families, stop = crowd(app, 12), Signal()
    with serving(app, target) as server:
        clients = [
            Client(number, server.port, house, family, stop, keep)
            for number, family in enumerate(families)
        ]
        threads = [Thread(target=client.run) for client in clients]
        for thread in threads:
            thread.start()
        kills = (kill or kill_now_and_then)(server, seconds)
        stop.set()
        for thread in threads:
            thread.join(60)
    events = [event for client in clients for event in client.events]
    odd = [words for client in clients for words in client.odd]
    return Drill(events, odd, kills, sum(client.sent_again for client in clients))


def kill_now_and_then(server: Server, seconds: float) -> int:
    """SIGKILL some worker again and again; returns how often."""
    dice, kills = random.Random(23), 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(dice.uniform(0.5, 1.5) * KILL_EVERY)
        kills += server.kill_one(dice)
    return kills


def codes(app: Flask, where: str = "true") -> set[str]:
    """The codes of bookings with such a day."""
    query = (
        f"SELECT b.code FROM care_booking b JOIN care_day d ON d.booking_id = b.id WHERE {where}"  # noqa: S608 our own words
    )
    with app.app_context():
        return set(db.session.scalars(sa.text(query)))


def test_whoever_was_told_yes_has_the_place_though_processes_are_killed(
    app: Flask, nursery: Nursery
) -> None:
    run = drill(app, nursery(PLACES))
    yes = sum(event.outcome == "yes" for event in run.events)
    assert (run.kills >= 3, yes > 10, run.odd) == (True, True, []), (run.kills, yes, run.odd)
    assert illegal(run.events, PLACES) == []
    assert unexplained(run.events, codes(app, "d.state = 'booked'"), codes(app)) == []
    assert audit(app) == []


def test_p3_a_site_that_answers_before_it_commits_is_caught(app: Flask, nursery: Nursery) -> None:
    early = "tests.house.races.answers_early:app"
    run = drill(app, nursery(20), early, seconds=1.5, keep=True)
    wrong = unexplained(run.events, codes(app, "d.state = 'booked'"), codes(app))
    assert [line for line in wrong if line.startswith("lost: ")]

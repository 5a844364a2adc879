"""Limits are lowered while many take places: never oversold, nothing lost, nobody in afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.integration.places.desk import (
    ALL_DAY,
    TUESDAY,
    District,
    half_hours,
    house_of,
    resource_of_class,
)
from ylyx_site.places.claims import Claim
from ylyx_site.places.errors import Full
from ylyx_site.places.models import PlaceSlot
from ylyx_site.places.service import capacity, take
from ylyx_site.places.wishes import CapWish, PlacesWish
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.retries import retrying

pytestmark = pytest.mark.race


def together(app: Flask, jobs: list[Callable[[], str]]) -> list[str]:
    """Run each job in a thread and app context of its own, started at once."""
    shot = Barrier(len(jobs))

    def one(job: Callable[[], str]) -> str:
        with app.app_context():
            shot.wait(30)
            return str(retrying(job))

    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(one, jobs))


def test_lowering_the_places_while_ten_take_them(app: Flask, desk: District) -> None:
    ids = (
        house_of(db.session(), desk.theirs),
        resource_of_class(db.session(), desk.theirs, desk.their_class),
    )
    db.session.rollback()

    def book() -> str:
        try:
            with transaction() as session:
                take(session, [Claim(one, TUESDAY, ALL_DAY) for one in ids])
        except Full:
            return "full"
        return "yes"

    def lower() -> str:
        with transaction() as session:
            capacity.change_places(
                session, desk.theirs, PlacesWish(4, TUESDAY),
                confirmed=True, actor_id=1, now=clock.now(),
            )  # fmt: skip
        return "lowered"

    answers = together(app, [*[book] * 5, lower, *[book] * 5])
    taken = answers.count("yes")
    assert answers.count("full") == 10 - taken
    assert taken >= 4
    assert [half_hours(db.session(), one, TUESDAY) for one in ids] == [
        {(4, max(4, taken), taken)}, {(15, 15, taken)},
    ]  # fmt: skip
    db.session.rollback()
    assert together(app, [book, book]) == ["full", "full"]
    oversold = sa.select(sa.func.count()).where(PlaceSlot.taken > PlaceSlot.capacity)
    assert db.session().scalar(oversold) == 0


def test_two_changes_at_once_both_reach_the_ledger(app: Flask, desk: District) -> None:
    def change(command: Callable[..., None], wish: object) -> Callable[[], str]:
        def job() -> str:
            with transaction() as session:
                command(session, desk.theirs, wish, confirmed=True, actor_id=1, now=clock.now())
            return "done"

        return job

    jobs = [
        change(capacity.change_places, PlacesWish(11, TUESDAY)),
        change(capacity.change_cap, CapWish(desk.their_class, 7, TUESDAY)),
    ]
    assert together(app, jobs) == ["done", "done"]
    resources = (
        house_of(db.session(), desk.theirs),
        resource_of_class(db.session(), desk.theirs, desk.their_class),
    )
    assert [half_hours(db.session(), one, TUESDAY) for one in resources] == [
        {(11, 11, 0)}, {(7, 7, 0)},
    ]  # fmt: skip

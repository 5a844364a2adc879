"""Fifty at once for the last places: as many as there are get one, and nobody an error page."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.house.races import checks
from tests.house.races.conftest import Nursery
from tests.house.races.crowd import TUESDAY, all_at_once, audit, booking, crowd, rush, tally
from ylyx_site.facilities.kinds import ClassKind
from ylyx_site.places.claims import Claim
from ylyx_site.places.errors import Full
from ylyx_site.places.models import PlaceSlot, ResourceKind
from ylyx_site.places.queries import resource_ids
from ylyx_site.places.service import give_back, take
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.retries import retrying
from ylyx_site.shared.spans import TimeSpan

pytestmark = [pytest.mark.race, pytest.mark.slow]


def test_three_of_fifty_get_the_last_three_places(app: Flask, nursery: Nursery) -> None:
    house, families = nursery(3), crowd(app, 50)
    answers = rush(app, house, families, [booking(family) for family in families])
    assert checks.sold(tally(answers), 3) == []
    assert audit(app) == []


def test_two_classes_with_three_places_between_them_give_exactly_three(
    app: Flask, nursery: Nursery
) -> None:
    house, families = nursery(20, {ClassKind.YOUNGER: 2}, twin=1), crowd(app, 50)
    answers = rush(app, house, families, [booking(family) for family in families])
    assert checks.sold(tally(answers), 3) == []
    assert audit(app) == []


def test_overlapping_kinds_share_the_last_three_places(app: Flask, nursery: Nursery) -> None:
    """A whole day, a morning, and 10:00–12:00 all need the half hours from ten to twelve."""
    house, families = nursery(3), crowd(app, 50)
    kinds = ({}, {"kind": "half_day", "half": "am"},
             {"kind": "hourly", "start": "10:00", "end": "12:00"})  # fmt: skip
    forms = [booking(one, **kinds[number % 3]) for number, one in enumerate(families)]
    assert checks.sold(tally(rush(app, house, families, forms)), 3) == []
    assert audit(app) == []


def test_kinds_that_do_not_overlap_all_get_in(app: Flask, nursery: Nursery) -> None:
    house, families = nursery(10), crowd(app, 20)
    halves = ("am", "pm")
    forms = [
        booking(one, kind="half_day", half=halves[number % 2])
        for number, one in enumerate(families)
    ]
    assert tally(rush(app, house, families, forms)) == {"yes": 20}
    assert audit(app) == []


def test_months_in_different_orders_neither_lock_each_other_out_nor_oversell(
    app: Flask, nursery: Nursery
) -> None:
    """Patterns over a month, named days backwards, siblings in two classes: nobody sees an error.

    Eight children fit on each day; what wants a day that eight have is told so, and nobody else is.
    """
    house = nursery(8, {ClassKind.YOUNGER: 6, ClassKind.OLDER: 6})
    younger, older = crowd(app, 16), crowd(app, 8, date(2024, 6, 1), first=100)
    month = [date(2026, 12, 1) + timedelta(days=n) for n in range(28)]
    named = [day.isoformat() for day in month if day.isoweekday() < 6]
    patterns: list[dict[str, object]] = [
        {"date": None, "weekdays": [1, 2, 3, 4, 5], "from": "2026-12-01", "to": "2026-12-28"},
        {"date": named[::-1]},
        {"date": None, "weekdays": [5, 3, 1], "from": "2026-12-07", "to": "2026-12-28"},
        {"date": random.Random(7).sample(named, 10)},
    ]  # fmt: skip
    families = younger + older
    forms = [booking(one, **patterns[n % 4]) for n, one in enumerate(families)]
    told = tally(rush(app, house, families, forms))
    assert set(told) == {"yes", "full"}
    assert audit(app) == []
    assert busiest(app, house) == 8


def test_places_taken_and_given_back_in_any_order_end_where_they_began(
    app: Flask, nursery: Nursery
) -> None:
    """The ledger alone: eight threads, claims over two houses and five days in random orders."""
    houses = [nursery(4), nursery(4, name="木星托育中心")]
    with app.app_context():
        resources = sorted(resource_ids(db.session(), houses).values())
    claims = [
        Claim(resource, TUESDAY + timedelta(days=n), TimeSpan(start, start + 240))
        for resource in resources
        for n in (0, 1, 2, 6, 7)
        for start in (450, 600)
    ]

    def take_and_give_back(dice: random.Random) -> int:
        done = 0
        for _turn in range(8):
            some = dice.sample(claims, 6)
            with suppress(Full):
                retrying(partial(moved, app, take, some))
                retrying(partial(moved, app, give_back, dice.sample(some, len(some))))
                done += 1
        return done

    jobs = [partial(take_and_give_back, random.Random(seed)) for seed in range(8)]
    assert sum(all_at_once(jobs)) > 0
    assert audit(app) == []


def moved(app: Flask, move: Callable[[Session, list[Claim]], None], claims: list[Claim]) -> None:
    """Take or give back in a transaction of its own."""
    with app.app_context(), transaction() as session:
        move(session, claims)


def busiest(app: Flask, house: int) -> int:
    """The most children that the house has at one time."""
    with app.app_context():
        resource = resource_ids(db.session(), [house])[ResourceKind.FACILITY, house]
        most = sa.select(sa.func.max(PlaceSlot.taken)).where(PlaceSlot.resource_id == resource)
        return db.session.scalar(most) or 0

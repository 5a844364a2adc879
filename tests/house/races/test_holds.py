"""Fifty at once hold the last places, let them run out, and book while they do."""

from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from tests.house.races import checks
from tests.house.races.conftest import Nursery
from tests.house.races.crowd import Family, all_at_once, audit, booking, crowd, post, rush, tally
from ylyx_site import worker
from ylyx_site.childcare.models import CareDay
from ylyx_site.ledger import findings
from ylyx_site.places.models import HoldTerms, PlaceHold
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

pytestmark = [pytest.mark.race, pytest.mark.slow]
TEN = timedelta(minutes=10)


def holding(app: Flask, house: int) -> str:
    """Let the nursery hold places; returns where holds are sent to."""
    with app.app_context(), transaction() as session:
        session.add(HoldTerms(facility_id=house))
    return f"/childcare/{house}/holds"


def hold_all(app: Flask, address: str, families: list[Family]) -> list[TestResponse]:
    """All of them hold at once."""
    return all_at_once([partial(post, app, one, address, booking(one)) for one in families])


def holders(app: Flask) -> set[int]:
    """The accounts whose holds keep places."""
    with app.app_context():
        live = sa.select(PlaceHold.account_id).where(PlaceHold.ended_at.is_(None))
        return set(db.session.scalars(live))


def test_three_of_fifty_hold_and_only_they_book(app: Flask, nursery: Nursery) -> None:
    house, families = nursery(3), crowd(app, 50)
    told = tally(hold_all(app, holding(app, house), families))
    assert checks.sold(told, 3) == []
    assert audit(app) == []
    held = holders(app)
    answers = rush(app, house, families, [booking(one) for one in families])
    booked = {one.account_id for one, answer in zip(families, answers, strict=True)
              if answer.status_code == 303}  # fmt: skip
    assert booked == held
    assert checks.sold(tally(answers), 3) == []
    assert audit(app) == []


def test_expired_holds_are_sold_while_their_owners_submit_and_a_worker_tidies(
    app: Flask, nursery: Nursery
) -> None:
    """Five hold all there is; when it runs out they, 25 others and two sweeps race for it."""
    house, families = nursery(5), crowd(app, 30)
    address = holding(app, house)
    owners = families[:5]
    assert tally(hold_all(app, address, owners)) == {"yes": 5}

    def sweep() -> TestResponse | None:
        with app.app_context():
            worker.run_sweep("let held places go")
        return None

    with clock.moved(TEN):
        bookings = [
            partial(post, app, one, f"/childcare/{house}/bookings", booking(one))
            for one in families
        ]
        done = all_at_once([*bookings, sweep, sweep])
    answers = [one for one in done if one is not None]
    assert checks.sold(tally(answers), 5) == []
    assert audit(app) == []
    with app.app_context():
        assert findings(db.session()) == []
        assert db.session.scalar(sa.select(sa.func.count()).select_from(CareDay)) == 5


def test_holds_of_months_that_run_out_lock_nobody_out(app: Flask, nursery: Nursery) -> None:
    """Holds over many days, expired, are given back by bookings that want them in other orders."""
    house = nursery(4)
    address = holding(app, house)
    days = [f"2026-12-{day:02d}" for day in (1, 2, 3, 4, 7, 8, 9, 10, 11, 14)]
    families = crowd(app, 24)
    forms = [booking(one, date=days) for one in families[:4]]
    held = all_at_once(
        [partial(post, app, one, address, form)
         for one, form in zip(families, forms, strict=False)]
    )  # fmt: skip
    assert tally(held) == {"yes": 4}
    others = families[4:]
    wanted = [days[n % 10 :: -1] if n % 2 else days[n % 10 :] for n in range(len(others))]
    with clock.moved(TEN):
        answers = rush(
            app, house, others,
            [booking(one, date=some) for one, some in zip(others, wanted, strict=True)],
        )  # fmt: skip
    assert set(tally(answers)) <= {"yes", "full"}
    assert tally(answers)["yes"] >= 4
    assert audit(app) == []

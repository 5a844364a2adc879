"""Many guesses at the same time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.integration.identity.conftest import WANG, Cast
from ylyx_site.identity import service
from ylyx_site.identity.errors import TooManyFailures
from ylyx_site.identity.models import FailedSignIn
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.retries import retrying


@pytest.mark.race
def test_burst_of_guesses_gets_no_more_than_five_answers(app: Flask, cast: Cast) -> None:
    """All guesses have passed the first look when they meet at the transaction."""
    guess = service.check_password(db.session(), WANG, "not-this-one", "", now=clock.now())
    db.session.rollback()

    def enter() -> str | None:
        with transaction() as session:
            arrival = service.Arrival("10.0.0.1")
            return service.enter_by_password(session, guess, arrival, now=clock.now())

    def one(_n: int) -> str:
        with app.app_context():
            try:
                return str(retrying(enter))
            except TooManyFailures:
                return "wait"

    with ThreadPoolExecutor(12) as threads:
        answers = sorted(threads.map(one, range(24)))
    counted = db.session.scalar(sa.select(sa.func.count()).select_from(FailedSignIn))
    assert (answers, counted) == (["None"] * 5 + ["wait"] * 19, 5)

"""Both guardians book a child's last free hour at once: exactly one of them gets it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.client import text_of
from tests.house.races.conftest import Nursery
from tests.house.races.crowd import TUESDAY, audit, booking, crowd, rush, second_guardians
from tests.integration.childcare.test_benefits import CHANGED, RULES
from ylyx_site.benefits.reading import read_file
from ylyx_site.benefits.service.importing import import_rules
from ylyx_site.childcare.models import CareDay
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

pytestmark = [pytest.mark.race, pytest.mark.slow]
ONCE = RULES.replace("uses = 2", "uses = 1")
ROUNDS = 6


def test_the_last_free_use_is_given_once(app: Flask, nursery: Nursery) -> None:
    house = nursery(20)
    with app.app_context(), transaction() as session:
        import_rules(session, read_file(ONCE), actor_id=None, today=clock.today(), now=clock.now())
    mothers = crowd(app, ROUNDS)
    for mother, father in zip(mothers, second_guardians(app, mothers), strict=True):
        forms = [
            booking(one, kind="hourly", start="09:00", end="10:00", date=day.isoformat(),
                    quoted=f"{day.isoformat()}:0")
            for one, day in ((mother, TUESDAY), (father, TUESDAY + timedelta(days=1)))
        ]  # fmt: skip
        answers = rush(app, house, (mother, father), forms)
        assert sorted(answer.status_code for answer in answers) == [303, 409]
        [told] = [text_of(answer) for answer in answers if answer.status_code == 409]
        assert CHANGED in told
    with app.app_context():
        rows = db.session.execute(sa.select(CareDay.price_fen, CareDay.benefit_fen)).all()
    assert [tuple(row) for row in rows] == [(1200, 1200)] * ROUNDS
    assert audit(app) == []

"""A house that shuts in an emergency while twenty families book it."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.house.races.crowd import TUESDAY, all_at_once, audit, booking, crowd, post
from tests.makers import a_nursery, an_account
from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.opening.errors import ChangedMeanwhile
from ylyx_site.opening.models import ClosedCare
from ylyx_site.opening.queries.closings import touched_by
from ylyx_site.opening.rules.wishes import ClosingWish
from ylyx_site.opening.service.closings import shut
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.retries import retrying
from ylyx_site.shared.spans import DaySpan

pytestmark = [pytest.mark.race, pytest.mark.slow]
BOOKING = 20


@pytest.mark.parametrize("by_class", [False, True], ids=["the house", "a class"])
def test_nobody_is_left_booked_in_a_house_that_has_shut(app: Flask, by_class: bool) -> None:
    with app.app_context(), transaction() as session:
        nursery = a_nursery(session, registered_places=BOOKING)
        head = an_account(session, "13700000001", "园长", None).id
        number, class_id = nursery.id, _only_class(nursery.id)
    families = crowd(app, BOOKING)
    address = f"/childcare/{number}/bookings"

    def books(family: object) -> int:
        return post(app, family, address, booking(family)).status_code  # type: ignore[arg-type]

    def shuts() -> int:
        return _shut(app, number, class_id if by_class else None, head)

    jobs = [lambda family=family: books(family) for family in families]
    answers = all_at_once([*jobs[:10], shuts, *jobs[10:]])
    assert set(answers) <= {303, 422, 0}
    with app.app_context():
        live = db.session.scalars(
            sa.select(CareDay.id).where(
                CareDay.day == TUESDAY, CareDay.state == CareState.BOOKED
            )
        ).all()  # fmt: skip
        ended = db.session.scalars(sa.select(ClosedCare.care_day_id)).all()
    assert live == []
    assert len(ended) == answers.count(303)
    assert audit(app) == []


def _only_class(facility_id: int) -> int:
    found = db.session().execute(
        sa.text("SELECT id FROM care_class WHERE facility_id = :one"), {"one": facility_id}
    )
    return int(found.scalar_one())


def _shut(app: Flask, facility_id: int, class_id: int | None, actor_id: int) -> int:
    """As the head would: look, confirm, and look again when somebody has booked meanwhile."""
    days = DaySpan(TUESDAY, date(2026, 11, 24))
    for _try in range(200):
        with app.app_context():
            wish = ClosingWish(class_id, days, "停水")
            seen = frozenset(one.id for one in touched_by(db.session(), facility_id, wish))

        def confirm(shown: frozenset[int] = seen) -> None:
            with app.app_context(), transaction() as session:
                shut(
                    session, facility_id, ClosingWish(class_id, days, "停水", shown),
                    actor_id=actor_id, now=clock.now(),
                )  # fmt: skip

        try:
            retrying(confirm)
        except ChangedMeanwhile:
            continue
        return 0
    raise AssertionError("never the same list twice")

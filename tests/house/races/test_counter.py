"""A clerk and a daughter order the same meal of one elder at once: one benefit, never two."""

import pytest
from flask import Flask

from tests.house.races.crowd import Family, all_at_once, audit, post, signed_in
from tests.house.races.test_meals import lunch, meals
from tests.integration.counter.conftest import elder
from tests.integration.meals.place import TUESDAY, a_place, ordered
from tests.makers import a_menu, a_role, an_account
from ylyx_site.demo.benefits import import_benefits
from ylyx_site.identity import service as identity
from ylyx_site.identity.roles import Role
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction

pytestmark = [pytest.mark.race, pytest.mark.slow]


def clerk_and_daughter(app: Flask) -> tuple[Family, Family, int, int]:
    """Both signed in; the canteen and its set. Zhou is known there by an order of last week."""
    with app.app_context(), transaction() as session:
        import_benefits(session, today=clock.today(), now=clock.now())
        place = a_place(session)
        daughter, clerk = an_account(session), an_account(session, "13800000021", "何小窗")
        a_role(session, clerk, Role.CLERK, facility_id=place.canteen.id)
        zhou = elder(session, daughter.id, "周桂芳")
        thursday = TUESDAY.replace(day=26)
        a_menu(session, place.canteen.id, thursday, (place.meal_set, 5))
        ordered(session, place.lunch(zhou.id, day=thursday), daughter.id)
        tokens = [
            identity.start_session(session, one.id, now=clock.now()) for one in (daughter, clerk)
        ]
        numbers = (daughter.id, clerk.id, zhou.id, place.canteen.id, place.meal_set.id)
    first, second = (
        Family(account, numbers[2], *signed_in(app, token))
        for account, token in zip(numbers, tokens, strict=False)
    )
    return first, second, numbers[3], numbers[4]


def test_clerk_and_daughter_at_once_get_one_benefit(app: Flask) -> None:
    daughter, clerk, canteen, set_id = clerk_and_daughter(app)
    desk = f"/desk/phone/people/{clerk.child_id}/orders"
    answers = all_at_once(
        [
            lambda: post(app, daughter, f"/meals/{canteen}/orders", lunch(daughter, set_id)),
            lambda: post(app, clerk, desk, lunch(clerk, set_id)),
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert [benefit > 0 for benefit, _pay in meals(app)] == [True, True]  # Thursday's and one
    assert audit(app) == []

"""A menu is taken back while twenty families order from it: nobody keeps a meal of it."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.client import text_of
from tests.house.races.crowd import all_at_once, audit, post
from tests.house.races.test_meals import eaters, kitchen, lunch
from tests.integration.meals.place import TUESDAY
from ylyx_site.facilities.kinds import Meal
from ylyx_site.meals.kinds import ItemKind, MealState
from ylyx_site.meals.models import OrderedMeal, WithdrawnMeal
from ylyx_site.meals.rules.menus import WithdrawWish
from ylyx_site.meals.rules.wishes import Item
from ylyx_site.meals.service.withdrawals import withdraw
from ylyx_site.notices.models import Notice
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import public_code
from ylyx_site.shared.retries import retrying

pytestmark = [pytest.mark.race, pytest.mark.slow]


def take_back(app: Flask, canteen: int, item: Item | None) -> int:
    """As the manager's page does it, tried again when the database asks for it."""

    def once() -> int:
        with app.app_context(), transaction() as session:
            wish = WithdrawWish(canteen, TUESDAY, Meal.LUNCH, item, "灶坏了")
            made = withdraw(session, wish, actor_id=None, codes=public_code, now=clock.now())
            return made.ended

    return retrying(once)


@pytest.mark.parametrize("is_whole", [True, False])
def test_no_live_order_of_what_was_taken_back_is_left(app: Flask, *, is_whole: bool) -> None:
    canteen, set_id = kitchen(app, 50)
    families = eaters(app, 21)
    address, first = f"/meals/{canteen}/orders", families[0]
    assert post(app, first, address, lunch(first, set_id)).status_code == 303
    statuses, ended = list[int](), list[int]()

    def order(one: int) -> None:
        answer = post(app, families[one], address, lunch(families[one], set_id))
        statuses.append(answer.status_code)
        assert answer.status_code in (303, 422), text_of(answer)

    def end() -> None:
        ended.append(take_back(app, canteen, None if is_whole else (ItemKind.SET, set_id)))

    all_at_once([end, *(lambda one=one: order(one) for one in range(1, 21))])
    with app.app_context():
        states = list(db.session.scalars(sa.select(OrderedMeal.state)))
        withdrawn = db.session.scalar(sa.select(sa.func.count()).select_from(WithdrawnMeal))
        told = db.session.scalar(sa.select(sa.func.count()).select_from(Notice))
    assert set(states) == {MealState.WITHDRAWN}
    assert len(states) == 1 + statuses.count(303) == ended[0] == withdrawn == told
    assert audit(app) == []

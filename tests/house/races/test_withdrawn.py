"""A menu is taken back while families order from it and cancel: each meal ends once."""

from collections import Counter

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

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
from ylyx_site.shared.once import new_key
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
        assert answer.status_code in (303, 409, 422), text_of(answer)

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


def test_families_that_cancel_while_the_menu_is_taken_back_end_their_meal_once(app: Flask) -> None:
    canteen, set_id = kitchen(app, 50)
    families = eaters(app, 16)
    address = f"/meals/{canteen}/orders"
    tickets = [post(app, one, address, lunch(one, set_id)).location for one in families]
    answers, ended = list[TestResponse](), list[int]()

    def cancel(one: int) -> None:
        form = {"csrf_token": families[one].csrf, "key": new_key()}
        answers.append(post(app, families[one], f"{tickets[one]}/cancellation", form))

    def end() -> None:
        wish = WithdrawWish(canteen, TUESDAY, Meal.LUNCH, None, "灶坏了")
        with app.app_context(), transaction() as session:  # not tried again: nothing deadlocks
            made = withdraw(session, wish, actor_id=None, codes=public_code, now=clock.now())
            ended.append(made.ended)

    all_at_once([*(lambda one=one: cancel(one) for one in range(16)), end])
    statuses = Counter(answer.status_code for answer in answers)
    with app.app_context():
        states = Counter(db.session.scalars(sa.select(OrderedMeal.state)))
        told = db.session.scalar(sa.select(sa.func.count()).select_from(Notice))
    assert statuses.total() == statuses[303] + statuses[422]
    assert states == Counter(
        {MealState.CANCELLED: statuses[303], MealState.WITHDRAWN: statuses[422]}
    )
    assert ended[0] == told == statuses[422]
    assert audit(app) == []

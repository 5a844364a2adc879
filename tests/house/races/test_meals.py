"""Fifty people for the last five portions, and two children for one person's subsidised meal."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.client import text_of
from tests.house.races.crowd import Family, all_at_once, audit, post, signed_in
from tests.integration.meals.place import TUESDAY, a_place
from tests.makers import a_bond, an_account, an_elder
from ylyx_site.demo.benefits import import_benefits
from ylyx_site.families.models import Person
from ylyx_site.identity import service as identity
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import new_key

pytestmark = [pytest.mark.race, pytest.mark.slow]


def eaters(app: Flask, size: int) -> list[Family]:
    """So many accounts, each with an elder, all signed in."""
    with app.app_context(), transaction() as session:
        rows = []
        for number in range(size):
            account = an_account(session, f"137{number:08d}", f"女儿{number}", None)
            elder = an_elder(session, account.id, f"奶奶{number}")
            token = identity.start_session(session, account.id, now=clock.now())
            rows.append((account.id, elder.id, token))
    return [Family(account, elder, *signed_in(app, token)) for account, elder, token in rows]


def sibling(app: Flask, family: Family) -> Family:
    """Another child of the same elder."""
    with app.app_context(), transaction() as session:
        account = an_account(session, "13900000001", "王小妹", None)
        a_bond(session, family.child_id, account.id)
        token = identity.start_session(session, account.id, now=clock.now())
        number = account.id
    return Family(number, family.child_id, *signed_in(app, token))


def lunch(family: Family, set_id: int, **fields: Any) -> dict[str, Any]:
    """Tuesday's set, collected."""
    return {
        "csrf_token": family.csrf, "key": new_key(), "person_id": family.child_id,
        "date": TUESDAY.isoformat(), "meal": "lunch", f"set-{set_id}": "1", "serving": "pick_up",
    } | fields  # fmt: skip


def kitchen(app: Flask, portions: int) -> tuple[int, int]:
    """A canteen whose set has so many portions on Tuesday; its number and the set's."""
    with app.app_context(), transaction() as session:
        place = a_place(session, portions=portions)
        return place.canteen.id, place.meal_set.id


def meals(app: Flask) -> list[tuple[int, int]]:
    """(benefit, to pay) of every live meal."""
    with app.app_context():
        rows = db.session.execute(sa.select(OrderedMeal).order_by(OrderedMeal.benefit_fen.desc()))
        return [(one.benefit_fen, one.goods_fen - one.benefit_fen) for (one,) in rows]


def test_five_of_fifty_get_the_last_five_portions(app: Flask) -> None:
    canteen, set_id = kitchen(app, 5)
    families = eaters(app, 50)
    address = f"/meals/{canteen}/orders"
    jobs = [lambda one=one: post(app, one, address, lunch(one, set_id)) for one in families]
    answers = all_at_once(jobs)
    statuses = [answer.status_code for answer in answers]
    assert (statuses.count(303), statuses.count(422)) == (5, 45)
    for answer in answers:
        if answer.status_code == 422:
            told = text_of(answer)
            assert "不够了，还剩 0 份" in told or "刚刚被别人订完了" in told
    assert len(meals(app)) == 5
    assert audit(app) == []


def test_of_two_children_one_gets_the_benefit_and_the_other_is_asked(app: Flask) -> None:
    canteen, set_id = kitchen(app, 10)
    with app.app_context(), transaction() as session:
        import_benefits(session, today=clock.today(), now=clock.now())
    daughter = eaters(app, 1)[0]
    with app.app_context(), transaction() as session:
        session.execute(sa.update(Person).values(hukou_division="500111"))  # who is entitled
    children = [daughter, sibling(app, daughter)]
    address = f"/meals/{canteen}/orders"
    jobs = [lambda one=one: post(app, one, address, lunch(one, set_id)) for one in children]
    answers = all_at_once(jobs)
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert meals(app) == [(300, 1200)]
    loser, told = next(
        (one, answer) for one, answer in zip(children, answers, strict=True)
        if answer.status_code == 409
    )  # fmt: skip
    assert f'name="quoted" value="{daughter.child_id}:1500"' in told.text
    assert post(app, loser, address, lunch(loser, set_id, again="1")).status_code == 303
    assert meals(app) == [(300, 1200), (0, 1500)]
    assert audit(app) == []

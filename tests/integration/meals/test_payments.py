"""Money at the window: what is due, receipts that are only added, and whose canteen it is."""

from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.client import SiteClient, text_of
from tests.integration.meals.place import TUESDAY, a_place, ordered
from tests.makers import a_canteen, a_role, an_account, an_elder
from ylyx_site.identity.roles import Role
from ylyx_site.meals.kinds import PaymentKind
from ylyx_site.meals.models import OrderedMeal, Payment
from ylyx_site.meals.queries.payments import balances
from ylyx_site.meals.rules.wishes import CancelWish
from ylyx_site.meals.service.endings import cancel
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

PAGE = "/desk/payments/7K392F"


@dataclass(frozen=True, slots=True)
class Desk:
    """The canteen, the meal of 15 yuan ordered there, who eats it and who ordered it."""

    canteen: int
    meal: int
    person: int
    account: int


@pytest.fixture
def desk(app: Flask) -> Desk:
    """Chen is a clerk here, zhao of another canteen."""
    with transaction() as session:
        place, other = a_place(session), a_canteen(session, "水峰社区老年食堂")
        wang = an_account(session)
        elder = an_elder(session, wang.id)
        ordered(session, place.lunch(elder.id), wang.id)
        for phone, name, facility in (
            ("13800000021", "陈值班", place.canteen.id), ("13800000022", "赵值班", other.id)
        ):  # fmt: skip
            a_role(session, an_account(session, phone, name), Role.CLERK, facility_id=facility)
        meal = session.scalars(sa.select(OrderedMeal.id)).one()
        return Desk(place.canteen.id, meal, elder.id, wang.id)


@pytest.fixture
def chen(client: SiteClient, desk: Desk) -> SiteClient:
    """The clerk's browser."""
    client.sign_in_as("13800000021")
    return client


def pay(browser: SiteClient, what: str, kind: str, fen: str, **fields: Any) -> int:
    """Send a receipt; the status of the answer."""
    form = {"csrf_token": browser.token(), "key": f"key-{what}-{kind}-{fen}", "what": what,
            "kind": kind, "fen": fen} | fields  # fmt: skip
    return browser.post(PAGE, data=form).status_code


def receipts() -> list[tuple[int, PaymentKind, int]]:
    """Number, kind and fen of all."""
    db.session.rollback()
    rows = db.session.execute(sa.select(Payment).order_by(Payment.number))
    return [(one.number, one.kind, one.fen) for (one,) in rows]


def test_a_meal_is_paid_once_and_not_more_than_it_costs(chen: SiteClient, desk: Desk) -> None:
    assert "要收 ¥15.00" in text_of(chen.get(f"/desk/payments?date={TUESDAY}"))
    meal = f"meal-{desk.meal}"
    assert pay(chen, meal, "on_collection", "15.01") == 422
    assert pay(chen, meal, "on_collection", "0") == 422
    assert pay(chen, meal, "on_collection", "10") == 303
    assert pay(chen, meal, "desk", "5") == 303
    assert pay(chen, meal, "desk", "1") == 422
    assert "已付清" in text_of(chen.get(f"/desk/payments?date={TUESDAY}"))
    assert receipts() == [(1, PaymentKind.ON_COLLECTION, 1000), (2, PaymentKind.DESK, 500)]


def test_money_paid_ahead_pays_meals_and_is_given_back(chen: SiteClient, desk: Desk) -> None:
    person, meal = f"person-{desk.person}", f"meal-{desk.meal}"
    assert pay(chen, meal, "prepaid", "15") == 422  # nothing is there yet
    assert pay(chen, person, "prepaid", "100") == 303
    assert pay(chen, meal, "prepaid", "15", key="another-key-1") == 303
    assert balances(db.session(), desk.canteen, [desk.person]) == {desk.person: 8500}
    assert pay(chen, person, "refund", "85.01", note="退余额") == 422
    assert pay(chen, person, "refund", "85", note="退余额") == 303
    db.session.rollback()
    assert balances(db.session(), desk.canteen, [desk.person]) == {desk.person: 0}


def test_a_cancelled_meal_that_was_paid_shows_what_is_to_give_back(
    chen: SiteClient, desk: Desk
) -> None:
    meal = f"meal-{desk.meal}"
    pay(chen, meal, "desk", "15")
    with transaction() as session:
        cancel(session, CancelWish("7K392F"), actor_id=desk.account, now=clock.now())
    assert "要退 ¥15.00" in text_of(chen.get(f"/desk/payments?date={TUESDAY}"))
    assert pay(chen, meal, "refund", "15") == 422  # without a word why
    assert pay(chen, meal, "refund", "15", note="家里取消") == 303
    assert [fen for _number, _kind, fen in receipts()] == [1500, -1500]


def test_a_mistake_is_set_right_by_another_line(chen: SiteClient, desk: Desk) -> None:
    meal = f"meal-{desk.meal}"
    pay(chen, meal, "desk", "15")
    assert pay(chen, meal, "correction", "5", downward="1", note="多收") == 303
    assert receipts()[-1] == (2, PaymentKind.CORRECTION, -500)


def test_the_same_receipt_sent_twice_is_one(chen: SiteClient, desk: Desk) -> None:
    for _time in range(2):
        assert pay(chen, f"meal-{desk.meal}", "desk", "5") == 303
    assert len(receipts()) == 1


def test_a_clerk_of_another_canteen_sees_nothing(app: Flask, desk: Desk) -> None:
    zhao = app.test_client()
    zhao.sign_in_as("13800000022")
    assert "这一天没有订餐" in text_of(zhao.get(f"/desk/payments?date={TUESDAY}"))
    assert zhao.get(PAGE).status_code == 404
    assert pay(zhao, f"meal-{desk.meal}", "desk", "5") == 404
    assert receipts() == []


def test_a_family_has_no_desk(app: Flask, desk: Desk) -> None:
    wang = app.test_client()
    wang.sign_in_as("13800000001")
    assert wang.get("/desk/payments").status_code == 404


def test_a_code_leads_to_its_order_and_a_wrong_one_says_so(chen: SiteClient, desk: Desk) -> None:
    assert chen.get("/desk/payments?code=7k3-92f").location == PAGE
    assert chen.get("/desk/payments?code=!!").status_code == 422

"""A month of lunches in one transaction."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.client import SiteClient, text_of
from tests.integration.meals.place import a_place
from tests.makers import a_menu, an_account, an_elder
from ylyx_site.ledger import findings
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import MealOrder, OrderedMeal
from ylyx_site.shared.db import db, transaction

MONDAY = date(2026, 11, 23)
MONTH = 31
SKIPPED = date(2026, 12, 2)


@pytest.fixture
def plan(client: SiteClient, app: Flask) -> str:
    """Wang's plan, Monday to Friday, of a canteen with menus for a whole month."""
    with transaction() as session:
        place = a_place(session)
        for ahead in range(MONTH):
            day = MONDAY + timedelta(days=ahead)
            if day.isoweekday() < 7 and day != date(2026, 11, 24):
                a_menu(session, place.canteen.id, day, (place.meal_set, 9))
        an_elder(session, an_account(session, name="王建国").id)
        canteen = place.canteen.id
    client.sign_in_as("13800000001")
    answer = client.submit(f"/meals/plans/new?canteen={canteen}", wish="first_set")
    assert answer.status_code == 303, text_of(answer)
    return str(answer.location)


def days_of(page: SiteClient, plan: str) -> list[str]:
    return [box.get("value") for box in page.page(plan).xpath("//input[@name='date']")]


def test_twenty_two_lunches_are_one_order_and_the_day_left_out_stays_out(
    client: SiteClient, plan: str
) -> None:
    days = [day for day in days_of(client, plan) if day != SKIPPED.isoformat()]
    answer = client.submit(plan, "/orders", date=days)
    assert answer.status_code == 303, text_of(answer)
    rows = db.session().scalars(sa.select(OrderedMeal.day).order_by(OrderedMeal.day)).all()
    assert len(rows) == 22
    assert [day.isoformat() for day in rows] == days
    assert db.session().scalar(sa.select(sa.func.count()).select_from(MealOrder)) == 1
    assert findings(db.session()) == []


def test_a_month_of_lunches_costs_no_more_statements_than_two_days(
    client: SiteClient, plan: str, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    """But for SQLite's writes, one a row: PostgreSQL does those in one call as well."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    days = days_of(client, plan)
    costs = []
    for chosen in (days[:2], days[2:]):
        with count_queries() as seen:
            assert client.submit(plan, "/orders", date=chosen).status_code == 303
        costs.append(len([one for one in seen if not is_sqlite or one.startswith("SELECT")]))
    assert costs[0] == costs[1]


def test_the_sum_follows_the_ticks(client: SiteClient, plan: str) -> None:
    days, part = days_of(client, plan), {"HX-Request": "true", "HX-Target": "days"}
    for kept, yuan in ((days[:2], "¥30.00"), (days[:1], "¥15.00"), ([], "¥0.00")):
        answer = client.get(plan, query_string={"date": kept}, headers=part)
        assert answer.status_code == 200
        assert answer.text.count("<html") == 0
        assert f"打勾的都订上，取餐时共付{yuan}" in text_of(answer)
        assert answer.text.count(" checked") == len(kept)
    assert client.page(plan).xpath("count(//input[@name='date'][@checked])") == len(days)


def test_a_day_is_skipped_in_one_tap_and_the_plan_stays_in_view(
    client: SiteClient, plan: str
) -> None:
    days = days_of(client, plan)
    client.submit(plan, "/orders", date=days[:3])
    form = client.page(plan).xpath("//form[contains(@action, '/cancellation')]")[0]
    answer = client.post(form.get("action"), data=dict(form.form_values()))
    assert (answer.status_code, answer.location) == (303, plan)
    live = db.session.scalars(
        sa.select(OrderedMeal.day).where(OrderedMeal.state == MealState.ORDERED)
    )
    assert sorted(day.isoformat() for day in live) == days[1:3]

"""A page costs the same number of queries for one row and for thirty."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask

from tests.integration.childcare.conftest import TUESDAY, Family, a_house, more_children
from tests.integration.childcare.test_prices import form_of
from ylyx_site.facilities.kinds import ClassKind
from ylyx_site.facilities.models import stamp_name
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.stamps import stamp

Counting = Callable[[], AbstractContextManager[list[str]]]
WORKDAYS = [
    day.isoformat()
    for day in (TUESDAY + timedelta(days=n) for n in range(37))
    if day.isoweekday() < 6
]
CLASSES = {ClassKind.YOUNGER: 15, ClassKind.OLDER: 20, ClassKind.MIXED: 18, ClassKind.INFANT: 10}


def cost(wang: Family, counting: Counting, address: str) -> int:
    """Statements of one GET, the sign-in's look-up included."""
    wang.browser.get(address)
    with counting() as statements:
        assert wang.browser.get(address).status_code == 200
    return len(statements)


def test_search(app: Flask, wang: Family, count_queries: Counting) -> None:
    a_house(app)
    one = cost(wang, count_queries, "/childcare?date=2026-11-24")
    for number in range(24):
        a_house(app, name=f"托育{number}号", caps=CLASSES)
    assert cost(wang, count_queries, "/childcare?date=2026-11-24") == one <= 8


def test_week(app: Flask, wang: Family, count_queries: Counting) -> None:
    small, large = a_house(app), a_house(app, name="北街托育", caps=CLASSES)
    one = cost(wang, count_queries, f"/childcare/{small}")
    more_children(wang, "亮亮", "果果")
    wang.books(large, date=WORKDAYS[:20])
    assert cost(wang, count_queries, f"/childcare/{large}") == one <= 18


def test_new(app: Flask, wang: Family, count_queries: Counting) -> None:
    house = a_house(app, caps=CLASSES)
    one = cost(wang, count_queries, wang.asking(house))
    others = more_children(wang, "亮亮", "果果")
    many = wang.asking(house, date=WORKDAYS, child_id=[wang.child_id, *others])
    assert len(WORKDAYS) == 27
    assert cost(wang, count_queries, many) == one <= 20


def test_a_booking_on_postgresql_is_three_statements_after_the_sign_in(
    app: Flask, wang: Family, count_queries: Counting
) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("on SQLite there is no way to a server: it writes step by step")
    house = a_house(app)
    with transaction() as session:
        stamp(session, ["calendar", stamp_name(house)])  # as every command of the register does
    wang.books(house, date="2026-11-24")
    seen = form_of(wang.browser.get(wang.asking(house, date="2026-11-25")).text)
    with count_queries() as statements:
        assert wang.browser.post(f"/childcare/{house}/bookings", data=seen).status_code == 303
    assert [one.split("(")[0].split(",")[0].strip() for one in statements] == [
        "SELECT account.id", "INSERT INTO form_key", "SELECT 'slots'", "WITH booked AS"
    ]  # fmt: skip


@pytest.mark.parametrize("page", ["/childcare/bookings", "/", "/family"])
def test_lists(app: Flask, wang: Family, count_queries: Counting, page: str) -> None:
    house = a_house(app)
    wang.books(house)
    one = cost(wang, count_queries, page)
    for day in WORKDAYS[1:8]:
        wang.books(house, date=day)
    wang.books(house, date=WORKDAYS[8:])
    assert cost(wang, count_queries, page) == one <= 10


def test_ticket_and_what_belongs_to_it(app: Flask, wang: Family, count_queries: Counting) -> None:
    house = a_house(app)
    single, series = wang.books(house), wang.books(house, date=WORKDAYS[1:])
    for rest, most in (("", 20), ("/cancellation", 16), (".ics", 6)):
        few = cost(wang, count_queries, f"/childcare/bookings/{single}{rest}")
        many = cost(wang, count_queries, f"/childcare/bookings/{series}{rest}")
        assert many == few <= most, rest

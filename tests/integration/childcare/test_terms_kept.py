"""The register's terms are kept in the process, and never used when they no longer hold."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

from flask import Flask
from sqlalchemy.orm import Session

from tests.makers import a_nursery
from ylyx_site.calendar.service import import_days
from ylyx_site.calendar.table import CalendarRow
from ylyx_site.childcare.queries.terms import terms_of
from ylyx_site.facilities.kinds import Tariff
from ylyx_site.facilities.service import set_price
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.spans import DaySpan

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
DAY = DaySpan(WEDNESDAY, WEDNESDAY)
Counting = Callable[[], AbstractContextManager[list[str]]]


def _a_district() -> int:
    """A calendar and a nursery, committed."""
    with transaction() as session:
        _import(session, date(2026, 12, 25))
        return a_nursery(session).id


def _import(session: Session, holiday: date) -> None:
    row = CalendarRow(2, holiday.isoformat(), "holiday", "假", "通知", "2025-11-01")
    import_days(session, [row], actor_id=None, now=clock.now())


def _price(house: int) -> int:
    session = db.session()
    try:
        return terms_of(session, house, DAY).prices(WEDNESDAY)[Tariff.FULL_DAY]
    finally:
        session.rollback()


def _set(session: Session, house: int, fen: int) -> None:
    set_price(session, house, Tariff.FULL_DAY, fen, TUESDAY, actor_id=None, now=clock.now())


def test_terms_are_read_once_and_then_only_their_stamps(
    app: Flask, count_queries: Counting
) -> None:
    house = _a_district()
    _price(house)
    with count_queries() as queries:
        _price(house)
    assert len(queries) == 1


def test_other_days_of_the_month_are_served_from_what_is_kept_and_only_those_days(
    app: Flask, count_queries: Counting
) -> None:
    house = _a_district()
    _price(house)
    with count_queries() as queries:
        terms = terms_of(db.session(), house, DaySpan(TUESDAY, WEDNESDAY))
    assert len(queries) == 1
    assert sorted(terms.openings) == [TUESDAY, WEDNESDAY]


def test_a_change_is_seen_by_the_very_next_reader(app: Flask) -> None:
    house = _a_district()
    assert _price(house) == 6800
    with transaction() as session:
        _set(session, house, 7000)
    assert _price(house) == 7000


def test_what_was_read_in_a_transaction_that_failed_is_never_used(app: Flask) -> None:
    house = _a_district()
    with transaction() as session:
        _set(session, house, 9900)
        terms_of(session, house, DAY)
        session.rollback()
    assert _price(house) == 6800
    with transaction() as session:
        _set(session, house, 7000)
    assert _price(house) == 7000


def test_a_new_calendar_is_seen_at_once(app: Flask) -> None:
    house = _a_district()
    session = db.session()
    assert terms_of(session, house, DAY).openings[WEDNESDAY].span is not None
    with transaction() as session:
        _import(session, WEDNESDAY)
    assert terms_of(db.session(), house, DAY).openings[WEDNESDAY].span is None

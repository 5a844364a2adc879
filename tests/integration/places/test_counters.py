"""Counters made at first use: all or none, never over the limit, also when twenty come at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from ylyx_site.places.counters import count, counter_differences, left, taken_of, uncount
from ylyx_site.places.errors import LedgerBrokenError, Spent
from ylyx_site.places.models import PlaceCounter
from ylyx_site.places.uses import Use
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.retries import retrying

MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 22)


def taken(session: Session) -> dict[str, int]:
    """What is taken of each counter of Monday."""
    rows = session.execute(
        sa.select(PlaceCounter.name, PlaceCounter.taken).where(PlaceCounter.period_start == MONDAY)
    )
    return {name: number for name, number in rows}  # noqa: C416 rows are not pairs to mypy


def test_the_first_use_makes_the_counter_and_the_last_ends_it(session: Session) -> None:
    for _ in range(2):
        count(session, [Use("a", MONDAY, 2)])
    with pytest.raises(Spent) as refused:
        count(session, [Use("a", MONDAY, 2)])
    assert refused.value.counters == [("a", MONDAY)]
    assert taken(session) == {"a": 2}


def test_a_first_use_above_the_limit_is_refused(session: Session) -> None:
    with pytest.raises(Spent):
        count(session, [Use("a", MONDAY, 2, 3)])
    assert taken(session) == {}


def test_uses_of_one_counter_are_added_up(session: Session) -> None:
    with pytest.raises(Spent):
        count(session, [Use("a", MONDAY, 2, 2), Use("a", MONDAY, 2)])
    count(session, [Use("a", MONDAY, 3, 2), Use("a", MONDAY, 3)])
    assert taken(session) == {"a": 3}


def test_a_refusal_names_all_that_lack(session: Session) -> None:
    count(session, [Use("a", MONDAY, 1), Use("c", MONDAY, 1)])
    with pytest.raises(Spent) as refused:
        count(session, [Use("c", MONDAY, 1), Use("b", MONDAY, 1), Use("a", MONDAY, 1)])
    assert refused.value.counters == [("a", MONDAY), ("c", MONDAY)]


def test_none_is_taken_when_one_lacks(app: Flask) -> None:
    with transaction() as session:
        count(session, [Use("b", MONDAY, 1)])
    with pytest.raises(Spent), transaction() as session:
        count(session, [Use("a", MONDAY, 1), Use("b", MONDAY, 1)])
    assert taken(db.session()) == {"b": 1}


def test_periods_are_apart(session: Session) -> None:
    count(session, [Use("a", SUNDAY, 1), Use("a", MONDAY, 1)])
    assert taken_of(session, [("a", SUNDAY), ("a", MONDAY), ("b", MONDAY)]) == {
        ("a", SUNDAY): 1, ("a", MONDAY): 1,
    }  # fmt: skip


def test_a_limit_that_was_lowered_lets_nobody_in_and_drops_nobody(session: Session) -> None:
    count(session, [Use("a", MONDAY, 3, 3)])
    with pytest.raises(Spent):
        count(session, [Use("a", MONDAY, 2)])
    assert left(session, [Use("a", MONDAY, 2), Use("b", MONDAY, 5)]) == {
        ("a", MONDAY): 0, ("b", MONDAY): 5,
    }  # fmt: skip
    uncount(session, [Use("a", MONDAY, 2, 2)])
    count(session, [Use("a", MONDAY, 2)])
    assert taken(session) == {"a": 2}


def test_what_was_never_taken_cannot_be_given_back(session: Session) -> None:
    count(session, [Use("a", MONDAY, 3)])
    for use in (Use("a", MONDAY, 3, 2), Use("b", MONDAY, 3)):
        with pytest.raises(LedgerBrokenError):
            uncount(session, [use])


def test_using_nothing_costs_nothing(session: Session, count_queries: Callable[[], object]) -> None:
    count(session, [])
    count(session, [Use("a", MONDAY, 3, 0)])
    assert taken(session) == {}


def test_the_audit_looks_at_its_own_names_only(session: Session) -> None:
    count(
        session, [Use("mine:a", MONDAY, 3, 2), Use("mine_b", MONDAY, 3), Use("mine:c", MONDAY, 1)]
    )
    claimed = {("mine:a", MONDAY): 1, ("mine:c", MONDAY): 1, ("mine:d", MONDAY): 1}
    assert counter_differences(session, claimed, "mine:") == [
        ("mine:a", MONDAY, 2, 1), ("mine:d", MONDAY, 0, 1),
    ]  # fmt: skip


def test_twenty_at_once_for_the_last_use_give_exactly_one(app: Flask) -> None:
    with transaction() as session:
        count(session, [Use("a", MONDAY, 5, 4)])
    answers = at_once(app, 20, [Use("a", MONDAY, 5)])
    assert answers == [False] * 19 + [True]
    assert taken(db.session()) == {"a": 5}


def test_twenty_at_once_for_a_counter_that_is_not_there_yet_give_exactly_one(app: Flask) -> None:
    answers = at_once(app, 20, [Use("b", MONDAY, 1), Use("a", MONDAY, 7)])
    assert answers == [False] * 19 + [True]
    assert taken(db.session()) == {"a": 1, "b": 1}


def test_crossing_uses_end_without_deadlock(app: Flask) -> None:
    uses = [Use(name, MONDAY, 100) for name in "abcdef"]
    assert at_once(app, 20, uses, shuffled=True) == [True] * 20
    assert taken(db.session()) == dict.fromkeys("abcdef", 20)


def at_once(app: Flask, size: int, uses: list[Use], *, shuffled: bool = False) -> list[bool]:
    """So many threads use all of these together; how many were told no, then yes."""
    shot = Barrier(size)

    def one(number: int) -> bool:
        turn = number % len(uses) if shuffled else 0
        mine = uses[turn:] + uses[:turn]
        with app.app_context():
            shot.wait(30)
            try:
                retrying(lambda: _used(mine))
            except Spent:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(size) as threads:
        return sorted(threads.map(one, range(size)))


def _used(uses: list[Use]) -> None:
    with transaction() as session:
        count(session, uses)

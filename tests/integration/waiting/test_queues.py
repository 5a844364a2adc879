"""Cards of full nurseries say how many wait there and how long it takes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from flask import Flask

from tests.integration.childcare.conftest import Family, a_family, a_house
from tests.integration.waiting.conftest import cancels, joins, sweeps
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.waiting.queries.queues import queues_at
from ylyx_site.waiting.queries.waits import typical_waits

SEARCH = "/childcare?date=2026-11-24&kind=full_day&age_months=20"


def said(browser_of: Family) -> list[str]:
    """The line of the queue on each card that has one."""
    rows = browser_of.browser.page(SEARCH).xpath("//article//p[@class='quiet']")
    return [" ".join(str(one.text_content()).split()) for one in rows]


def test_a_full_nursery_says_that_nobody_waits_and_then_who_does(
    app: Flask, full: int, wang: Family, li: Family
) -> None:
    a_house(app, name="有位的托育")
    assert said(wang) == ["还没有人排，您排第 1 位"]
    joins(wang, full)
    joins(li, full)
    assert said(wang) == ["现在 2 家在排"]


def test_length_and_wait_are_those_of_each_nursery(app: Flask, full: int, wang: Family) -> None:
    other = a_house(app, name="北街托育", registered_places=1)
    a_family(app, "13800000098", "何先生", "南南").books(other)
    with clock.standing_at(clock.now() - timedelta(hours=1)):
        joins(wang, full)
    cancels(full)
    sweeps()
    db.session.rollback()
    found = queues_at(db.session(), [full, other], clock.now())
    assert {one: found[one].typical for one in (full, other)} == {
        full: typical_waits(db.session(), [full], clock.now())[full], other: None,
    }  # fmt: skip
    assert found[full].typical is not None
    assert (found[full].length, found[other].length) == (1, 0)


def test_the_cards_cost_one_query_however_many_are_full(
    app: Flask, full: int, wang: Family,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:  # fmt: skip
    wang.browser.page(SEARCH)
    with count_queries() as one:
        wang.browser.page(SEARCH)
    for number in range(3):
        house = a_house(app, name=f"满的{number}号", registered_places=1)
        a_family(app, f"1380000008{number}", "满先生", "满满").books(house)
        joins(wang, house)
    with count_queries() as many:
        wang.browser.page(SEARCH)
    assert len(many) == len(one) <= 8
    assert len(said(wang)) == 4

"""Joining, being asked in order, answering, and what the ledger says of it."""

from datetime import date, timedelta

import pytest
from flask import Flask

from tests.integration.childcare.conftest import (
    TUESDAY,
    WEDNESDAY,
    Family,
    a_family,
    a_house,
    audit,
    more_children,
    stored,
)
from tests.integration.waiting.conftest import (
    accepts,
    agrees,
    cancels,
    declines,
    entry_states,
    events,
    joins,
    need,
    offer_of,
    offers,
    sweeps,
)
from ylyx_site.childcare.errors import PriceChanged, TooYoung
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.refusals import NotFound
from ylyx_site.waiting import errors
from ylyx_site.waiting.models import QueueTerms
from ylyx_site.waiting.service.joining import join
from ylyx_site.waiting.service.staying import leave, pause, resume


def test_a_freed_place_is_offered_to_the_first_and_booked_when_accepted(
    app: Flask, wang: Family, li: Family, full: int
) -> None:
    first, second = joins(wang, full), joins(li, full)
    assert sweeps() == 1 and offers() == []
    cancels(full)
    assert sweeps() == 1
    assert entry_states() == {first: "offered", second: "waiting"}
    accepts(wang, offer_of(first))
    assert entry_states() == {first: "booked", second: "waiting"}
    assert [(one.child_id, one.state) for one in stored()][-1] == (wang.child_id, "booked")
    assert events(full) == ["1 joined", "2 joined", "1 offered", "1 accepted", "1 booked"]
    assert agrees(full) == []


def test_an_outsider_does_not_get_the_freed_place_before_the_queue(
    app: Flask, wang: Family, li: Family, full: int
) -> None:
    mine = joins(wang, full)
    sweeps()
    cancels(full)
    assert li.posts(full).status_code == 422
    sweeps()
    assert entry_states() == {mine: "offered"}
    assert agrees(full) == []


def test_declined_goes_to_the_next(app: Flask, wang: Family, li: Family, full: int) -> None:
    first, second = joins(wang, full), joins(li, full)
    cancels(full)
    sweeps()
    declines(wang, offer_of(first))
    sweeps()
    assert entry_states() == {first: "ended", second: "offered"}
    assert events(full)[2:] == ["1 offered", "1 declined", "1 ended", "2 offered"]
    assert agrees(full) == []


def test_expired_counts_as_free_without_a_worker_and_pauses(
    app: Flask, wang: Family, li: Family, full: int
) -> None:
    first = joins(wang, full)
    cancels(full)
    sweeps()
    offer = offer_of(first)
    with clock.standing_at(offer.expires_at - timedelta(microseconds=1)):
        assert li.posts(full).status_code == 422
    with clock.standing_at(offer.expires_at):
        assert "余 1 位" in li.browser.get(f"/childcare/{full}?week=2026-11-24&age_months=20").text
        with pytest.raises(errors.OfferOver):
            accepts(wang, offer)
        li.books(full)
        sweeps()
        assert entry_states() == {first: "paused"}
    assert agrees(full) == []


def test_the_time_to_answer_is_four_hours_by_day_and_before_the_limit(
    app: Flask, wang: Family, full: int
) -> None:
    mine = joins(wang, full)
    cancels(full)
    sweeps()
    assert offer_of(mine).expires_at == clock.instant_at(date(2026, 11, 23), 12 * 60)


def test_who_pauses_is_skipped_with_a_line_and_keeps_the_place(
    app: Flask, wang: Family, li: Family, full: int
) -> None:
    first, second = joins(wang, full), joins(li, full)
    with transaction() as session:
        pause(session, first, actor_id=wang.account_id, now=clock.now())
    cancels(full)
    sweeps()
    declines(li, offer_of(second))
    with transaction() as session:
        resume(session, first, actor_id=wang.account_id, now=clock.now())
    sweeps()
    assert events(full)[2:] == [
        "1 paused", "1 skipped paused", "2 offered", "2 declined", "2 ended", "1 resumed",
        "1 offered",
    ]  # fmt: skip
    assert agrees(full) == []


def test_nobody_is_offered_what_they_cannot_use(
    app: Flask, wang: Family, li: Family, full: int
) -> None:
    both = (wang.child_id, *more_children(wang, "红红"))
    pair = joins(wang, full, child_ids=both)
    elsewhere = joins(li, full)
    li.books(a_house(app, name="木星托育中心"))
    third = a_family(app, "13800000003", "赵女士")
    last = joins(third, full)
    cancels(full)
    sweeps()
    assert entry_states() == {pair: "waiting", elsewhere: "waiting", last: "offered"}
    assert events(full)[3:] == ["1 skipped siblings", "2 skipped busy", "3 offered"]
    assert agrees(full) == []


def test_one_entry_in_two_queues_is_asked_once_and_leaves_both(
    app: Flask, wang: Family, li: Family, full: int
) -> None:
    other = a_house(app, registered_places=1, name="木星托育中心")
    a_family(app, "13800000098", "吴先生", "西西").books(other)
    mine, later = joins(wang, full, other), joins(li, other)
    cancels(full)
    cancels(other)
    sweeps()
    assert entry_states() == {mine: "offered", later: "offered"}
    assert events(other)[2:] == ["1 skipped offered", "2 offered"]
    accepts(wang, offer_of(mine))
    assert events(other)[4:] == ["1 accepted", "1 booked"]
    assert agrees(full) == agrees(other) == []


def test_leaving_gives_an_open_offer_to_the_next(
    app: Flask, wang: Family, li: Family, full: int
) -> None:
    first, second = joins(wang, full), joins(li, full)
    cancels(full)
    sweeps()
    with transaction() as session:
        leave(session, first, actor_id=wang.account_id, now=clock.now())
    sweeps()
    assert entry_states() == {first: "ended", second: "offered"}
    assert events(full)[2:] == ["1 offered", "1 cancelled", "1 ended", "2 offered"]
    assert agrees(full) == []


def test_an_offer_is_accepted_once_and_at_the_price_that_was_shown(
    app: Flask, wang: Family, full: int
) -> None:
    mine = joins(wang, full)
    cancels(full)
    sweeps()
    with pytest.raises(PriceChanged):
        accepts(wang, offer_of(mine), fen=1)
    accepts(wang, offer_of(mine))
    with pytest.raises(errors.OfferOver):
        accepts(wang, offer_of(mine), code="ABC124")
    assert agrees(full) == []


def test_days_are_offered_one_by_one_unless_all_are_wanted(
    app: Flask, wang: Family, li: Family, full: int
) -> None:
    a_family(app, "13800000097", "郑先生", "南南").books(full, date=WEDNESDAY)
    together = joins(wang, full, days=(TUESDAY, WEDNESDAY), together=True)
    apart = joins(li, full, days=(TUESDAY, WEDNESDAY))
    cancels(full)
    sweeps()
    assert entry_states() == {together: "waiting", apart: "offered"}
    accepts(li, offer_of(apart))
    assert entry_states() == {together: "waiting", apart: "waiting"}
    assert agrees(full) == []


def test_the_limits_of_a_queue_are_data(app: Flask, wang: Family, li: Family, full: int) -> None:
    with transaction() as session:
        session.add(
            QueueTerms(scope="division:500111", most_waiting=1, most_per_child=1, answer_minutes=60)
        )
    joins(wang, full)
    with pytest.raises(errors.QueueFull):
        joins(li, full)
    other = a_house(app, registered_places=1, name="木星托育中心")
    a_family(app, "13800000098", "吴先生", "西西").books(other)
    with pytest.raises(errors.TooManyEntries):
        joins(wang, other)


def test_what_is_free_shut_or_too_young_is_not_waited_for(
    app: Flask, wang: Family, full: int
) -> None:
    empty = a_house(app, name="木星托育中心")
    baby = more_children(wang, "红红", born_on=date(2026, 8, 1))
    with pytest.raises(errors.StillFree):
        joins(wang, empty)
    with pytest.raises(TooYoung):
        joins(wang, full, child_ids=tuple(baby))
    joins(wang, full)
    with pytest.raises(errors.AlreadyWaiting):
        joins(wang, full)
    assert audit() == []


def test_an_entry_of_another_family_does_not_exist(
    app: Flask, wang: Family, li: Family, full: int
) -> None:
    mine = joins(wang, full)
    for command in (pause, resume, leave):
        with transaction() as session, pytest.raises(NotFound):
            command(session, mine, actor_id=li.account_id, now=clock.now())
    with transaction() as session, pytest.raises(NotFound):
        join(session, need(wang, full), actor_id=li.account_id, now=clock.now())

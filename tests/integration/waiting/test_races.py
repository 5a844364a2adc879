"""Many at once: workers, answers, bookings from outside. One place never goes to two."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.house.races.crowd import all_at_once, booking, crowd, post
from tests.integration.childcare.conftest import TUESDAY, Family, a_family, stored
from tests.integration.waiting.conftest import (
    agrees,
    cancels,
    entry_states,
    events,
    joins,
    offer_of,
    offers,
    sweeps,
)
from ylyx_site.places.errors import Full
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.identifiers import public_code
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.retries import retrying
from ylyx_site.waiting.models import WaitingOffer
from ylyx_site.waiting.rules.wishes import AnswerWish
from ylyx_site.waiting.service.answering import accept, decline
from ylyx_site.waiting.service.sweeps import make_offers

WISH = AnswerWish(((TUESDAY, 6800),))


def in_a_thread(app: Flask, command: Callable[..., object]) -> Callable[[], str]:
    """A worker, or a request, with a context and a transaction of its own."""

    def once() -> str:
        with app.app_context(), transaction() as session:
            command(session)
        return "yes"

    def job() -> str:
        try:
            return retrying(once)
        except (Refusal, Full) as refusal:
            return type(refusal).__name__

    return job


def a_queue(app: Flask, house: int, how_many: int) -> list[Family]:
    """So many families wait."""
    families = [a_family(app, f"1391111111{n}", f"家{n}") for n in range(how_many)]
    for one in families:
        joins(one, house)
    return families


@pytest.mark.race
def test_workers_that_sweep_at_once_make_one_offer(app: Flask, full: int) -> None:
    a_queue(app, full, 3)
    cancels(full)
    jobs = [in_a_thread(app, lambda session: make_offers(session, clock.now())) for _ in range(6)]
    all_at_once(jobs)
    sweeps()
    assert [state for _, state in offers()] == ["open"]
    assert events(full)[3:] == ["1 offered"]
    assert agrees(full) == []


@pytest.mark.race
def test_an_offer_accepted_and_declined_by_many_at_once_is_consumed_once(
    app: Flask, full: int
) -> None:
    (mine,) = a_queue(app, full, 1)
    cancels(full)
    sweeps()
    offer_id = offer_of(next(iter(entry_states()))).id

    def yes(session: object) -> None:
        offer = session.get_one(WaitingOffer, offer_id)  # type: ignore[attr-defined]
        accept(session, offer, WISH, actor_id=mine.account_id, code=public_code(), now=clock.now())  # type: ignore[arg-type]

    def no(session: object) -> None:
        offer = session.get_one(WaitingOffer, offer_id)  # type: ignore[attr-defined]
        decline(session, offer, actor_id=mine.account_id, now=clock.now())  # type: ignore[arg-type]

    answers = all_at_once([in_a_thread(app, one) for one in (yes, no, yes, no, yes)])
    assert answers.count("yes") == 1
    assert answers.count("OfferOver") == 4
    assert agrees(full) == []


@pytest.mark.race
def test_an_answer_and_the_end_of_its_time_agree(app: Flask, full: int) -> None:
    (first, _second) = a_queue(app, full, 2)
    cancels(full)
    sweeps()
    offer = offer_of(next(iter(entry_states())))
    late = offer.expires_at
    in_time = late - timedelta(microseconds=1)

    def yes(session: object) -> None:
        mine = session.get_one(WaitingOffer, offer.id)  # type: ignore[attr-defined]
        accept(session, mine, WISH, actor_id=first.account_id, code=public_code(), now=in_time)  # type: ignore[arg-type]

    jobs = [in_a_thread(app, yes)]
    jobs += [in_a_thread(app, lambda session: make_offers(session, late)) for _ in range(3)]
    answers = all_at_once(jobs)
    booked = [one.state for one in stored()].count("booked")
    assert (answers[0] == "yes") == (booked == 1)
    assert booked + [state for _, state in offers()].count("open") == 1
    assert agrees(full) == []


@pytest.mark.race
def test_bookers_from_outside_do_not_get_what_the_queue_is_owed(app: Flask, full: int) -> None:
    a_queue(app, full, 2)
    outsiders = crowd(app, 6)
    cancels(full)
    jobs: list[Callable[[], object]] = [
        in_a_thread(app, lambda session: make_offers(session, clock.now())) for _ in range(2)
    ]
    jobs += [
        lambda one=one: post(app, one, f"/childcare/{full}/bookings", booking(one)).status_code
        for one in outsiders
    ]
    answers = all_at_once(jobs)
    assert set(answers[2:]) == {422}
    sweeps()
    assert sorted(entry_states().values()) == ["offered", "waiting"]
    assert agrees(full) == []

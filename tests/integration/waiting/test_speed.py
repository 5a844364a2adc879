"""A district in which ten thousand wait: one round of the sweep."""

import time
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests import makers
from tests.integration.waiting.conftest import agrees
from ylyx_site.facilities.kinds import CareKind, ClassKind
from ylyx_site.families.kinds import BondState, PersonKind, Relation
from ylyx_site.families.models import Bond, Person
from ylyx_site.identity.models import Account
from ylyx_site.places.gains import mark, marked
from ylyx_site.places.models import PlaceSlot
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.waiting.kinds import EntryState, Event, NeedState, OfferState
from ylyx_site.waiting.models import (
    QueueLine,
    WaitingChild,
    WaitingDay,
    WaitingEntry,
    WaitingHouse,
    WaitingOffer,
)
from ylyx_site.waiting.service.sweeps import make_offers

HOUSES, EACH = 48, 209
FIRST = date(2026, 11, 25)


def waiting(session: Session, houses: list[int]) -> None:
    """Ten thousand families, each waiting for a whole day at one of the nurseries."""
    now, count = clock.now(), len(houses) * EACH
    consent = makers.a_child(session, makers.an_account(session).id).consent_id
    numbers = range(10_000, 10_000 + count)
    rows: list[tuple[type, list[dict[str, object]]]] = [
        (Account, [{"id": n, "phone": f"139{n:08d}", "name": "家", "created_at": now}
                   for n in numbers]),
        (Person, [{"id": n, "kind": PersonKind.CHILD, "name": "明明", "born_on": date(2025, 3, 10),
                   "consent_id": consent, "created_at": now} for n in numbers]),
        (Bond, [{"person_id": n, "account_id": n, "relation": Relation.MOTHER,
                 "state": BondState.LIVE, "asked_at": now} for n in numbers]),
        (WaitingEntry, [{"id": n, "code": f"W{n}", "account_id": n, "kind": CareKind.FULL_DAY,
                         "state": EntryState.WAITING, "joined_at": now} for n in numbers]),
        (WaitingChild, [{"entry_id": n, "child_id": n} for n in numbers]),
    ]  # fmt: skip
    houses_of = {n: houses[n % len(houses)] for n in numbers}
    places = {n: index // len(houses) + 1 for index, n in enumerate(numbers)}
    days = {n: FIRST + timedelta(days=n // len(houses) % 3) for n in numbers}
    rows += [
        (WaitingHouse, [{"entry_id": n, "facility_id": houses_of[n], "number": places[n],
                         "joined_at": now, "starts": 450, "ends": 1050} for n in numbers]),
        (WaitingDay, [{"entry_id": n, "day": days[n], "state": NeedState.OPEN} for n in numbers]),
        (QueueLine, [{"facility_id": houses_of[n], "at": now, "number": places[n],
                      "event": Event.JOINED, "days": days[n].isoformat(), "starts": 450,
                      "ends": 1050, "children": 1, "rank": 100, "until": ""} for n in numbers]),
    ]  # fmt: skip
    for model, values in rows:
        session.execute(sa.insert(model), values)


@pytest.mark.slow
def test_ten_thousand_entries_are_swept_in_under_two_seconds(sqlite_app: Flask) -> None:
    assert sqlite_app.testing
    with transaction() as session:
        houses = [
            makers.a_nursery(
                session, registered_places=3, caps={ClassKind.YOUNGER: 15}, name=f"机构{n}",
                publish_until=FIRST + timedelta(days=8),
            ).id
            for n in range(HOUSES)
        ]  # fmt: skip
        full = sa.update(PlaceSlot).where(PlaceSlot.day != FIRST)
        session.execute(full.values(taken=0, capacity=0, wanted=0))
        waiting(session, houses)
        mark(session, houses)
    started, rounds = time.process_time(), 0  # SQLite works in this process; others do not count
    while marked_now():
        with transaction() as session:
            rounds += make_offers(session, clock.now())
    seconds = time.process_time() - started
    with transaction() as session:
        offers = session.scalar(sa.select(sa.func.count(WaitingOffer.id)))
        is_open = WaitingOffer.state == OfferState.OPEN
        assert offers == session.scalar(sa.select(sa.func.count(WaitingOffer.id)).where(is_open))
    assert (rounds, offers) == (HOUSES, HOUSES * 3)
    assert seconds < 2, f"{seconds:.2f} s"
    assert agrees(houses[0]) == []


def marked_now() -> list[int]:
    """Where the queue has not run yet."""
    with transaction() as session:
        return marked(session, 1)

"""Broken on purpose: each checker of the races tells the site in which its promise is broken.

The breaks are made here, by replacing our functions in the test's own process; no switch for them
exists in the site.
"""

import time
from importlib import import_module

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.house.races import checks
from tests.house.races.conftest import Nursery
from tests.house.races.crowd import Family, audit, booking, crowd, post, rush, tally
from tests.house.races.history import Event, illegal
from tests.house.races.test_same_form import two_guardians_each
from ylyx_site.childcare.policy import Planned, make_plan
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service import bookings, endings, writing
from ylyx_site.identity import doors
from ylyx_site.identity.visitor import signed_in
from ylyx_site.places.busy import CHILD, Presence
from ylyx_site.places.claims import Claim, runs_of
from ylyx_site.places.service import give_back
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import public_code

pytestmark = [pytest.mark.race, pytest.mark.slow]

# The package has a blueprint of the same name, which an import statement would find first.
views = import_module("ylyx_site.childcare.views.bookings")

WITHOUT_CONDITION = sa.text(
    "UPDATE place_slot SET taken = taken + :places, capacity = taken + :places"
    " WHERE resource_id = :resource_id AND day = :day AND slot >= :first AND slot < :end"
).bindparams(sa.bindparam("day", type_=sa.Date()))


def take_without_condition(session: Session, claims: list[Claim]) -> None:
    """Count, whatever is left; the CHECK is kept quiet by moving the limit along."""
    for run in runs_of(claims):
        session.execute(WITHOUT_CONDITION, run._asdict())


def check_pause_insert(wish: CareWish, _key: str) -> str:
    """Look whether there is room, think about it, then write."""
    who, now, code = signed_in().account_id, clock.now(), public_code()
    seen = make_plan(db.session(), wish, account_id=who, now=now)
    bookings.refuse_incomplete(wish, seen.plan)
    time.sleep(0.1)
    with transaction() as session:
        book_as_seen(session, wish, seen, writing.Author(who, code, now))
    return f"/childcare/bookings/{code}"


def book_as_seen(session: Session, wish: CareWish, seen: Planned, author: writing.Author) -> None:
    """Write the plan without looking again."""
    writing._write(session, wish, seen.plan, author)
    presences = [Presence(one.child_id, one.day, one.span) for one in seen.plan.booked]
    writing.occupy(session, CHILD, presences)
    take_without_condition(session, writing.claims_of(seen))


def test_p1_check_pause_insert_is_caught(
    app: Flask, nursery: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "_book", check_pause_insert)
    house, families = nursery(3), crowd(app, 12)
    told = tally(rush(app, house, families, [booking(family) for family in families]))
    assert [line for line in checks.sold(told, 3) if line.endswith("of 3 places sold")]


def test_p2_a_place_not_given_back_is_caught(
    app: Flask, nursery: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, families = nursery(1), crowd(app, 2)
    assert illegal(one_after_the_other(app, house, families), 1) == []
    monkeypatch.setattr(endings, "give_back", lambda _session, _claims: None)
    assert [line[:15] for line in illegal(one_after_the_other(app, house, families), 1)] == [
        "refused in vain"
    ]
    assert audit(app) != []


def one_after_the_other(app: Flask, house: int, families: list[Family]) -> list[Event]:
    """Each books, and cancels when told yes; nobody else is there."""
    events = []
    for number, family in enumerate(families):
        asked = time.monotonic()
        answer = post(app, family, f"/childcare/{house}/bookings", booking(family))
        code, told = answer.location or "", "yes" if answer.status_code == 303 else "full"
        events.append(Event(number, "book", asked, time.monotonic(), told, code))
        if told == "yes":
            asked = time.monotonic()
            post(app, family, f"{code}/cancellation", {"csrf_token": family.csrf})
            events.append(Event(number, "cancel", asked, time.monotonic(), "yes", code))
    return events


def test_p5_a_key_that_is_not_looked_at_is_caught(
    app: Flask, nursery: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "once", lambda *_args, **_kwargs: None)
    house, [wang] = nursery(20), crowd(app, 1)
    assert checks.one_answer(rush(app, house, [wang] * 4, [booking(wang)] * 4)) != []


def test_p7_time_that_is_not_kept_is_caught(
    app: Flask, nursery: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "is_postgres", lambda _session: False)  # one after the other
    monkeypatch.setattr(writing, "occupy", lambda _session, _who, _presences: None)
    houses = nursery(20), nursery(20, name="木星托育中心")
    assert checks.one_place_each(two_guardians_each(app, houses, {}, {})) != []
    assert [line for line in audit(app) if line.startswith("no child has overlapping")]


def test_a_booking_ended_twice_is_caught(
    app: Flask, nursery: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Giving back what was ended by somebody else: the ledger would hold less than lives."""
    house, families = nursery(20), crowd(app, 2)
    addresses = [
        post(app, family, f"/childcare/{house}/bookings", booking(family)).location
        for family in families
    ]
    monkeypatch.setattr(endings, "give_back", given_back_twice)
    form = {"csrf_token": families[0].csrf}
    post(app, families[0], f"{addresses[0]}/cancellation", form)
    assert [line for line in audit(app) if line.startswith("taken is what live bookings claim")]


def given_back_twice(session: Session, claims: list[Claim]) -> None:
    """Once too often."""
    for _time in range(2):
        give_back(session, claims)

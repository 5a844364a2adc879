"""A full nursery, families who wait, and the file that the public can take away."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.integration.childcare.conftest import (  # noqa: F401 fixtures
    TUESDAY,
    Family,
    a_family,
    a_house,
    audit,
    house,
    li,
    wang,
)
from ylyx_site.childcare.models import CareBooking
from ylyx_site.childcare.rules.wishes import CancelWish, CareWish
from ylyx_site.childcare.service.endings import cancel
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.waiting.models import WaitingEntry, WaitingOffer
from ylyx_site.waiting.queries.lines import lines_of
from ylyx_site.waiting.rules.lines import read, written
from ylyx_site.waiting.rules.replay import faults
from ylyx_site.waiting.rules.wishes import AnswerWish, JoinWish
from ylyx_site.waiting.service.answering import accept, decline
from ylyx_site.waiting.service.joining import join
from ylyx_site.waiting.service.sweeps import make_offers


@pytest.fixture
def full(app: Flask) -> int:
    """A nursery with one place, which is taken on Tuesday by a family of its own."""
    number = a_house(app, registered_places=1)
    a_family(app, "13800000099", "周先生", "东东").books(number)
    return number


def cancels(house_id: int) -> None:
    """The family that fills the house cancels."""
    with transaction() as session:
        booking = session.query(CareBooking).filter_by(facility_id=house_id).order_by("id").first()
        assert booking is not None
        wish = CancelWish(booking.code)
        cancel(session, wish, actor_id=booking.account_id, now=clock.now())


def need(
    family: Family, *houses: int, days: tuple[date, ...] = (TUESDAY,), **care: Any
) -> JoinWish:
    """A whole Tuesday for the family's child."""
    together = care.pop("together", False)
    wish = CareWish(houses[0], (family.child_id,), days, CareKind.FULL_DAY)
    return JoinWish(houses, replace(wish, **care), together=together)


def joins(family: Family, *houses: int, **care: Any) -> str:
    """The family joins; returns the entry's code."""
    with transaction() as session:
        return join(
            session, need(family, *houses, **care), actor_id=family.account_id, now=clock.now()
        )


def sweeps(now: datetime | None = None) -> int:
    """One round of the worker's sweep."""
    with transaction() as session:
        return make_offers(session, now or clock.now())


def offers() -> list[tuple[int, str]]:
    """(entry, state) of all offers, in order."""
    db.session.rollback()
    rows = db.session().execute(
        sa.select(WaitingOffer.entry_id, WaitingOffer.state).order_by(WaitingOffer.id)
    )
    return [(entry_id, str(state)) for entry_id, state in rows]


def entry_states() -> dict[str, str]:
    """The state of each entry by its code."""
    db.session.rollback()
    rows = db.session().execute(
        sa.select(WaitingEntry.code, WaitingEntry.state).order_by(WaitingEntry.id)
    )
    return {code: str(state) for code, state in rows}


def offer_of(code: str) -> WaitingOffer:
    """The latest offer of an entry."""
    db.session.rollback()
    offer = db.session().scalar(
        sa.select(WaitingOffer)
        .join(WaitingEntry, WaitingEntry.id == WaitingOffer.entry_id)
        .where(WaitingEntry.code == code)
        .order_by(WaitingOffer.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    assert offer is not None
    return offer


def accepts(family: Family, offer: WaitingOffer, fen: int = 6800, code: str = "ABC123") -> None:
    """The family accepts what was offered, at the price that was shown."""
    with transaction() as session:
        mine = session.get_one(WaitingOffer, offer.id)
        wish = AnswerWish(((TUESDAY, fen),))
        accept(session, mine, wish, actor_id=family.account_id, code=code, now=clock.now())


def declines(family: Family, offer: WaitingOffer) -> None:
    """The family does not want it."""
    with transaction() as session:
        mine = session.get_one(WaitingOffer, offer.id)
        decline(session, mine, actor_id=family.account_id, now=clock.now())


def ledger_file(house_id: int) -> str:
    """The file of a queue."""
    db.session.rollback()
    return "".join(written(lines_of(db.session(), house_id)))


def events(house_id: int) -> list[str]:
    """What happened in a queue: `1 joined`, `2 skipped age`."""
    return [
        f"{one.number} {one.event.value}{f' {one.reason.value}' if one.reason else ''}"
        for one in read(ledger_file(house_id))
    ]


def agrees(house_id: int) -> list[str]:
    """What the replay of a queue finds fault with, and what the audit does."""
    return faults(read(ledger_file(house_id))) + audit()

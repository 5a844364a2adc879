"""A nursery and two families with a child each, in browsers of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask import Flask
from lxml import html
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import makers
from tests.client import SiteClient, text_of
from ylyx_site.childcare.models import CareDay
from ylyx_site.ledger import findings
from ylyx_site.shared.db import db, transaction

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
WEDNESDAY = date(2026, 11, 25)
SATURDAY = date(2026, 11, 28)


@dataclass(frozen=True, slots=True)
class Family:
    """An account with a child, and its browser."""

    account_id: int
    child_id: int
    browser: SiteClient

    def asking(self, house: int, **fields: Any) -> str:
        """The address of the booking form; a whole Tuesday unless said otherwise."""
        asked = {"child_id": self.child_id, "date": TUESDAY, "kind": "full_day"} | fields
        pairs = {
            "from" if name == "from_" else name: value
            for name, value in asked.items()
            if value is not None
        }
        return f"/childcare/{house}/bookings/new?{urlencode(pairs, doseq=True)}"

    def sends(self, house: int, asked: dict[str, Any] | None = None, **typed: Any) -> TestResponse:
        """Open the form for what is `asked`, type into it, and send it."""
        return self.browser.submit(self.asking(house, **(asked or {})), "/bookings", **typed)

    def books(self, house: int, **asked: Any) -> str:
        """Book; returns the code of the ticket."""
        answer = self.sends(house, asked)
        assert answer.status_code == 303, text_of(answer)
        return answer.headers["Location"].rpartition("/")[2]

    def posts(self, house: int, **fields: Any) -> TestResponse:
        """Send the form as a bent browser would: only what is said, and the two hidden keys."""
        return self.posts_to(f"/childcare/{house}/bookings", **fields)

    def posts_to(self, address: str, **fields: Any) -> TestResponse:
        """The same to another address that takes this form."""
        form = {
            "csrf_token": self.browser.token(), "key": "a-key-of-twenty-letters",
            "child_id": self.child_id, "date": TUESDAY, "kind": "full_day",
        } | fields  # fmt: skip
        data = {name: value for name, value in form.items() if value is not None}
        return self.browser.post(address, data=data)


@dataclass(frozen=True, slots=True)
class Stored:
    """A day of care as it stands in the database."""

    child_id: int
    day: date
    starts: int
    ends: int
    price_fen: int
    state: str


def a_family(app: Flask, phone: str, name: str, child: str = "明明") -> Family:
    """A family whose child is 20 months old, signed in."""
    with transaction() as session:
        account_id = makers.an_account(session, phone, name).id
        child_id = makers.a_child(session, account_id, child).id
    return Family(account_id, child_id, a_browser(app, phone))


def a_browser(app: Flask, phone: str = "") -> SiteClient:
    """A browser; signed in when a phone number is said."""
    browser = app.test_client()
    assert isinstance(browser, SiteClient)
    if phone:
        browser.sign_in_as(phone)
    return browser


@pytest.fixture
def wang(app: Flask) -> Family:
    return a_family(app, "13800000001", "王女士")


@pytest.fixture
def li(app: Flask) -> Family:
    return a_family(app, "13800000002", "李先生", "亮亮")


@pytest.fixture
def house(app: Flask) -> Iterator[int]:
    """A nursery of two places for toddlers; after the test its ledger must add up."""
    yield a_house(app, registered_places=2)
    assert audit() == []


def a_house(app: Flask, **wanted: Any) -> int:
    """A nursery, published until the end of the year."""
    assert app.testing
    with transaction() as session:
        return makers.a_nursery(session, **wanted).id


def audit() -> list[str]:
    """What the ledger and the children's days have wrong."""
    db.session.rollback()
    return findings(db.session())


def stored() -> list[Stored]:
    """All days of care there are, whosever, in order."""
    session: Session = db.session()
    session.rollback()
    columns = (
        CareDay.child_id, CareDay.day, CareDay.starts, CareDay.ends, CareDay.price_fen,
        CareDay.state,
    )  # fmt: skip
    rows = session.execute(sa.select(*columns).order_by(CareDay.day, CareDay.id))
    return [Stored(*row) for row in rows]


def states() -> dict[str, str]:
    """The state of each day that somebody ever booked: `11-24` → `booked`."""
    return {f"{one.day:%m-%d}": str(one.state) for one in stored()}


def sentences(answer: TestResponse) -> list[str]:
    """What the page's alert says."""
    tree = html.fromstring(answer.text)
    return [str(one.text_content()) for one in tree.xpath("//*[@role='alert']//p")]


def more_children(family: Family, *names: str, born_on: date = date(2025, 3, 10)) -> list[int]:
    """Children of the family besides the first."""
    with transaction() as session:
        return [makers.a_child(session, family.account_id, one, born_on).id for one in names]

"""Two families and their browsers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests import makers
from tests.client import SiteClient
from ylyx_site.shared.db import db, transaction

NUMBER = "500111202503101021"  # a girl born on 2025-03-10
BOYS_NUMBER = "50011120250310103X"


@dataclass(frozen=True, slots=True)
class Family:
    """An account and its browser."""

    account_id: int
    browser: SiteClient

    def add(self, **fields: Any) -> Any:
        """Send the form of a new child; every field may be said otherwise."""
        form = {"name": "王小满", "born_on": "2025-03-10", "relation": "mother", "consent": "y"}
        return self.browser.submit(
            "/family/people/new?kind=child", "/family/people/new", **form | fields
        )

    def child_id(self, **fields: Any) -> int:
        """A new child's id, from the address that the form leads to."""
        answer = self.add(**fields)
        assert answer.status_code == 303, answer.text
        return int(answer.headers["Location"].rpartition("/")[2])


def _family(app: Flask, phone: str, name: str) -> Family:
    with transaction() as session:
        account_id = makers.an_account(session, phone, name).id
    browser = app.test_client()
    assert isinstance(browser, SiteClient)
    browser.sign_in_as(phone)
    return Family(account_id, browser)


@pytest.fixture
def wang(app: Flask) -> Family:
    return _family(app, "13800000001", "王女士")


@pytest.fixture
def li(app: Flask) -> Family:
    return _family(app, "13800000002", "李先生")


@pytest.fixture
def reader(app: Flask) -> Iterator[Session]:
    """A session that reads what requests have committed."""
    db.session.rollback()
    yield db.session()
    db.session.rollback()


def count(session: Session, model: Any) -> int:
    """How many rows there are now."""
    session.rollback()
    return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0

"""A family whose child is booked today at a nursery, without a paper; staff of two nurseries."""

import io
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import makers
from tests.client import SiteClient
from tests.integration.attendance.conftest import (
    MONDAY,
    at,
    chen,
    day_ids,
    house,
    li,
    wang,
    works_at,
    zhao,
)
from tests.integration.childcare.conftest import Family
from ylyx_site.entry.cli import EXAMPLE
from ylyx_site.entry.service.diseases import import_table
from ylyx_site.identity.roles import Role
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import new_key

__all__ = ["MONDAY", "chen", "house", "li", "wang", "zhao"]

DISTRICT = "500111"


@pytest.fixture
def day(wang: Family, house: int) -> int:
    """Wang's child today, without a paper."""
    books(wang, house)
    return day_ids()[-1]


@pytest.fixture
def diseases(house: int) -> int:
    """The district's table, filled from the example; returns the id of 手足口病."""
    assert house
    with transaction() as session:
        text = Path(EXAMPLE).read_text("utf-8-sig")
        import_table(session, DISTRICT, text, actor_id=None, now=clock.now())
        return int(session.execute(sa.text("SELECT min(id) FROM disease")).scalar_one())


@pytest.fixture
def head(app: Flask, house: int) -> SiteClient:
    """Who runs the nursery."""
    return works_at(app, house, "13800000010", "陈园长", Role.HEAD)


def books(family: Family, house: int, on: date = MONDAY) -> str:
    """Care for a day, booked at its dawn."""
    with clock.standing_at(at("06:50", on)):
        family.browser.sign_in_as(phone_of(family))
        return family.books(house, kind="temporary", half="", date=on)


def phone_of(family: Family) -> str:
    """The number by which the family signs in."""
    session = db.session()
    session.rollback()
    found = sa.text("SELECT phone FROM account WHERE id = :id")
    return str(session.execute(found, {"id": family.account_id}).scalar_one())


def a_photo(colour: str = "white", form: str = "JPEG", **extra: object) -> io.BytesIO:
    """A photograph as a telephone sends it."""
    out = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(out, form, **extra)
    out.seek(0)
    return out


def sends(
    browser: SiteClient, address: str, files: dict[str, io.BytesIO] | None = None, **fields: object
) -> TestResponse:
    """Send a form to an address."""
    form = {"csrf_token": browser.token(), "key": new_key()} | fields
    named = {name: (content, "photo.jpg") for name, content in (files or {}).items()}
    return browser.post(address, data=form | named)


def all_papers(child_id: int, house: int, **facts: object) -> None:
    """File what the child needs."""
    with transaction() as session:
        makers.papers(session, child_id, house, **facts)  # type: ignore[arg-type] as said


def fresh() -> Session:
    """The session, seeing what was written since."""
    session = db.session()
    session.rollback()
    session.expire_all()
    return session


def actions(prefix: str) -> list[str]:
    """What the journal says, in order."""
    session = db.session()
    session.rollback()
    found = sa.select(JournalEntry.action).where(JournalEntry.action.startswith(prefix))
    return list(session.scalars(found.order_by(JournalEntry.id)))

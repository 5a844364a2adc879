"""The nursery and the families of childcare, and a browser of those who work there."""

from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from tests import makers
from tests.client import SiteClient
from tests.integration.childcare import conftest as care
from tests.integration.childcare.conftest import Family, a_browser, a_family, a_house, audit
from ylyx_site.childcare.models import CareDay
from ylyx_site.entry.models import ChildPaper
from ylyx_site.facilities.kinds import ClassKind
from ylyx_site.families.kinds import PersonKind
from ylyx_site.families.models import Person
from ylyx_site.identity.roles import Role
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

MONDAY, TUESDAY = care.MONDAY, care.TUESDAY


@pytest.fixture
def wang(app: Flask) -> Family:
    return a_family(app, "13800000001", "王女士")


@pytest.fixture
def li(app: Flask) -> Family:
    return a_family(app, "13800000002", "李先生", "亮亮")


@pytest.fixture
def house(app: Flask) -> Iterator[int]:
    """A nursery of two places for toddlers; after the test its ledger must add up."""
    yield a_house(app, registered_places=2, caps={ClassKind.YOUNGER: 15})
    assert audit() == []


def works_at(
    app: Flask, house: int, phone: str, name: str = "陈静", role: Role = Role.CARER
) -> SiteClient:
    """The browser of somebody who works at a nursery."""
    with transaction() as session:
        account = makers.an_account(session, phone, name)
        makers.a_role(session, account, role, facility_id=house)
    return a_browser(app, phone)


@pytest.fixture
def chen(app: Flask, house: int) -> SiteClient:
    """A carer there."""
    return works_at(app, house, "13800000011")


@pytest.fixture
def zhao(app: Flask, house: int) -> SiteClient:
    """A carer of another nursery."""
    return works_at(app, a_house(app, name="木星托育中心"), "13800000012", "赵敏")


def day_ids() -> list[int]:
    """The numbers of all days of care, in order."""
    session = db.session()
    session.rollback()
    return list(session.scalars(sa.select(CareDay.id).order_by(CareDay.id)))


def at(time: str, day: date = MONDAY) -> str:
    """An instant of the tests' Monday."""
    return f"{day.isoformat()}T{time}:00+08:00"


def all_papers(house: int) -> None:
    """File what the children who are there by now need to come in."""
    with transaction() as session:
        filed = sa.select(ChildPaper.child_id).where(ChildPaper.facility_id == house)
        children = sa.select(Person.id).where(
            Person.kind == PersonKind.CHILD, Person.id.not_in(filed)
        )
        for child_id in session.scalars(children).all():
            makers.papers(session, child_id, house)


def books_today(family: Family, house: int, half: str = "") -> str:
    """Care for today, which only temporary care can be; booked at 07:00, all papers filed."""
    all_papers(house)
    with clock.standing_at(at("06:50")):
        return family.books(house, kind="temporary", half=half, date=MONDAY)

"""A nursery with a younger and an older class, its head, and families who have booked."""

from dataclasses import dataclass

import pytest
from flask import Flask

from tests.client import SiteClient
from tests.integration.childcare.conftest import Family, a_browser, a_family, audit
from tests.integration.staffing import house as staffing
from tests.integration.staffing.house import House
from ylyx_site.shared.db import transaction


@dataclass(frozen=True, slots=True)
class Scene:
    """The house, its head's and its carer's browsers, a head of another house."""

    app: Flask
    house: House
    head: SiteClient
    carer: SiteClient
    other: SiteClient


@pytest.fixture
def scene(app: Flask):  # type: ignore[no-untyped-def]
    """After the test the ledger must add up."""
    with transaction() as session:
        house = staffing.a_house(session)
    yield Scene(
        app, house, a_browser(app, staffing.HEAD), a_browser(app, staffing.LIN),
        a_browser(app, staffing.ZHAO),
    )  # fmt: skip
    assert audit() == []


@pytest.fixture
def wang(app: Flask) -> Family:
    """A family with a child of 20 months."""
    return a_family(app, "13800000001", "王女士")


@pytest.fixture
def li(app: Flask) -> Family:
    """Another one."""
    return a_family(app, "13800000002", "李先生", "亮亮")

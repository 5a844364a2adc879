"""Makers of the races."""

from collections.abc import Callable, Mapping

import pytest
from flask import Flask

from tests.makers import a_class, a_nursery
from ylyx_site.facilities.kinds import ClassKind
from ylyx_site.places.publishing import republish
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction

Nursery = Callable[..., int]


@pytest.fixture
def nursery(app: Flask) -> Nursery:
    """Make a nursery with so many places, committed; returns its number."""

    def make(
        places: int,
        caps: Mapping[ClassKind, int] | None = None,
        twin: int | None = None,
        name: str = "金星托育中心",
    ) -> int:
        """`twin`: a second class of the younger ones with so many places."""
        with app.app_context(), transaction() as session:
            made = a_nursery(session, registered_places=places, caps=caps, name=name)
            if twin is not None:
                a_class(session, made.id, ClassKind.YOUNGER, twin)
                republish(session, made.id, clock.today())
            return made.id

    return make

"""The house of the roster's tests, committed."""

import pytest
from flask import Flask

from tests.integration.staffing.house import House, a_house
from ylyx_site.shared.db import transaction


@pytest.fixture
def house(app: Flask) -> House:
    """A nursery with carers whose roster counts, and another beside it."""
    with transaction() as session:
        return a_house(session)

"""The district of the desk's page tests, committed."""

import pytest
from flask import Flask

from tests.integration.places.desk import District, a_district
from ylyx_site.shared.db import transaction


@pytest.fixture
def desk(app: Flask) -> District:
    """Two nurseries with their people."""
    with transaction() as session:
        return a_district(session)

"""The demo district, filled once for the tests of a module, on both databases."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.conftest import MONDAY, _app_on, _databases, _empty
from ylyx_site.shared import clock
from ylyx_site.shared.db import db


@pytest.fixture(scope="module", params=_databases())
def district(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The site after `flask demo` on the tests' Monday; tests read it and leave it as it is."""
    app = _app_on(request.getfixturevalue(f"{request.param}_url"))
    with clock.standing_at(MONDAY), app.app_context():
        _empty(app)
        filled = app.test_cli_runner().invoke(args=["demo"])
        assert (filled.exit_code, filled.stderr) == (0, "")
        yield app
        db.session.rollback()
        db.session.remove()

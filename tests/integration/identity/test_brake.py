"""The coarse limit per address on sign-in."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.client import SiteClient
from ylyx_site.identity.views.brake import limiter


@pytest.fixture
def braked(sqlite_app: Flask) -> Iterator[SiteClient]:
    """A browser at a site that counts, as it does outside of tests."""
    sqlite_app.testing = False
    limiter.reset()
    client = sqlite_app.test_client()
    assert isinstance(client, SiteClient)
    yield client
    limiter.reset()
    sqlite_app.testing = True


@pytest.mark.slow
def test_three_hundred_and_first_post_in_a_minute_waits(braked: SiteClient) -> None:
    data = {"phone": "1", "csrf_token": braked.token()}
    answers = [braked.post("/sign-in", data=data).status_code for _n in range(301)]
    assert answers == [422] * 300 + [429]
    assert braked.get("/sign-in").status_code == 200

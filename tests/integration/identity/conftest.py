"""The cast of this room's tests: wang and li are families, chen works at two places."""

from dataclasses import dataclass

import pytest
from flask import Flask

from tests.client import SiteClient
from tests.makers import an_account
from ylyx_site.identity.models import Account
from ylyx_site.shared.db import transaction

WANG, LI, CHEN = "13800000001", "13800000002", "13800000011"
STRANGER = "13899990000"


@dataclass(frozen=True, slots=True)
class Cast:
    """Accounts by name."""

    wang: Account
    li: Account
    chen: Account


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Three accounts, without any role."""
    with transaction() as session:
        return Cast(
            an_account(session, WANG, "王小明"),
            an_account(session, LI, "李大山"),
            an_account(session, CHEN, "陈老师"),
        )


@pytest.fixture
def another_client(app: Flask) -> SiteClient:
    """A second browser."""
    client = app.test_client()
    assert isinstance(client, SiteClient)
    return client

"""Wang's child is at the nursery; her husband is a guardian too."""

from typing import NamedTuple

import pytest
from flask import Flask

from tests import makers
from tests.client import SiteClient
from tests.integration.attendance.conftest import (
    books_today,
    chen,
    day_ids,
    house,
    li,
    wang,
    works_at,
    zhao,
)
from tests.integration.attendance.test_board import taps
from tests.integration.childcare.conftest import Family, a_browser
from tests.integration.entry.conftest import head
from ylyx_site.families.kinds import Relation
from ylyx_site.shared.db import transaction

__all__ = ["Father", "chen", "head", "house", "li", "wang", "works_at", "zhao"]


class Father(NamedTuple):
    """The second guardian of wang's child."""

    account_id: int
    browser: SiteClient


@pytest.fixture
def day(wang: Family, house: int, chen: SiteClient) -> int:
    """Today, with the child in the house."""
    books_today(wang, house)
    (day_id,) = day_ids()
    assert taps(chen, day_id, "arrive").status_code == 303
    return day_id


@pytest.fixture
def father(app: Flask, wang: Family) -> Father:
    """A guardian beside the mother."""
    with transaction() as session:
        account = makers.an_account(session, "13800000009", "王先生")
        makers.a_bond(session, wang.child_id, account.id).relation = Relation.FATHER
    return Father(account.id, a_browser(app, "13800000009"))

"""The search page asks the database the same few things, however many nurseries there are."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from tests.client import SiteClient
from tests.makers import a_child, a_nursery, an_account
from ylyx_site.shared.db import transaction

Counting = Callable[[], AbstractContextManager[list[str]]]
MOST = 8


def _queries(client: SiteClient, count_queries: Counting, address: str) -> int:
    client.get(address)
    with count_queries() as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("signed_in", [True, False])
def test_thirty_nurseries_cost_as_many_queries_as_three(
    app: Flask, client: SiteClient, count_queries: Counting, signed_in: bool
) -> None:
    with transaction() as session:
        a_child(session, an_account(session).id)
        for number in range(3):
            a_nursery(session, name=f"第{number}托育园")
    if signed_in:
        client.sign_in_as("13800000001")
    few = _queries(client, count_queries, "/childcare")
    with transaction() as session:
        for number in range(3, 30):
            a_nursery(session, name=f"第{number}托育园")
    many = _queries(client, count_queries, "/childcare")
    assert many == few
    assert many <= MOST

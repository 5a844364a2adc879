"""The first pages answer, in both languages and editions."""

import pytest
from flask import Flask

from tests.client import SiteClient, text_of


@pytest.mark.parametrize("address", ["/", "/help", "/language"])
def test_public_page_answers(sqlite_app: Flask, address: str) -> None:
    client = sqlite_app.test_client()
    assert client.get(address).status_code == 200


def test_unknown_address_is_a_page_with_a_way_back(client: SiteClient) -> None:
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "没有这一页" in text_of(answer)

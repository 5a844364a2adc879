"""What exists in demo mode only."""

import dataclasses
from collections.abc import Iterator

import pytest
from cryptography.fernet import Fernet
from flask import Flask

from tests.client import SiteClient, text_of
from tests.conftest import settings_for
from tests.integration.identity.conftest import STRANGER, WANG, Cast
from ylyx_site.app import create_app
from ylyx_site.shared.db import db


@pytest.fixture
def in_production(app: Flask, cast: Cast) -> Iterator[SiteClient]:
    """A browser at a site that runs for real, on the same database."""
    settings = dataclasses.replace(
        settings_for(app.config["SQLALCHEMY_DATABASE_URI"]),
        mode="production",
        data_keys=(Fernet.generate_key().decode(),),
        trusted_hosts=("localhost",),
    )
    real = create_app(settings)
    real.test_client_class = SiteClient
    client = real.test_client()
    assert isinstance(client, SiteClient)
    real.config["PREFERRED_URL_SCHEME"] = "https"
    client.environ_base["HTTP_REFERER"] = "https://localhost/sign-in"
    yield client
    with real.app_context():
        db.engine.dispose()


def test_demo_people_of_this_database_sign_in_by_a_button(client: SiteClient, cast: Cast) -> None:
    page = client.page("/sign-in")
    offered = page.xpath("//form[@action='/sign-in/demo']/input[@name='phone']/@value")
    assert offered == ["13800000001", "13800000002", "13800000011"]
    data = {"phone": WANG, "csrf_token": client.token()}
    assert client.post("/sign-in/demo", data=data).location == "/"
    assert "王小明" in text_of(client.get("/account"))


def test_password_form_stands_first(client: SiteClient, cast: Cast) -> None:
    page = client.page("/sign-in")
    assert page.xpath("//form[.//input[@name='password']]/@action") == ["/sign-in"]
    assert page.xpath("//main//form/@action")[0] == "/sign-in"


def test_only_listed_numbers_have_a_button(client: SiteClient, cast: Cast) -> None:
    data = {"phone": STRANGER, "csrf_token": client.token()}
    assert client.post("/sign-in/demo", data=data).status_code == 404


def test_production_has_no_demo_people(in_production: SiteClient) -> None:
    page = in_production.page("/sign-in")
    assert page.xpath("//form[@action='/sign-in/demo']") == []
    assert in_production.get("/demo/messages").status_code == 404
    data = {"phone": WANG, "csrf_token": in_production.token()}
    assert in_production.post("/sign-in/demo", data=data).status_code == 404

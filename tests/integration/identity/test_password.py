"""Signing in by password."""

from flask import Flask

from tests.client import SiteClient, text_of
from tests.makers import an_account
from ylyx_site.shared.db import transaction


def _wang(app: Flask) -> None:
    with transaction() as session:
        an_account(session, "13800000001", "王小明")


def test_right_password_signs_in(app: Flask, client: SiteClient) -> None:
    _wang(app)
    answer = client.sign_in_as("13800000001")
    assert answer.location == "/"


def test_wrong_password_and_unknown_number_read_the_same(app: Flask, client: SiteClient) -> None:
    _wang(app)
    wrong = client.submit("/sign-in", "/sign-in", phone="13800000001", password="not-this-one")
    unknown = client.submit("/sign-in", "/sign-in", phone="13899999999", password="not-this-one")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert text_of(wrong).replace("13800000001", "") == text_of(unknown).replace("13899999999", "")

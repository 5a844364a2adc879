"""The database does not answer: pages say so with 503, and nothing that was done is taken back."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError

from tests.client import SiteClient, text_of
from tests.makers import an_account
from ylyx_site.identity.models import Account, SignedInSession
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

AWAY = "系统正忙，您的操作没有提交。请过一会儿再试。"


@pytest.fixture
def wang(app: Flask, client: SiteClient) -> SiteClient:
    """Wang's browser, signed in."""
    with transaction() as session:
        an_account(session, "13800000001", "王芳")
    client.sign_in_as("13800000001")
    app.testing = False
    return client


@pytest.fixture
def away(app: Flask) -> Iterator[None]:
    """No statement is answered any more."""

    def refuse(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        raise OperationalError(statement, {}, Exception("server closed the connection"))

    sa.event.listen(db.engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", refuse)
        app.testing = True


@pytest.mark.parametrize("address", ["/", "/account", "/family", "/sign-in"])
def test_a_page_for_the_signed_in_says_that_it_cannot_serve(
    wang: SiteClient, away: None, address: str
) -> None:
    answer = wang.get(address)
    assert (answer.status_code, AWAY in text_of(answer)) == (503, True)


def test_what_is_not_there_and_what_has_no_token_is_answered_as_ever(
    wang: SiteClient, away: None
) -> None:
    assert wang.get("/no-such-page").status_code == 404
    assert wang.post("/account/name", data={}).status_code == 400


def test_what_was_done_is_not_taken_back_when_last_seen_cannot_be_noted(
    app: Flask, wang: SiteClient
) -> None:
    with transaction() as session:
        session.execute(sa.update(SignedInSession).values(last_seen_at=clock.now().replace(hour=1)))

    def refuse(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("UPDATE session SET last_seen_at"):
            raise OperationalError(statement, {}, Exception("canceling statement: lock timeout"))

    sa.event.listen(db.engine, "before_cursor_execute", refuse)
    try:
        answer = wang.submit("/account/name", "/account/name", name="王小芳")
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", refuse)
        app.testing = True
    assert (answer.status_code, answer.location) == (303, "/account")
    assert db.session.scalar(sa.select(Account.name)) == "王小芳"

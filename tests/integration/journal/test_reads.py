"""Reads of personal data are written with the answer that shows it, a refused form's too."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.makers import an_account
from ylyx_site.journal.models import JournalEntry
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared.db import db, transaction


@pytest.mark.parametrize(("status", "entries"), [(200, 1), (409, 1), (422, 1), (404, 0), (500, 0)])
def test_what_is_shown_is_journaled_and_an_error_page_shows_nothing(
    app: Flask, status: int, entries: int
) -> None:
    with transaction() as session:
        account_id = an_account(session).id
    with app.test_request_context("/"):
        remember_read("families.child_read", "person:1", actor_id=account_id)
        app.process_response(app.make_response(("孩子的资料", status)))
    count = sa.select(sa.func.count()).where(JournalEntry.action == "families.child_read")
    assert db.session().scalar(count) == entries

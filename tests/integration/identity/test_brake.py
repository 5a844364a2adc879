"""The coarse limit needs no Redis to let people in."""

from dataclasses import replace

from tests.client import SiteClient
from tests.conftest import settings_for
from tests.makers import an_account
from ylyx_site.app import create_app
from ylyx_site.shared.db import db, transaction


def test_signing_in_works_while_redis_is_out_of_reach(sqlite_app: object, sqlite_url: str) -> None:
    with transaction() as session:
        an_account(session)
    db.session.remove()
    away = "redis://127.0.0.1:1/0"  # nothing listens there
    app = create_app(replace(settings_for(sqlite_url), redis_url=away))
    app.test_client_class = SiteClient
    client = app.test_client()
    assert isinstance(client, SiteClient)
    assert client.sign_in_as("13800000001").status_code == 303

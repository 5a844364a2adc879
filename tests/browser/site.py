"""The site as families meet it: the real app behind a real server, over a copy of the demo.

It runs in a thread of the test, so that both see the same standing clock.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from waitress import wasyncore
from waitress.server import create_server

from tests.client import SiteClient
from tests.conftest import settings_for
from ylyx_site.app import create_app
from ylyx_site.demo.service import fill
from ylyx_site.identity.demo import PEOPLE
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction

Application = Callable[..., Any]


class Site:
    """A served demo district; `restore` puts it back to how it was filled."""

    def __init__(self, app: Flask, folder: Path, live: Path) -> None:
        self.app = app
        self.address = ""
        self.keys = {phone: _signed_in(app, phone) for phone in PEOPLE}
        self._live = live
        self._filled = folder / "filled.sqlite3"
        self._is_touched = False
        _copy(live, self._filled)

    def __call__(self, environ: dict[str, Any], start: Application) -> Any:
        """Answer a request, and remember whether it may have written."""
        self._is_touched |= environ["REQUEST_METHOD"] == "POST"
        return self.app.wsgi_app(environ, start)

    def restore(self) -> None:
        """Put the database back, where somebody has written."""
        if self._is_touched:
            _copy(self._filled, self._live)
            self._is_touched = False


@contextmanager
def serving(folder: Path) -> Iterator[Site]:
    """Fill a demo district in `folder`, sign everybody in, and serve it on a free port."""
    live = folder / "live.sqlite3"
    app = create_app(settings_for(f"sqlite:///{live}"))
    app.test_client_class = SiteClient
    with app.app_context():
        upgrade()
        with transaction() as session:
            fill(session, now=clock.now())
    site = Site(app, folder, live)
    server = create_server(site, host="127.0.0.1", port=0, threads=8)
    site.address = f"http://127.0.0.1:{server.effective_port}"
    thread = threading.Thread(target=server.run, name="site", daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        thread.join(5)
        server.task_dispatcher.shutdown()


def _signed_in(app: Flask, phone: str) -> str:
    """The cookie of a demo account: once each, since sign-ins are limited."""
    client = app.test_client()
    assert isinstance(client, SiteClient)
    client.sign_in_as(phone)
    cookie = client.get_cookie("ylyx")
    assert cookie is not None
    return cookie.value


def _copy(source: Path, target: Path) -> None:
    """Copy a database as one write, whoever else has it open."""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        there.execute("PRAGMA synchronous = OFF")
        here.backup(there)

"""The pages' side: what a first visit weighs, how long the search takes, what it asks."""

import re
from collections.abc import Callable
from http.client import HTTPConnection
from itertools import cycle

from tests.bench import client
from tests.bench.district import District, settings_for
from tests.bench.figures import percentile, show
from tests.bench.wire import statements
from ylyx_site.app import create_app
from ylyx_site.shared.db import db

SEARCH = "/childcare"
LINK = re.compile(r"""<(?:link|script|img)\b[^>]*?\b(?:href|src)="(/[^"]+)""")
BROWSER = "Accept-Encoding: br, gzip\r\nAccept: */*\r\n"


def page_rate(port: int, requests: list[bytes], seconds: float) -> Callable[[], float]:
    """Pages per second, these requests again and again."""

    def rate() -> float:
        tally = client.run(port, cycle(requests), seconds=seconds)
        assert set(tally.statuses) == {200}, tally.statuses
        return tally.per_second

    return rate


def show_first_visit(port: int) -> None:
    """R5: the home page and all that it links to as a browser without a cache fetches it."""
    weights = {"/": _fetch(port, "/")}
    for address in LINK.findall(_text(port, "/")):
        weights.setdefault(address, _fetch(port, address))
    show(
        "R5",
        "bytes of a first visit to the home page, heads included; what a proxy would compress of "
        "the HTML is not",
        bytes=sum(weights.values()), hold=60_000, aim=40_000, parts=weights,
    )  # fmt: skip


def _fetch(port: int, path: str) -> int:
    answer = client.run(port, [client.get(path, headers=BROWSER)], clients=1)
    assert answer.statuses == {200: 1}, (path, answer.statuses)
    return len(answer.last)


def _text(port: int, path: str) -> str:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    return connection.getresponse().read().decode()


def show_search(port: int, district: District) -> None:
    """Time of the search page, signed in, one browser alone; and what it asks of the database."""
    ticket = district.tickets[0]
    tally = client.run(port, [client.get(SEARCH, ticket.cookie)] * 200, clients=1)
    times = [1000 * one for one in tally.times[20:]]
    show(
        "search",
        "the search page over the 48 nurseries, signed in, one browser: milliseconds on the wire",
        p50_ms=round(percentile(times, 0.5), 1), p95_ms=round(percentile(times, 0.95), 1),
        hold_ms=40, bytes=len(tally.last), queries=_queries(district),
    )  # fmt: skip


def _queries(district: District) -> int:
    """SELECTs of the search page, the session's own included."""
    app = create_app(settings_for(district.url))
    browser = app.test_client()
    browser.set_cookie("ylyx", district.tickets[0].cookie)
    browser.get(SEARCH)
    with app.app_context():
        engine = db.engine
    with statements(engine) as seen:
        assert browser.get(SEARCH).status_code == 200
    engine.dispose()
    return sum(one.lstrip().upper().startswith(("SELECT", "WITH")) for one in seen)

"""The bookings' side: how many a second, how many round trips, and whether it all adds up."""

from collections.abc import Callable, Iterator
from datetime import date

import sqlalchemy as sa

from tests.bench import client, raw
from tests.bench.district import FEW, District, House, settings_for
from tests.bench.figures import interleaved, show, show_ratio
from tests.bench.wire import Wire, statements
from ylyx_site.app import create_app
from ylyx_site.ledger import findings
from ylyx_site.places.models import PlaceSlot
from ylyx_site.shared.db import db

TRIES, CONNECTIONS = 2000, 64


def show_rate(
    figure: str, what: str, port: int, district: District, *, hold: float, aim: float,
    rounds: int, seconds: float,
) -> None:  # fmt: skip
    """R1, R2: bookings of one hot class through everything, over the ledger's bare transaction."""
    book = booking_rate(port, district.bookings(), seconds)
    measured = interleaved(book, lambda: raw.per_second(district, seconds), rounds)
    show_ratio(figure, what, measured, hold=hold, aim=aim)


def booking_rate(port: int, requests: Iterator[bytes], seconds: float) -> Callable[[], float]:
    """Bookings per second over HTTP, each of these requests once."""

    def rate() -> float:
        tally = client.run(port, requests, seconds=seconds)
        assert set(tally.statuses) == {303}, (tally.statuses, tally.last[-2000:].decode())
        return tally.per_second

    return rate


def show_rush(
    port: int, district: District, *, hold: float, aim: float, rounds: int,
) -> None:  # fmt: skip
    """R4: everybody for the last places; exactly as many winners, everybody answered, no 5xx."""
    days = iter(district.rush_days)
    theirs = iter(district.rush_days)
    measured = interleaved(
        lambda: _rush(port, district, next(days)),
        lambda: raw.rush(district, next(theirs), TRIES),
        min(rounds, len(district.rush_days) - 1),
    )
    database = sa.make_url(district.url).get_backend_name()
    show_ratio(
        "R4", f"{TRIES} tries for {FEW} places by {CONNECTIONS} connections, answered a second / "
        f"the ledger's transaction, {database}", measured, hold=hold, aim=aim,
    )  # fmt: skip


def _rush(port: int, district: District, day: date) -> float:
    places = _places_left(district, day)
    tally = client.run(port, district.rush(TRIES, day), clients=CONNECTIONS)
    assert tally.statuses == {303: places, 422: TRIES - places}, tally.statuses
    return tally.per_second


def _places_left(district: District, day: date) -> int:
    """The fewest places left in the morning's half hours, of the class and of the house."""
    app = create_app(settings_for(district.url))
    with app.app_context():
        left = db.session().scalar(
            sa.select(sa.func.min(PlaceSlot.capacity - PlaceSlot.taken)).where(
                PlaceSlot.resource_id.in_(district.hot.resources),
                PlaceSlot.day == day,
                PlaceSlot.slot.in_(raw.MORNING.slots),
            )
        )
        db.session.remove()
        db.engine.dispose()
    assert left is not None
    assert 0 < left <= FEW
    return left


def show_round_trips(district: District) -> None:
    """What one booking asks of the database: statements, and on PostgreSQL trips on the wire."""
    url = sa.make_url(district.url)
    wire = Wire(url) if url.drivername.startswith("postgresql") else None
    measured = wire.url.render_as_string(hide_password=False) if wire else district.url
    app = create_app(settings_for(measured))
    browser = app.test_client()
    with app.app_context():
        engine = db.engine
    requests = [_form(district, n) for n in (-1, -2, -3)]
    for cookie, fields in requests[:2]:  # connections and caches are there, as in a day's work
        _send(browser, district.hot, cookie, fields)
    before = wire.trips if wire else 0
    with statements(engine) as seen:
        _send(browser, district.hot, *requests[2])
    trips = {"round_trips": wire.trips - before} if wire else {}
    engine.dispose()
    show(
        "statements",
        "of one booking, BEGIN, COMMIT, ROLLBACK and the session's look-up included",
        **trips, statements=len(seen), database=url.drivername,
        verbs=[" ".join(one.split()[:2]) for one in seen],
    )  # fmt: skip


def _form(district: District, number: int) -> tuple[str, bytes]:
    ticket = district.tickets[number]
    request = district.booking(ticket, district.days[-1])
    return ticket.cookie, request.partition(client.END_OF_HEAD)[2]


def _send(browser: object, hot: House, cookie: str, body: bytes) -> None:
    browser.set_cookie("ylyx", cookie)  # type: ignore[attr-defined]
    answer = browser.post(  # type: ignore[attr-defined]
        f"/childcare/{hot.facility_id}/bookings", data=body,
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert answer.status_code == 303, answer.get_data(as_text=True)[-2000:]


def show_audit(district: District) -> None:
    """The ledger equals what live bookings and orders of all rooms claim."""
    app = create_app(settings_for(district.url))
    with app.app_context():
        wrong = findings(db.session())
        db.session.remove()
        db.engine.dispose()
    show(
        "audit",
        "half hours, people and counters that are not what live bookings and orders claim",
        differences=wrong[:5],
        right=not wrong,
        database=sa.make_url(district.url).drivername,
    )

"""The ledger alone: the same counters moved by the driver, without a site around them."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date

import psycopg
import sqlalchemy as sa

from tests.bench.district import District, House
from ylyx_site.places.claims import Claim, runs_of
from ylyx_site.places.service.ledger import SQLITE_TAKE
from ylyx_site.shared.spans import TimeSpan

THREADS = 32
MORNING = TimeSpan(480, 720)
POSTGRES_TAKE = (
    "SELECT resource_id, day, slot FROM places_take"
    "(%s::int[], %s::date[], %s::int[], %s::int[], %s::int[])"
)
# Takes so many places, or gives them back when negative; whether there was room.
Transaction = Callable[[int], bool]


@contextmanager
def postgres(url: sa.URL, house: House, day: date) -> Iterator[Transaction]:
    """One connection: BEGIN, one call of the ledger's function for class and house, COMMIT."""
    dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(dsn, prepare_threshold=None) as connection:

        def move(count: int) -> bool:
            lacking = connection.execute(POSTGRES_TAKE, _columns(house, day, count)).fetchall()
            if lacking:
                connection.rollback()
            else:
                connection.commit()
            return not lacking

        yield move


def _columns(house: House, day: date, count: int) -> list[list[object]]:
    runs = runs_of([Claim(one, day, MORNING, count) for one in house.resources])
    return [list(column) for column in zip(*runs, strict=True)]


@contextmanager
def sqlite(url: sa.URL, house: House, day: date) -> Iterator[Transaction]:
    """One connection in WAL with FULL sync: BEGIN IMMEDIATE, both counters, COMMIT."""
    with closing(
        sqlite3.connect(str(url.database), timeout=30, isolation_level=None)
    ) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

        def move(count: int) -> bool:
            connection.execute("BEGIN IMMEDIATE")
            runs = runs_of([Claim(one, day, MORNING, count) for one in house.resources])
            has_room = all(
                connection.execute(
                    SQLITE_TAKE.text, run._asdict() | {"day": day.isoformat()}
                ).fetchall()
                for run in runs
            )
            connection.execute("COMMIT" if has_room else "ROLLBACK")
            return has_room

        yield move


def per_second(district: District, seconds: float) -> float:
    """Transactions per second of 32 threads on the same class; every second one gives back."""
    url = sa.make_url(district.url)
    connect = sqlite if url.drivername.startswith("sqlite") else postgres
    counts = [0] * THREADS
    ready = threading.Barrier(THREADS + 1)
    over = threading.Event()

    def work(number: int) -> None:
        with connect(url, district.other, district.raw_day) as move:
            ready.wait()
            while not over.is_set():
                assert move(-1 if counts[number] % 2 else 1), "the raw house is full"
                counts[number] += 1
            move(-(counts[number] % 2))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    ready.wait()
    begun = time.perf_counter()
    time.sleep(seconds)
    done = sum(counts)
    took = time.perf_counter() - begun
    over.set()
    for thread in threads:
        thread.join()
    return done / took


def rush(district: District, day: date, tries: int) -> float:
    """Tries answered per second when as many threads take what few places there are that day."""
    url = sa.make_url(district.url)
    connect = sqlite if url.drivername.startswith("sqlite") else postgres
    ready, left, won = threading.Barrier(THREADS + 1), iter(range(tries)), list[int]()

    def work() -> None:
        with connect(url, district.other, day) as move:
            ready.wait()
            won.append(sum(move(1) for _try in left))

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    ready.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    with connect(url, district.other, day) as move:
        move(-sum(won))  # the ledger is as it was
    return tries / took

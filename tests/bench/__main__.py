"""`make bench`: prints the figures of the page on performance, one JSON line each.

Needs PostgreSQL at YLYX_TEST_POSTGRES_URL, where it makes a database of its own; without it only
what SQLite can tell is printed. Everything listens on 127.0.0.1 and is gone afterwards.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from tests.bench import bookings, client, growth, pages
from tests.bench.district import NOW, District, prepare
from tests.bench.figures import interleaved, show_ratio
from tests.bench.server import serving

SITE, BARE = "wsgi:app", "tests.bench.bare:app"
TIMES = 10  # as large as the larger district is


def main() -> None:
    """Measure on SQLite, then on PostgreSQL."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sqlite3"
        _on_sqlite(prepare(f"sqlite:///{path}"), path, asked)
    if url := os.environ.get("YLYX_TEST_POSTGRES_URL"):
        with _database(sa.make_url(url), "bench") as own:
            _on_postgres(sa.make_url(url), prepare(own), asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5, help="of each side of a round")
    parser.add_argument("--port", type=int, default=8170, help="the first of two")
    parser.add_argument("--only", default="R1 R2 R3 R4 R5 R6 R7", help="figures, in quotes")
    return parser.parse_args()


def _on_sqlite(district: District, path: Path, asked: argparse.Namespace) -> None:
    with (
        serving(SITE, asked.port, _environment(district)),
        serving(BARE, asked.port + 1, {"BARE_DATABASE_URL": f"sqlite:///{path}"}),
    ):
        if "R5" in asked.only:
            pages.show_first_visit(asked.port)
        if "R3" in asked.only:
            pages.show_search(asked.port, district)
            _show_pages(district, asked)
        if "R2" in asked.only:
            bookings.show_rate(
                "R2", "bookings of a hot class over HTTP / the ledger's transaction, SQLite FULL",
                asked.port, district, hold=0.3, aim=0.5,
                rounds=asked.rounds, seconds=asked.seconds,
            )  # fmt: skip
        if "R4" in asked.only:
            bookings.show_rush(asked.port, district, hold=0.5, aim=1, rounds=1)
    if "R2" in asked.only:
        bookings.show_round_trips(district)
        bookings.show_audit(district)


def _on_postgres(url: sa.URL, district: District, asked: argparse.Namespace) -> None:
    with serving(SITE, asked.port, _environment(district)):
        if "R1" in asked.only:
            bookings.show_rate(
                "R1", "bookings of a hot class over HTTP / the ledger's transaction, PostgreSQL",
                asked.port, district, hold=0.4, aim=0.75,
                rounds=asked.rounds, seconds=asked.seconds,
            )  # fmt: skip
        if "R4" in asked.only:
            bookings.show_rush(asked.port, district, hold=0.5, aim=1, rounds=asked.rounds)
    if "R1" in asked.only:
        bookings.show_round_trips(district)
        bookings.show_audit(district)
    if "R7" in asked.only:
        with serving(SITE, asked.port, _environment(district), workers=4) as master:
            growth.show_memory(asked.port, master, district)
    if "R6" in asked.only:
        with _database(url, "bench_larger") as own:
            _show_growth(district, prepare(own, TIMES), asked)


def _show_growth(today: District, larger: District, asked: argparse.Namespace) -> None:
    """R6: both districts served at once, asked in turn."""
    with (
        serving(SITE, asked.port, _environment(today)),
        serving(SITE, asked.port + 1, _environment(larger)),
    ):
        growth.show_district(
            (asked.port, today), (asked.port + 1, larger),
            rounds=asked.rounds, seconds=asked.seconds,
        )  # fmt: skip


def _show_pages(district: District, asked: argparse.Namespace) -> None:
    """R3: the search page, signed in, against a page without a site around it."""
    cookies = [ticket.cookie for ticket in district.tickets[: client.CLIENTS]]
    ours = [client.get(pages.SEARCH, cookie) for cookie in cookies]

    search = pages.page_rate(asked.port, ours, asked.seconds)
    bare = pages.page_rate(asked.port + 1, [client.get("/")], asked.seconds)
    measured = interleaved(search, bare, asked.rounds)
    show_ratio(
        "R3", "search pages, signed in / bare Flask + ORM pages of 50 rows and 18 KB", measured,
        hold=0.6, aim=0.85,
    )  # fmt: skip


def _environment(district: District) -> dict[str, str]:
    return {
        "YLYX_DATABASE_URL": district.url,
        "YLYX_NOW": NOW,
        "YLYX_MODE": "demo",
        "YLYX_DATABASE_PREPARES": "1",
    }


@contextmanager
def _database(url: sa.URL, ending: str) -> Iterator[str]:
    """A database of our own beside the one that is named, dropped at the end."""
    name = f"{url.database}_{ending}"
    engine = sa.create_engine(
        url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
        try:
            own = url.set(drivername="postgresql", database=name)
            yield own.render_as_string(hide_password=False)
        finally:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    engine.dispose()


if __name__ == "__main__":
    main()

"""What grows: the cost of a page with the district (R6), a worker's memory with its work (R7)."""

from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from tests.bench import client
from tests.bench.bookings import booking_rate
from tests.bench.district import District
from tests.bench.figures import interleaved, show, show_ratio
from tests.bench.pages import SEARCH, page_rate

SOME, MANY = 100, 10_000
ADDRESSES = ("/", SEARCH, "/meals", "/family", "/help", "/account")
HOUSES, DAYS = range(1, 49), range(24, 28)


def show_district(
    today: tuple[int, District], larger: tuple[int, District], *, rounds: int, seconds: float,
) -> None:  # fmt: skip
    """R6: what the search and a booking cost in the larger district, over what they cost today.

    Each is a port, and the district that is served there.
    """
    kinds: dict[str, Callable[[int, District, float], Callable[[], float]]] = {
        "search page": _searches, "booking": _bookings,
    }  # fmt: skip
    for name, rate in kinds.items():
        measured = interleaved(rate(*today, seconds), rate(*larger, seconds), rounds)
        show_ratio(
            "R6", f"what a {name} costs in a district ten times as large / today's", measured,
            hold=1.5, aim=1.1, raw="larger",
        )  # fmt: skip


def _searches(port: int, district: District, seconds: float) -> Callable[[], float]:
    cookies = [ticket.cookie for ticket in district.tickets[: client.CLIENTS]]
    return page_rate(port, [client.get(SEARCH, cookie) for cookie in cookies], seconds)


def _bookings(port: int, district: District, seconds: float) -> Callable[[], float]:
    return booking_rate(port, district.bookings(), seconds)


def show_memory(port: int, master: int, district: District) -> None:
    """R7: what a worker holds after many requests, over what it holds after some."""
    requests = cycle(_all_sorts(district))
    client.run(port, islice(requests, SOME))
    before = _megabytes(master, "Rss")
    tally = client.run(port, islice(requests, MANY - SOME))
    assert set(tally.statuses) <= {200, 422}, tally.statuses  # some houses take no such child
    after = _megabytes(master, "Rss")
    show(
        "R7", f"memory of a worker after {MANY} requests / after {SOME}",
        ratio=round(after / before, 3), hold=1.2, aim=1.1,
        megabytes=round(_megabytes(master, "Pss")), hold_mb=120,
    )  # fmt: skip


def _all_sorts(district: District) -> list[bytes]:
    """Pages of everything for everybody: searches of many days, all nurseries, all families."""
    pages = list(ADDRESSES)
    pages += [f"{SEARCH}?date=2026-11-{day}&age_months={age}" for day in DAYS for age in range(36)]
    pages += [f"/facilities/{house}" for house in HOUSES]
    pages += [f"{SEARCH}/{house}/bookings/new" for house in HOUSES]
    tickets = cycle(district.tickets)
    return [client.get(page, next(tickets).cookie) for _time in range(40) for page in pages]


def _megabytes(master: int, kind: str) -> float:
    """Memory per worker, the master's included.

    `Rss` counts what processes share for each of them, `Pss` once.
    """
    children = Path(f"/proc/{master}/task/{master}/children").read_text("ascii").split()
    parts = [_part_of(int(process), kind) for process in (master, *children)]
    return sum(parts) / len(children)


def _part_of(process: int, kind: str) -> float:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    [line] = [one for one in lines if one.startswith(f"{kind}:")]
    return int(line.split()[1]) / 1024

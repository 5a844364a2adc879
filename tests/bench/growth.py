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
    """R7: what the one worker holds after many requests, over what it holds after some."""
    requests = cycle(_all_sorts(district))
    client.run(port, islice(requests, SOME))
    before = _megabytes(master)
    tally = client.run(port, islice(requests, MANY - SOME))
    assert set(tally.statuses) == {200}, tally.statuses
    after = _megabytes(master)
    show(
        "R7", f"memory of a worker after {MANY} requests / after {SOME}",
        ratio=round(after / before, 3), hold=1.2, aim=1.1, megabytes=round(after), hold_mb=120,
    )  # fmt: skip


def _all_sorts(district: District) -> list[bytes]:
    """Pages of everything for everybody: searches of many days, all nurseries, all families."""
    pages = list(ADDRESSES)
    pages += [f"{SEARCH}?date=2026-11-{day}&age_months={age}" for day in DAYS for age in range(36)]
    pages += [f"/facilities/{house}" for house in HOUSES]
    pages += [f"{SEARCH}/{house}/bookings/new" for house in HOUSES]
    tickets = cycle(district.tickets)
    return [client.get(page, next(tickets).cookie) for _time in range(40) for page in pages]


def _megabytes(master: int) -> float:
    """Resident memory of the only worker."""
    [worker] = Path(f"/proc/{master}/task/{master}/children").read_text("ascii").split()
    status = Path(f"/proc/{worker}/status").read_text("ascii")
    [line] = [one for one in status.splitlines() if one.startswith("VmRSS")]
    return int(line.split()[1]) / 1024

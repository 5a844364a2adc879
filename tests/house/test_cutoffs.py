"""A limit is decided once, to the microsecond, on Shanghai's clock, wherever the server stands.

The checker runs the same table over the site as it is and over one that asks the server's own
zone: the second must be told.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import MONDAY
from tests.makers import a_child, a_nursery, an_account
from ylyx_site.childcare import policy
from ylyx_site.childcare.errors import PastDay, TooLateToAdd, TooLateToCancel
from ylyx_site.childcare.rules.planning import Moment
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service import bookings, endings
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction

TUESDAY, NEXT_MONDAY = date(2026, 11, 24), date(2026, 11, 30)
BOOKED = datetime.fromisoformat(MONDAY)
MICROSECOND = timedelta(microseconds=1)

WHOLE = {"kind": CareKind.FULL_DAY}
MORNING = {"kind": CareKind.HALF_DAY, "half": "am"}
AFTERNOON = {"kind": CareKind.HALF_DAY, "half": "pm"}
NINE = {"kind": CareKind.HOURLY, "start": 540, "end": 660}
TEMPORARY = {"kind": CareKind.TEMPORARY}

# Care, its day, and the moment in Shanghai from which on it is too late.
TO_CANCEL = [
    ("whole day", WHOLE, TUESDAY, "2026-11-24T08:30"),
    ("morning", MORNING, TUESDAY, "2026-11-24T08:30"),
    ("afternoon", AFTERNOON, TUESDAY, "2026-11-24T11:00"),
    ("hours", NINE, TUESDAY, "2026-11-24T07:00"),
    ("temporary", TEMPORARY, TUESDAY, "2026-11-23T20:00"),
]
# "One working day before" lasts to its end: 24:00 in Shanghai is 16:00 UTC.
TO_ADD = [
    ("whole day", WHOLE, TUESDAY, "2026-11-24T00:00"),
    ("whole day after a weekend", WHOLE, NEXT_MONDAY, "2026-11-28T00:00"),
    ("afternoon", AFTERNOON, TUESDAY, "2026-11-24T00:00"),
    ("hours", NINE, TUESDAY, "2026-11-24T08:00"),
    ("temporary, the last hour", TEMPORARY, TUESDAY, "2026-11-24T16:30"),
]

KNOW_THE_TIME = (
    "tests/unit/calendar", "tests/unit/childcare", "tests/unit/shared", "tests/unit/places",
    "tests/unit/facilities/test_limits.py", "tests/integration/calendar",
    "tests/integration/childcare/test_journey.py",
    "tests/integration/childcare/test_cancelling.py", "tests/integration/places/test_ledger.py",
)  # fmt: skip


def moments(shanghai: str) -> tuple[datetime, datetime]:
    """The last microsecond in time, and the first that is too late."""
    late = datetime.fromisoformat(f"{shanghai}+08:00")
    return late - MICROSECOND, late


def may_add(care: dict[str, object], day: date, now: datetime) -> bool:
    """Whether a booking goes through at this moment."""
    return tried(care, day, asked=now, ended=None)


def may_cancel(care: dict[str, object], day: date, now: datetime) -> bool:
    """Whether a booking of Monday morning can be cancelled at this moment."""
    return tried(care, day, asked=BOOKED, ended=now)


def tried(care: dict[str, object], day: date, *, asked: datetime, ended: datetime | None) -> bool:
    """Book at a moment and cancel at another, in a transaction that is rolled back."""
    with transaction() as session:
        house, wang = a_nursery(session), an_account(session, password=None)
        child = a_child(session, wang.id)
        wish = CareWish(house.id, (child.id,), (day,), **care)  # type: ignore[arg-type]
        try:
            bookings.book(session, wish, actor_id=wang.id, code="7K392F", now=asked)
            if ended is not None:
                wanted = endings.CancelWish("7K392F", (day,))
                endings.cancel(session, wanted, actor_id=wang.id, now=ended)
        except (TooLateToAdd, PastDay, TooLateToCancel):
            return False
        finally:
            session.rollback()
    return True


def wrong_limits() -> list[str]:
    """Every line of the tables that does not hold to the microsecond (P10, P11)."""
    return [
        f"{deed} {name}: {told}"
        for deed, table, may in (("add", TO_ADD, may_add), ("cancel", TO_CANCEL, may_cancel))
        for name, care, day, shanghai in table
        if (told := tuple(may(care, day, now) for now in moments(shanghai))) != (True, False)
    ]


@contextmanager
def server_in(zone: str) -> Iterator[None]:
    """The process in another zone, as if the machine stood there."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC", "America/New_York"])
def test_limits_hold_to_the_microsecond_in_any_zone(app: Flask, zone: str) -> None:
    with server_in(zone):
        assert wrong_limits() == []


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_p10_limits_on_the_servers_own_clock_are_caught(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    def by_server(now: datetime) -> Moment:
        wall = now.astimezone()
        return Moment(wall.date(), wall.hour * 60 + wall.minute)

    monkeypatch.setattr(policy, "moment", by_server)
    monkeypatch.setattr(endings, "moment", by_server)
    with server_in(zone):
        assert len(wrong_limits()) >= len(TO_CANCEL)
    with server_in("Asia/Shanghai"):
        assert wrong_limits() == []


def test_the_day_changes_at_sixteen_hours_utc() -> None:
    midnight = datetime.fromisoformat("2026-11-23T16:00:00+00:00")
    assert [clock.day_of(midnight + step) for step in (-MICROSECOND, 0 * MICROSECOND)] == [
        date(2026, 11, 23), TUESDAY,
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_the_tests_of_booking_pass_in_another_zone(root: Path, zone: str) -> None:
    """P11: the rooms that know days and hours, in a process of their own, on SQLite."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("YLYX_TEST_POSTGRES", "PYTEST_", "COV_"))
    }
    run = subprocess.run(  # noqa: S603 our own tests
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly",
         "-m", "not slow and not race", *KNOW_THE_TIME],
        cwd=root, env=environment | {"TZ": zone}, capture_output=True, text=True, timeout=240,
        check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-3000:]

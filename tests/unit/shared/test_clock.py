"""The clock: Shanghai's days whatever the server's zone, and a clock that tests can set."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ylyx_site.shared import clock

MONDAY = "2026-11-23T08:00:00+08:00"
INSTANTS = st.integers(0, 10**9).map(
    lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds, microseconds=7)
)


@pytest.fixture(autouse=True)
def _real_clock() -> Iterator[None]:
    """Each test begins with the real clock, and leaves the clock as it found it."""
    with clock.standing_at(MONDAY):
        clock.set_clock(None)
        yield


def test_the_real_clock_is_aware_and_in_utc() -> None:
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)
    assert clock.now().tzinfo is UTC


def test_a_fixed_clock_stands_still() -> None:
    clock.set_clock(MONDAY)
    assert clock.now() == datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    assert clock.now() == clock.now()
    assert clock.now().tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("+5h", timedelta(hours=5)),
        ("-90m", timedelta(minutes=-90)),
        ("+3d2h", timedelta(days=3, hours=2)),
        ("-1d2h3m", -timedelta(days=1, hours=2, minutes=3)),
        (" +0m ", timedelta(0)),
    ],
)
def test_a_shifted_clock_runs_on_beside_the_real_one(text: str, shift: timedelta) -> None:
    clock.set_clock(text)
    before = datetime.now(UTC)
    assert before + shift <= clock.now() <= datetime.now(UTC) + shift


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "5h",
        "+",
        "+5",
        "+h",
        "+5s",
        "+2h3d",
        "+５h",
        "+1.5h",
        "+5h\n+1h",
        "+999999d",
        "2026-11-23",
        "2026-11-23T08:00:00",
        "2026-13-01T08:00:00+08:00",
        "0001-01-01T00:00:00+08:00",
    ],
)
def test_what_is_neither_an_instant_nor_a_shift_is_refused_by_naming_both(text: str) -> None:
    with pytest.raises(ValueError, match=r"2026-11-23T08:00:00\+08:00.*\+3d2h"):
        clock.set_clock(text)


def test_a_refused_value_leaves_the_clock_as_it_was() -> None:
    clock.set_clock(MONDAY)
    with pytest.raises(ValueError, match="YLYX_NOW"):
        clock.set_clock("tomorrow")
    assert clock.now() == datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-11-23T15:59:59.999999+00:00", date(2026, 11, 23)),
        ("2026-11-23T16:00:00+00:00", date(2026, 11, 24)),
        ("2026-12-31T16:00:00+00:00", date(2027, 1, 1)),
        ("2028-02-28T16:00:00+00:00", date(2028, 2, 29)),
    ],
)
def test_the_day_changes_at_midnight_in_shanghai_to_the_microsecond(
    instant: str, day: date
) -> None:
    with clock.standing_at(instant):
        assert clock.today() == day


@pytest.mark.parametrize(
    ("minute", "instant"),
    [
        (0, datetime(2026, 11, 22, 16, 0, tzinfo=UTC)),
        (450, datetime(2026, 11, 22, 23, 30, tzinfo=UTC)),
        (1439, datetime(2026, 11, 23, 15, 59, tzinfo=UTC)),
        (1440, datetime(2026, 11, 23, 16, 0, tzinfo=UTC)),
    ],
)
def test_a_minute_of_a_day_is_an_instant(minute: int, instant: datetime) -> None:
    at = clock.instant_at(date(2026, 11, 23), minute)
    assert at == instant
    assert at.tzinfo is UTC


@pytest.mark.parametrize("minute", [-1, 1441])
def test_a_minute_outside_the_day_is_refused(minute: int) -> None:
    with pytest.raises(ValueError, match=r"0\.\.1440"):
        clock.instant_at(date(2026, 11, 23), minute)


@given(INSTANTS)
def test_day_and_minute_lead_back_to_the_instant(instant: datetime) -> None:
    whole = instant.replace(second=0, microsecond=0)
    assert clock.instant_at(clock.day_of(instant), clock.minute_of(instant)) == whole


def test_an_instant_of_any_zone_is_the_same_instant() -> None:
    in_new_york = datetime(2026, 11, 23, 3, 0, tzinfo=timezone(timedelta(hours=-5)))
    assert clock.local(in_new_york) == in_new_york
    assert clock.local(in_new_york).hour == 16
    assert clock.minute_of(in_new_york) == 16 * 60


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 11, 23, 8, 0)  # noqa: DTZ001 the point of this test
    with pytest.raises(ValueError, match="zone"):
        clock.local(naive)
    with pytest.raises(ValueError, match="zone"), clock.standing_at(naive):
        pass


def test_standing_at_gives_the_clock_back_even_after_an_error() -> None:
    clock.set_clock(MONDAY)
    with pytest.raises(ZeroDivisionError), clock.standing_at("2030-01-01T00:00:00+08:00"):
        _ = 1 / (clock.today() - date(2030, 1, 1)).days
    assert clock.today() == date(2026, 11, 23)


def test_a_standing_clock_is_moved_and_moved_back() -> None:
    with clock.standing_at(datetime.fromisoformat(MONDAY)):
        with clock.moved(timedelta(hours=16)):
            assert clock.today() == date(2026, 11, 24)
        assert clock.today() == date(2026, 11, 23)


def test_a_running_clock_moved_twice_keeps_both_moves() -> None:
    with clock.moved(timedelta(hours=3)), clock.moved(timedelta(hours=-5)):
        ahead = clock.now() - datetime.now(UTC)
    assert abs(ahead + timedelta(hours=2)) < timedelta(seconds=5)


def test_other_threads_see_the_standing_clock() -> None:
    seen: list[date] = []
    with clock.standing_at("2030-01-01T00:00:00+08:00"):
        thread = threading.Thread(target=lambda: seen.append(clock.today()))
        thread.start()
        thread.join()
    assert seen == [date(2030, 1, 1)]


@pytest.mark.skipif("YLYX_CLOCK_TESTS_INSIDE" in os.environ, reason="this is the inner run")
@pytest.mark.slow
def test_all_of_this_holds_on_a_server_in_new_york() -> None:
    inside = {**os.environ, "TZ": "America/New_York", "YLYX_CLOCK_TESTS_INSIDE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-o", "addopts=", "-p", "no:cacheprovider"]
    run = subprocess.run(  # noqa: S603 our own interpreter and our own file
        [*command, __file__], env=inside, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr

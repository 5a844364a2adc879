"""Limits, lifetimes, scopes and devices."""

from datetime import UTC, datetime, timedelta

import pytest

from ylyx_site.identity import rules
from ylyx_site.identity.roles import NAMES, STAFF, SUPERVISORS, Role
from ylyx_site.identity.rules import Limit

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
LIMIT = Limit(2, timedelta(minutes=10))


def _at(*minutes: float) -> list[datetime]:
    return [NOON + timedelta(minutes=minute) for minute in minutes]


@pytest.mark.parametrize(
    ("moments", "minutes"),
    [
        (_at(), None),
        (_at(-1), None),
        (_at(-1, -9), 1),
        (_at(-3, -4), 6),
        (_at(-1, -2, -3), 8),  # the third must leave too: only the second newest counts
        (_at(-1, -10), None),
        (_at(5, 9), 10),  # from a clock since put back: never longer than the window
        (_at(300, 301), None),
    ],
)
def test_wait_is_until_the_limit_has_room_again(
    moments: list[datetime], minutes: int | None
) -> None:
    wait = rules.to_wait(LIMIT, moments, NOON)
    assert wait == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(("seconds", "minutes"), [(1, 1), (60, 1), (61, 2), (900, 15)])
def test_minutes_are_rounded_up(seconds: int, minutes: int) -> None:
    assert rules.minutes_up(timedelta(seconds=seconds)) == minutes


@pytest.mark.parametrize(
    ("minutes", "fresh"), [(0, True), (4.99, True), (5, False), (-4, True), (-300, False)]
)
def test_code_is_fresh_for_five_minutes(minutes: float, fresh: bool) -> None:
    assert rules.is_code_fresh(NOON, NOON + timedelta(minutes=minutes)) is fresh


@pytest.mark.parametrize("role", Role)
def test_each_role_has_a_name_and_one_kind_of_scope(role: Role) -> None:
    scopes = [(1, None), (None, "500111"), (None, None), (1, "500111")]
    fitting = [scope for scope in scopes if rules.fits_scope(role, *scope)]
    wanted = (1, None) if role in STAFF else (None, "500111" if role in SUPERVISORS else None)
    assert fitting == [wanted]
    assert NAMES[role]


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) MicroMessenger/8.0", "iPhone · 微信"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/140 Mobile Safari/537.36", "Android · Chrome"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140", "Windows · Edge"),
        ("curl/8.0", ""),
    ],
)  # fmt: skip
def test_device_has_a_short_name(agent: str, name: str) -> None:
    assert rules.device_of(agent) == name

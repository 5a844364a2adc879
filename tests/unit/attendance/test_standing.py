"""Where a child of the list is, and the figures above it."""

import pytest

from ylyx_site.attendance.kinds import CheckKind, Result, Standing
from ylyx_site.attendance.rules.standing import (
    Counts,
    count,
    due_check,
    overdue_minutes,
    standing_of,
)

WELL = {CheckKind.MORNING: Result.OK}


@pytest.mark.parametrize(
    ("is_absent", "has_arrived", "has_left", "check", "standing"),
    [
        (False, False, False, None, Standing.EXPECTED),
        (False, False, False, Result.OK, Standing.EXPECTED),
        (False, False, False, Result.RECHECK, Standing.REFUSED),
        (False, False, False, Result.ISOLATED, Standing.REFUSED),
        (False, True, False, Result.OK, Standing.HERE),
        (False, True, True, None, Standing.GONE),
        (True, False, False, Result.RECHECK, Standing.ABSENT),
    ],
)
def test_standing(
    *, is_absent: bool, has_arrived: bool, has_left: bool, check: Result | None, standing: Standing
) -> None:
    assert standing is standing_of(
        is_absent=is_absent, has_arrived=has_arrived, has_left=has_left, check=check
    )


def test_the_figures_add_up() -> None:
    assert count([*Standing, Standing.HERE]) == Counts(
        expected=5, here=2, gone=1, absent=1, missing=2
    )
    assert count([]) == Counts(0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("standing", "checks", "arrived", "minute", "due"),
    [
        (Standing.EXPECTED, {}, None, 480, CheckKind.MORNING),
        (Standing.HERE, {}, 480, 490, CheckKind.MORNING),
        (Standing.HERE, WELL, 480, 719, None),
        (Standing.HERE, WELL, 480, 720, CheckKind.MIDDAY),
        (Standing.HERE, WELL, 480, 959, CheckKind.MIDDAY),
        (Standing.HERE, WELL, 480, 960, None),
        (Standing.HERE, WELL, 720, 800, None),  # came for the afternoon
        (Standing.HERE, WELL | {CheckKind.MIDDAY: Result.OK}, 480, 800, None),
        (Standing.HERE, WELL | {CheckKind.MIDDAY: Result.RECHECK}, 480, 800, None),
        (Standing.REFUSED, {CheckKind.MORNING: Result.RECHECK}, None, 800, None),
        (Standing.GONE, {}, 480, 800, None),
        (Standing.ABSENT, {}, None, 800, None),
    ],
)
def test_the_check_that_one_tap_writes_down(
    standing: Standing,
    checks: dict[CheckKind, Result],
    arrived: int | None,
    minute: int,
    due: CheckKind | None,
) -> None:
    assert due_check(standing, checks, arrived, minute) is due


def test_whoever_is_still_here_ten_minutes_after_the_end_is_overdue() -> None:
    found = [overdue_minutes(Standing.HERE, 1050, minute) for minute in (1050, 1059, 1060, 1090)]
    assert found == [0, 0, 10, 40]
    assert overdue_minutes(Standing.GONE, 1050, 1090) == 0

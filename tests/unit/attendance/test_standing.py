"""Where a child of the list is, and the figures above it."""

import pytest

from ylyx_site.attendance.kinds import Result, Standing
from ylyx_site.attendance.rules.standing import Counts, count, standing_of


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

"""Where a child of the day's list is, and how many are where."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ylyx_site.attendance.kinds import Result, Standing


@dataclass(frozen=True, slots=True)
class Counts:
    """How many children of the list are where; `expected` is all who did not stay away."""

    expected: int
    here: int
    gone: int
    absent: int
    missing: int


def standing_of(
    *, is_absent: bool, has_arrived: bool, has_left: bool, check: Result | None
) -> Standing:
    """Where a child is; `check` is the latest check at the door."""
    if is_absent:
        return Standing.ABSENT
    if has_arrived:
        return Standing.GONE if has_left else Standing.HERE
    return Standing.EXPECTED if check in (None, Result.OK) else Standing.REFUSED


def late_minutes(ends: int, left: int | None, *, is_forgotten: bool | None = False) -> int:
    """Minutes from the booked end to the leaving; none when nobody knows when the child left."""
    return 0 if left is None or is_forgotten else max(0, left - ends)


def count(standings: Iterable[Standing]) -> Counts:
    """Count them; whoever was not let in has not come."""
    by = Counter(standings)
    absent = by[Standing.ABSENT]
    return Counts(
        expected=by.total() - absent,
        here=by[Standing.HERE],
        gone=by[Standing.GONE],
        absent=absent,
        missing=by[Standing.EXPECTED] + by[Standing.REFUSED],
    )

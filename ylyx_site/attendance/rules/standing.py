"""Where a child of the day's list is, and how many are where."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ylyx_site.attendance.kinds import CheckKind, Result, Standing

NOON, AFTERNOON = 12 * 60, 16 * 60  # between them is the midday check
LATE = 10


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


def due_check(
    standing: Standing, checks: Mapping[CheckKind, Result], arrived: int | None, minute: int
) -> CheckKind | None:
    """The check that one tap writes down at this minute, or None.

    At the door, or soon after it; at midday for who `arrived` before noon. After something was
    wrong one tap is not enough.
    """
    if standing not in (Standing.EXPECTED, Standing.HERE) or set(checks.values()) - {Result.OK}:
        return None
    if CheckKind.MORNING not in checks:
        return CheckKind.MORNING
    is_due = arrived is not None and arrived < NOON <= minute < AFTERNOON
    return CheckKind.MIDDAY if is_due and CheckKind.MIDDAY not in checks else None


def overdue_minutes(standing: Standing, ends: int, minute: int) -> int:
    """Minutes since the booked end of a child who is still here; none within ten."""
    late = minute - ends if standing is Standing.HERE else 0
    return late if late >= LATE else 0


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

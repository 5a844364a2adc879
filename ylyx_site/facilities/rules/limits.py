"""Until when one may add, change or cancel: three limits, the district's defaults as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from ylyx_site.facilities.kinds import Basis, CareKind, Deed

HALVES = ("", "am", "pm")
END_OF_DAY = 1440


@dataclass(frozen=True, slots=True)
class Limit:
    """`count` working days, days or minutes before; `minute` of that day where it is days."""

    basis: Basis
    count: int
    minute: int = 0


Key = tuple[CareKind, str, Deed]
Limits = Mapping[Key, Limit]

_WORKING_DAY_BEFORE = Limit(Basis.WORKING_DAYS_BEFORE, 1, END_OF_DAY)
_SAME_DAY_0830 = Limit(Basis.DAYS_BEFORE, 0, 510)

# A half of "" holds for both halves. Changing is as cancelling where no line says otherwise.
_DISTRICT: Limits = {
    (CareKind.FULL_DAY, "", Deed.ADD): _WORKING_DAY_BEFORE,
    (CareKind.FULL_DAY, "", Deed.CANCEL): _SAME_DAY_0830,
    (CareKind.HALF_DAY, "", Deed.ADD): _WORKING_DAY_BEFORE,
    (CareKind.HALF_DAY, "", Deed.CANCEL): _SAME_DAY_0830,
    (CareKind.HALF_DAY, "pm", Deed.CANCEL): Limit(Basis.DAYS_BEFORE, 0, 660),
    (CareKind.HOURLY, "", Deed.ADD): Limit(Basis.MINUTES_BEFORE, 60),
    (CareKind.HOURLY, "", Deed.CANCEL): Limit(Basis.MINUTES_BEFORE, 120),
    # 18:00 the day before is when a place is sure; the same day is allowed while one is free.
    (CareKind.TEMPORARY, "", Deed.ADD): Limit(Basis.MINUTES_BEFORE, 0),
    (CareKind.TEMPORARY, "", Deed.CANCEL): Limit(Basis.DAYS_BEFORE, 1, 1200),
}


def limits_with(own: Limits) -> dict[Key, Limit]:
    """Return a limit for each kind, half (`""`, `am`, `pm`) and deed: a facility's own, else ours.

    An own line for both halves goes before a district's line for one half.
    """
    keys = [(kind, half, deed) for kind in CareKind for half in HALVES for deed in Deed]
    return {key: _limit(own, key) for key in keys}


@lru_cache(maxsize=1)
def district_limits() -> Limits:
    """Return the defaults of the district, complete; made once, as most facilities have no own."""
    return MappingProxyType(limits_with({}))


def limit_moment(
    limit: Limit, day: date, start_minute: int, working_days_before: Callable[[date, int], date]
) -> tuple[date, int]:
    """Return the day and minute (0..1440) before which the deed must be done.

    At that very minute it is too late. `start_minute` is when care starts on `day`;
    `working_days_before` is the calendar's.
    """
    if limit.basis is Basis.MINUTES_BEFORE:
        days, minute = divmod(start_minute - limit.count, END_OF_DAY)
        return day + timedelta(days=days), minute
    if limit.basis is Basis.DAYS_BEFORE:
        return day - timedelta(days=limit.count), limit.minute
    return working_days_before(day, limit.count), limit.minute


def _limit(own: Limits, key: Key) -> Limit:
    kind, half, deed = key
    deeds = (deed, Deed.CANCEL) if deed is Deed.CHANGE else (deed,)
    wanted = [(source, one) for one in deeds for source in (own, _DISTRICT)]
    for source, one in wanted:
        found = source.get((kind, half, one)) or source.get((kind, "", one))
        if found is not None:
            return found
    raise LookupError(f"The district has no limit for {key}.")

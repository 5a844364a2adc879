"""The hours that are sold as a day, a morning, an afternoon: the district's defaults."""

from collections.abc import Mapping

from ylyx_site.facilities.kinds import CareKind
from ylyx_site.shared.spans import TimeSpan

FULL_DAY, AM, PM = "full_day", "am", "pm"
CareHoursOf = Mapping[str, TimeSpan]

# No national text sets hours; a facility may sell others.
CARE_HOURS: CareHoursOf = {
    FULL_DAY: TimeSpan(450, 1050),
    AM: TimeSpan(450, 720),
    PM: TimeSpan(720, 1050),
}


def care_span(hours: CareHoursOf, kind: CareKind, half: str) -> TimeSpan | None:
    """Return the span of a day or half day of care; None for hourly care, which has its own.

    `half` is `am`, `pm` or empty; temporary care without a half is a whole day. Raises
    `ValueError` for half-day care without a half.
    """
    if kind is CareKind.HOURLY:
        return None
    if kind is CareKind.FULL_DAY:
        return hours[FULL_DAY]
    if half in (AM, PM):
        return hours[half]
    if kind is CareKind.HALF_DAY:
        raise ValueError("Half-day care is am or pm.")
    return hours[FULL_DAY]

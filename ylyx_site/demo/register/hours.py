"""From when the register holds, and its hours."""

from datetime import date, datetime
from typing import Any

from ylyx_site.shared import clock

WORKDAYS, SATURDAY = (1, 2, 3, 4, 5), 6


def since(now: datetime) -> date:
    """From when everything holds: the first of January of the year before."""
    return date(clock.day_of(now).year - 1, 1, 1)


def opening_row(
    facility_id: int, weekday: int, since: date, opens: int, closes: int
) -> dict[str, Any]:
    """Hours of one weekday, in minutes."""
    return {
        "facility_id": facility_id,
        "weekday": weekday,
        "from_day": since,
        "opens": opens,
        "closes": closes,
    }

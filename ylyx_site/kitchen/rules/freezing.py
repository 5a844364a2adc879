"""What was ordered when the cut-off came, and what changed after it. Pure.

Nothing is copied at the cut-off: when an order came and when it ended is on record for good, so
the frozen figures come out the same whenever they are asked for.
"""

import enum
from datetime import datetime


class Stand(enum.StrEnum):
    """How a meal counts: cooked as planned, added late, gone late, or not at all."""

    PLANNED = "planned"
    ADDED = "added"
    GONE = "gone"  # was planned, and ended after the cut-off
    NEVER = "never"


def stand_of(
    ordered_at: datetime, ended_at: datetime | None, cutoff: datetime, *, is_late: bool
) -> Stand:
    """How a meal stands; `is_late`: a clerk let it in after the cut-off."""
    came_late = is_late or ordered_at >= cutoff
    if ended_at is None:
        return Stand.ADDED if came_late else Stand.PLANNED
    if came_late or ended_at < cutoff:
        return Stand.NEVER
    return Stand.GONE

"""A tap that a device without network kept until a later day."""

from datetime import date, datetime, timedelta

from ylyx_site.shared import clock

KEPT_FOR = timedelta(days=3)


def minute_tapped(tapped_at: str, day: date, today: date) -> str | None:
    """When a tap for a meal of `day` was made, by the device's clock: `11:42`.

    None where the device says another day, nothing that can be read, or it is too long ago.
    """
    if not today - KEPT_FOR <= day < today:
        return None
    try:
        at = datetime.fromisoformat(tapped_at)
    except ValueError:
        return None
    if at.tzinfo is None or clock.day_of(at) != day:
        return None
    return f"{clock.local(at):%H:%M}"

"""A tap that a device kept while there was no network, perhaps until a later day."""

from datetime import datetime, timedelta

from ylyx_site.rounds.rules.wishes import Author, TapWish
from ylyx_site.shared import clock

KEPT_FOR = timedelta(days=3)


def when_tapped(wish: TapWish, author: Author) -> datetime | None:
    """When a kept tap was made; None where it says another day than its meal's, or too long ago."""
    today = clock.day_of(author.now)
    made = author.tapped
    if made is None and wish.day != today:
        made = _on_the_device(wish.tapped_at)
    is_kept = today - KEPT_FOR <= wish.day
    return made if made and is_kept and clock.day_of(made) == wish.day else None


def _on_the_device(text: str) -> datetime | None:
    """The device's own clock, for the pages that do not count."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None

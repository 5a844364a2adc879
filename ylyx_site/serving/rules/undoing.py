"""How long a tap can be taken back. Pure."""

from datetime import datetime

from ylyx_site.serving.rules.wishes import UNDO


def may_undo(at: datetime, now: datetime, *, is_manager: bool) -> bool:
    """Everybody for ten minutes, the manager always."""
    return is_manager or now < at + UNDO

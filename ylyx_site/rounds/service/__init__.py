"""Commands of rounds: they flush and never commit."""

from ylyx_site.rounds.service.closing import close
from ylyx_site.rounds.service.planning import (
    add_round,
    change_round,
    end_round,
    place_stop,
    remove_stop,
)
from ylyx_site.rounds.service.taps import tap

__all__ = [
    "add_round",
    "change_round",
    "close",
    "end_round",
    "place_stop",
    "remove_stop",
    "tap",
]

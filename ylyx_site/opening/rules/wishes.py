"""What somebody wants of this room. Pure."""

from dataclasses import dataclass

from ylyx_site.shared.spans import DaySpan

LONGEST_CLOSING = 14  # days
SHORTEST_WORDS, LONGEST_WORDS = 2, 200


@dataclass(frozen=True, slots=True)
class OpenWish:
    """Open today; `reason` why in spite of a red point."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class HazardWish:
    """What was found."""

    words: str


@dataclass(frozen=True, slots=True)
class MendWish:
    """What was done about a hazard."""

    hazard_id: int
    how: str


@dataclass(frozen=True, slots=True)
class ClosingWish:
    """Shut the house, or one class. `shown`: the days of care that whoever confirms has seen."""

    class_id: int | None
    days: DaySpan
    reason: str
    shown: frozenset[int] = frozenset()

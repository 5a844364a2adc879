"""What staff want to tell families, as a value that the form hands over."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TextWish:
    """What staff write, and to whom.

    A class (None: all) from–to, or a meal (empty: all) of a day, all of it or what a round brings.
    """

    text: str
    class_id: int | None
    first: date
    last: date
    meal: str
    round_id: int | None = None

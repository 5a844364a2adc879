"""What staff want to tell families, as a value that the form hands over."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TextWish:
    """What staff write, to whom: a class (None: all) from–to, or a meal (empty: all) of a day."""

    text: str
    class_id: int | None
    first: date
    last: date
    meal: str

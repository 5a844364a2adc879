"""Whose kitchen cooks for a nursery, as a wish. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SupplyWish:
    """Which kitchen cooks from a day on; None: no canteen does."""

    kitchen_id: int | None
    from_day: date

"""What is asked for at the counter, as values."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.serving.kinds import HandedHow, Means

UNDO = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes at a canteen, when, and under which one-time key; a manager may undo later."""

    facility_id: int
    actor_id: int
    now: datetime
    key: str | None = None
    is_manager: bool = False


@dataclass(frozen=True, slots=True)
class HandWish:
    """A meal is handed over; `takes_money`: what is due is paid with the same tap.

    `late_reason`: why a meal of an earlier day is entered only now.
    """

    meal_id: int
    how: HandedHow
    means: Means = Means.NAME
    takes_money: bool = False
    late_reason: str = ""


@dataclass(frozen=True, slots=True)
class GuestWish:
    """So many of each dish or set of a meal of today, by the field names of `MenuLine`."""

    meal: Meal
    serving: Serving
    numbers: tuple[tuple[str, int], ...]

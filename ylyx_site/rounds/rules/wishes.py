"""What is asked for, as values."""

from dataclasses import dataclass
from datetime import date, datetime

from ylyx_site.facilities.kinds import Meal
from ylyx_site.rounds.kinds import Tap


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes at a canteen, and when. A courier reaches the own rounds only.

    `tapped`: when the deed was done, if a device has kept it since, by the device's own count.
    """

    facility_id: int
    actor_id: int
    now: datetime
    is_courier: bool = False
    is_manager: bool = False
    tapped: datetime | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A round gone once: with one meal of one day."""

    round_id: int
    facility_id: int
    day: date
    meal: Meal


@dataclass(frozen=True, slots=True)
class TapWish:
    """What came of a stop: all that the person has for this meal. `tapped_at` is the device's word.

    The day is that of the page, because a tap may be sent long after it.
    """

    round_id: int
    person_id: int
    day: date
    meal: Meal
    tap: Tap
    tapped_at: str = ""


@dataclass(frozen=True, slots=True)
class RoundWish:
    """A round's name, and the accounts of those who go it."""

    name: str
    couriers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StopWish:
    """A person's place in a round, counted from 1; beyond the last one it is the last."""

    person_id: int
    round_id: int
    position: int

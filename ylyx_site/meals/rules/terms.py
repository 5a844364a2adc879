"""On what terms a canteen serves, as values."""

from dataclasses import dataclass

from ylyx_site.facilities.kinds import Meal
from ylyx_site.meals.errors.canteens import BadHours

MOST_DAYS_BEFORE = 7


@dataclass(frozen=True, slots=True)
class MealTermsWish:
    """A meal that is served: hours and cut-off in minutes of a day, places by way of serving."""

    meal: Meal
    serves_from: int
    serves_to: int
    cutoff_days_before: int
    cutoff_minute: int
    seats: int
    pick_ups: int
    deliveries: int


@dataclass(frozen=True, slots=True)
class DeliveryWish:
    """Whether meals are brought, for how much, and into which divisions with all below them."""

    delivers: bool
    fee_fen: int
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KitchenWish:
    """Whose kitchen cooks; None: the own."""

    supplied_by: int | None


def refuse_bad_hours(wish: MealTermsWish) -> None:
    """Raise `BadHours` for hours the wrong way round, or a cut-off after serving has begun."""
    if not 0 <= wish.serves_from < wish.serves_to <= 1440:
        raise BadHours
    if not 0 <= wish.cutoff_days_before <= MOST_DAYS_BEFORE:
        raise BadHours
    if wish.cutoff_days_before == 0 and wish.cutoff_minute > wish.serves_from:
        raise BadHours

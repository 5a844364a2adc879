"""What a family asks for, as values."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.meals.kinds import ItemKind, PaymentKind, Wish
from ylyx_site.shared.spans import DaySpan

MOST_PORTIONS = 9  # of all dishes together, for one person's meal
MOST_PEOPLE = 10
LONGEST_REST = 92
PLAN_DAYS = 31  # a month, whichever; what the canteen has not published yet is left out
NOT_SHOWN = -1  # of a price: the page had none to show

Item = tuple[ItemKind, int]  # which dish or which set


@dataclass(frozen=True, slots=True)
class MealWish:
    """One meal of one day: so many of each dish or set, for each person."""

    day: date
    meal: Meal
    numbers: tuple[tuple[Item, int], ...]


@dataclass(frozen=True, slots=True)
class OrderWish:
    """One form: these people eat these meals of this canteen, served this way.

    `quoted`: what each person's meals cost together as the form showed it, if it did. `again`: the
    family knows that somebody has ordered the meal already and wants a second one, unsubsidised.
    `late_reason`: why a clerk lets it in after the cut-off; only the desk's own command heeds it.
    """

    canteen_id: int
    person_ids: tuple[int, ...]
    meals: tuple[MealWish, ...]
    serving: Serving | None
    note: str = ""
    quoted: tuple[tuple[int, int], ...] = ()
    again: bool = False
    late_reason: str = ""


class Named(Protocol):
    """A meal by its day and by who eats it."""

    @property
    def day(self) -> date: ...
    @property
    def person_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class CancelWish:
    """Which days of an order to cancel, for whom; none named: all that is still to come.

    `late_reason`: why a clerk cancels after the cut-off; only the desk's own command heeds it.
    """

    code: str
    days: tuple[date, ...] = ()
    late_reason: str = ""
    person_ids: tuple[int, ...] = ()

    def names(self, meal: Named) -> bool:
        """Whether the meal is one of those to be cancelled."""
        is_day = not self.days or meal.day in self.days
        return is_day and (not self.person_ids or meal.person_id in self.person_ids)


@dataclass(frozen=True, slots=True)
class PlanWish:
    """A weekly pattern: on these weekdays (ISO, 1 = Monday) this meal, whatever `wish` finds."""

    person_id: int
    canteen_id: int
    meal: Meal
    weekdays: frozenset[int]
    wish: Wish
    set_id: int | None
    serving: Serving


@dataclass(frozen=True, slots=True)
class PlanOrderWish:
    """Order what the plan finds on these days; `quoted` is what each of them costs as shown."""

    code: str
    days: tuple[date, ...]
    quoted: tuple[tuple[date, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RestWish:
    """No meals of the plan on these days."""

    code: str
    days: DaySpan


@dataclass(frozen=True, slots=True)
class ItemLimit:
    """A dish or set on a new menu: its price on that day, and how many portions there are."""

    item: Item
    price_fen: int
    portions: int


@dataclass(frozen=True, slots=True)
class MenuWish:
    """The menu of a meal of a kitchen."""

    kitchen_id: int
    day: date
    meal: Meal
    items: tuple[ItemLimit, ...]


@dataclass(frozen=True, slots=True)
class PaymentWish:
    """Money of a meal (`meal_id`), or paid ahead for a person's month; `fen` is above 0."""

    kind: PaymentKind
    fen: int
    meal_id: int | None = None
    person_id: int | None = None
    month: str = ""
    note: str = ""
    is_downward: bool = False

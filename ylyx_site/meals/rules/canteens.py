"""What a canteen offers, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.meals.rules.wishes import Item
from ylyx_site.shared.spans import TimeSpan


@dataclass(frozen=True, slots=True)
class MealFacts:
    """A meal that a canteen serves; the cut-off is a minute of a day so many days before it."""

    meal: Meal
    span: TimeSpan
    cutoff_days_before: int
    cutoff_minute: int

    def cutoff_on(self, day: date) -> tuple[date, int]:
        """Day and minute at which it is too late."""
        return day - timedelta(days=self.cutoff_days_before), self.cutoff_minute


@dataclass(frozen=True, slots=True)
class CanteenFacts:
    """A canteen or a meal point; `kitchen_id` is whose menu it serves. Fee in fen."""

    id: int
    name: str
    town: str
    division_code: str
    address: str
    telephone: str
    latitude: float | None
    longitude: float | None
    kitchen_id: int
    delivers: bool
    fee_fen: int
    areas: tuple[str, ...]
    meals: Mapping[Meal, MealFacts]

    def delivers_to(self, division_code: str) -> bool:
        """Whether a home in that division is in the delivery area."""
        return self.delivers and division_code.startswith(self.areas)

    def meal_at(self, minute: int) -> Meal:
        """The meal that is served at a minute of the day or next; after the last one, the last."""
        meals = sorted(self.meals.values(), key=lambda one: one.span.start)
        if not meals:
            return Meal.LUNCH
        return next((one.meal for one in meals if minute < one.span.end), meals[-1].meal)

    def nearness(self, division_code: str) -> int:
        """How near it is to a home, by division: 3 the same community, 2 town, 1 district."""
        ends = (6, 9, 12)
        return sum(
            len(division_code) >= end and self.division_code[:end] == division_code[:end]
            for end in ends
        )


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph: the digests of its card and its full size, and the card's pixels."""

    card: str
    full: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class MenuLine:
    """A dish or set on a menu. `left` portions; a set's `dishes`, `allergens` … are all of it."""

    item: Item
    name: str
    price_fen: int
    portions: int
    left: int
    picture: str
    allergens: tuple[str, ...]
    diets: tuple[str, ...]
    ingredients: str
    dishes: tuple[str, ...] = ()
    photo: Photo | None = None

    @property
    def field(self) -> str:
        """Its name in forms and addresses: `dish-12`, `set-3`."""
        return f"{self.item[0].value}-{self.item[1]}"


@dataclass(frozen=True, slots=True)
class Menu:
    """What a kitchen cooks for a meal of a day, in its own order."""

    day: date
    meal: Meal
    lines: tuple[MenuLine, ...]

    def line(self, item: Item) -> MenuLine | None:
        """The dish or set, if it is on the menu."""
        return next((one for one in self.lines if one.item == item), None)


ServingsLeft = Mapping[tuple[Serving, date, Meal], int]


def is_past(cutoff: datetime, now: datetime) -> bool:
    """Whether it is too late: at the very microsecond of the cut-off it is."""
    return now >= cutoff

"""From a wish to a plan: what each person would eat when, from what is left, and why not.

Pure: the same plan is shown before ordering and checked again while ordering.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.facilities.rules import DayOpening, Shut
from ylyx_site.meals.errors import orders as errors
from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.rules.canteens import (
    CanteenFacts,
    Menu,
    MenuLine,
    ServingsLeft,
    is_past,
)
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.meals.rules.wishes import MOST_PORTIONS, Item, MealWish
from ylyx_site.shared.spans import text_from_minute

MealKey = tuple[date, Meal]


@dataclass(frozen=True, slots=True)
class Already:
    """Who has ordered this meal for this person before, and what. `code` only if it is theirs."""

    who: str
    what: str
    is_own: bool
    code: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What a plan rests on. `cutoffs`: the instant from which on it is too late.

    `late_until`: until when a clerk may let a meal in all the same; empty for families.
    """

    canteen: CanteenFacts
    menus: Mapping[MealKey, Menu]
    openings: Mapping[date, DayOpening]
    servings: ServingsLeft
    cutoffs: Mapping[MealKey, datetime]
    already: Mapping[tuple[int, date, Meal], Already]
    today: date
    now: datetime
    late_until: Mapping[MealKey, datetime] = field(default_factory=dict)

    def is_late(self, key: MealKey) -> bool:
        """Whether the cut-off has come."""
        return is_past(self.cutoffs[key], self.now)

    def is_too_late(self, key: MealKey) -> bool:
        """Whether nobody can let it in any more, a clerk neither."""
        return self.is_late(key) and is_past(self.late_until.get(key, self.cutoffs[key]), self.now)


@dataclass(frozen=True, slots=True)
class PlannedPortion:
    """So many of a dish or set."""

    line: MenuLine
    number: int

    @property
    def fen(self) -> int:
        """What they cost together."""
        return self.line.price_fen * self.number


@dataclass(frozen=True, slots=True)
class PlannedMeal:
    """One person's meal on a day. `already`: somebody has ordered it, so that it is a second.

    `is_late`: the cut-off has come, and a clerk lets it in.
    """

    eater: Eater
    day: date
    meal: Meal
    serving: Serving
    portions: tuple[PlannedPortion, ...]
    fee_fen: int
    already: Already | None
    is_late: bool = False

    @property
    def goods_fen(self) -> int:
        """What the dishes cost, before benefits and without the fee."""
        return sum(one.fen for one in self.portions)

    @property
    def own_fen(self) -> int:
        """What of it one person eats (decision 9): the dearest set, and one of each dish."""
        prices = [(one.line.item[0], one.line.price_fen) for one in self.portions]
        sets = [fen for kind, fen in prices if kind is ItemKind.SET]
        return max(sets, default=0) + sum(fen for kind, fen in prices if kind is ItemKind.DISH)


class Left:
    """What is left while several people and days are planned one after the other."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.items: dict[tuple[MealKey, Item], int] = defaultdict(int)
        self.servings: dict[tuple[Serving, date, Meal], int] = defaultdict(int)

    def take(self, meal: PlannedMeal) -> None:
        """Take a meal's portions and its place, or say what lacks."""
        key = (meal.day, meal.meal)
        for one in meal.portions:
            left = one.line.left - self.items[key, one.line.item]
            if one.number > left:
                raise errors.SoldOut(
                    one.line.field, name=one.line.name, left=max(0, left)
                )  # fmt: skip
        place = (meal.serving, meal.day, meal.meal)
        if self.scene.servings.get(place, 0) - self.servings[place] < 1:
            raise errors.ServingFull
        self.servings[place] += 1
        for one in meal.portions:
            self.items[key, one.line.item] += one.number


def plan_meal(
    wish: MealWish, serving: Serving | None, eater: Eater, scene: Scene, left: Left
) -> PlannedMeal:
    """Plan one person's meal; raises the `MealRefusal` that says why it cannot be."""
    refuse_meal(wish.day, wish.meal, scene)
    portions = _portions(wish, scene.menus[wish.day, wish.meal])
    if serving is None:
        raise errors.ServingMissing
    fee_fen = _fee(serving, eater, scene.canteen)
    already = scene.already.get((eater.id, wish.day, wish.meal))
    made = PlannedMeal(
        eater, wish.day, wish.meal, serving, portions, fee_fen, already,
        is_late=scene.is_late((wish.day, wish.meal)),
    )  # fmt: skip
    left.take(made)
    return made


def refuse_meal(day: date, meal: Meal, scene: Scene) -> None:
    """Raise why nobody can order this meal of this day."""
    facts = scene.canteen.meals.get(meal)
    if facts is None:
        raise errors.NotServed("meal")
    if day < scene.today:
        raise errors.PastMeal("date")
    _refuse_shut(scene.openings[day])
    if (day, meal) not in scene.menus:
        raise errors.NoMenuYet("date")
    if scene.is_too_late((day, meal)):
        until, minute = facts.cutoff_on(day)
        raise errors.PastCutoff(
            "date", month=until.month, day=until.day, time=text_from_minute(minute)
        )


def _refuse_shut(opening: DayOpening) -> None:
    if opening.span is not None:
        return
    if opening.why is Shut.HOLIDAY:
        raise errors.HolidayShut("date")
    if opening.why in (Shut.OWN, Shut.EMERGENCY):
        raise errors.ClosureShut("date", reason=opening.words)
    raise errors.CanteenShut("date")


def _portions(wish: MealWish, menu: Menu) -> tuple[PlannedPortion, ...]:
    portions = []
    for item, number in wish.numbers:
        line = menu.line(item)
        if line is None:
            raise errors.NotOnMenu
        portions.append(PlannedPortion(line, number))
    if not portions:
        raise errors.NothingChosen
    if sum(one.number for one in portions) > MOST_PORTIONS:
        raise errors.TooManyPortions(most=MOST_PORTIONS)
    return tuple(portions)


def _fee(serving: Serving, eater: Eater, canteen: CanteenFacts) -> int:
    """The delivery fee; refuses a delivery that cannot be."""
    if serving is not Serving.DELIVERY:
        return 0
    if not canteen.delivers:
        raise errors.NoDelivery
    if eater.division_code is None:
        raise errors.NoAddress(name=eater.name)
    if not canteen.delivers_to(eater.division_code):
        raise errors.OutsideArea(name=eater.name)
    return canteen.fee_fen

"""The choices of a menu for one person, each as if it were the only one. Pure."""

from collections.abc import Iterable

from ylyx_site.facilities.kinds import Serving
from ylyx_site.meals.rules.canteens import Menu
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.meals.rules.planning import Already, PlannedMeal, PlannedPortion


def each_alone(
    menu: Menu, eater: Eater, serving: Serving, already: Already | None
) -> Iterable[PlannedMeal]:
    """A meal of one portion of each line, without a fee; a second one if one is ordered already."""
    for line in menu.lines:
        yield PlannedMeal(
            eater, menu.day, menu.meal, serving, (PlannedPortion(line, 1),), 0, already
        )  # fmt: skip

"""The lines of a menu to choose from, with what each costs the people who eat."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Serving
from ylyx_site.meals import words
from ylyx_site.meals.forms.orders import MealForm
from ylyx_site.meals.policy.pricing import priced_alone
from ylyx_site.meals.queries.orders import already_ordered
from ylyx_site.meals.rules.canteens import Menu, MenuLine
from ylyx_site.meals.rules.choices import each_alone
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.meals.rules.planning import PlannedMeal
from ylyx_site.shared.spans import DaySpan


class Choice(NamedTuple):
    """A line of the menu. `pays`: what one portion costs each person, as if it were the only one.

    Without a name where it is the same for all.
    """

    line: MenuLine
    typed: str
    pays: tuple[tuple[str, int], ...]
    diets: list[str]
    allergens: str
    warnings: list[str]
    missing: list[str]


def choices_of(
    session: Session, canteen_id: int, menu: Menu, form: MealForm, eating: tuple[Eater, ...]
) -> tuple[Choice, ...]:
    """The lines of a menu for those who are going to eat; five queries, without people none."""
    serving = Serving(form.serving.data) if form.serving.data in tuple(Serving) else None
    pays = [tuple[tuple[str, int], ...]()] * len(menu.lines)
    if eating:
        alone = _alone(session, menu, eating, serving or Serving.PICK_UP)
        pays = _pays(session, canteen_id, alone, eating)
    return tuple(
        Choice(
            line, form.portions.typed.get(line.field, ""), pay, words.diet_names(line.diets),
            words.allergen_names(line.allergens), words.warnings(eating, line),
            words.missing_diets(eating, line),
        )
        for line, pay in zip(menu.lines, pays, strict=True)
    )  # fmt: skip


def _alone(
    session: Session, menu: Menu, eating: tuple[Eater, ...], serving: Serving
) -> list[PlannedMeal]:
    """One portion of each line for each person, line by line; a second meal is said to be one."""
    days = DaySpan(menu.day, menu.day)
    ordered = already_ordered(session, [one.id for one in eating], days, 0)
    by_person = [
        each_alone(menu, eater, serving, ordered.get((eater.id, menu.day, menu.meal)))
        for eater in eating
    ]
    return [meal for of_line in zip(*by_person, strict=True) for meal in of_line]


def _pays(
    session: Session, canteen_id: int, alone: list[PlannedMeal], eating: tuple[Eater, ...]
) -> list[tuple[tuple[str, int], ...]]:
    """What each line costs each person after benefits; one sum without a name if all pay it."""
    found = [one.pay_fen for one in priced_alone(session, canteen_id, alone)]
    people = len(eating)
    return [
        (("", fens[0]),)
        if len(set(fens)) == 1
        else tuple((eater.name, fen) for eater, fen in zip(eating, fens, strict=True))
        for fens in (found[at : at + people] for at in range(0, len(found), people))
    ]

"""One canteen's menu of today and the coming days, for the page and for paper."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import request
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.identity.visitor import visitor
from ylyx_site.meals import words
from ylyx_site.meals.kinds import MEAL_SLOTS
from ylyx_site.meals.policy.eaters import eaters_of
from ylyx_site.meals.policy.planning import cutoffs_of
from ylyx_site.meals.queries.canteens import canteen_of, closures, servings_left
from ylyx_site.meals.queries.menus import menus_of
from ylyx_site.meals.rules.canteens import CanteenFacts, Menu, MenuLine, is_past
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.meals.views.asking import Chip, When, asked_when, meal_chips, next_open
from ylyx_site.shared import clock
from ylyx_site.shared.addresses import address
from ylyx_site.shared.identifiers import row_number

DAYS = 8


@dataclass(frozen=True, slots=True)
class Dish:
    """A line of the menu with what the family should know; `order` is where it is ordered."""

    line: MenuLine
    diets: list[str]
    allergens: str
    warnings: list[str]
    missing: list[str]
    order: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows."""

    canteen: CanteenFacts
    when: When
    chips: tuple[Chip, ...]
    dishes: tuple[Dish, ...]
    hours: str
    cutoff: str
    is_open: bool
    closure: str
    places: tuple[tuple[str, int], ...]
    coming: tuple[tuple[date, tuple[Menu, ...]], ...]
    eaters: tuple[Eater, ...]
    order: str
    errors: tuple[str, ...]


def read(session: Session, canteen_id: int) -> Shown:
    """Read it in six queries; signed in seven, and the session's own. Raises `NotFound`."""
    canteen, now, today = canteen_of(session, canteen_id), clock.now(), clock.today()
    until = today + timedelta(days=DAYS - 1)
    who = visitor()
    eaters = tuple(eaters_of(session, who.account_id)) if who.account_id else ()
    errors: list[str] = []
    wanted = asked_when(errors)
    menus = _menus(session, canteen, today, max(until, wanted.day))
    keys = sorted(menus, key=lambda key: (key[0], MEAL_SLOTS[key[1]]))
    when = asked_when([], next_open(canteen, keys, now) or wanted)
    shut = closures(session, [canteen.id], today, max(until, when.day)).get(canteen.id, [])
    closure = next((one.reason for one in shut if one.shuts(when.day)), "")
    cutoff = cutoffs_of(canteen, [(when.day, when.meal)]).get((when.day, when.meal))
    menu = menus.get((when.day, when.meal))
    is_open = bool(menu and cutoff and not is_past(cutoff, now) and not closure)
    person = request.args.get("person_id", type=row_number)
    order = address(
        f"/meals/{canteen.id}/orders/new", person_id=person, date=when.day, meal=when.meal.value
    )
    return Shown(
        canteen=canteen, when=when,
        chips=meal_chips(f"/meals/{canteen.id}", keys, when, {"person_id": person}),
        dishes=tuple(_dish(one, eaters, order) for one in menu.lines) if menu else (),
        hours=str(canteen.meals[when.meal].span) if when.meal in canteen.meals else "",
        cutoff=words.cutoff_words(cutoff, now) if cutoff else "",
        is_open=is_open, closure=closure, places=_places(session, canteen, when),
        coming=_coming(menus), eaters=eaters,
        order=order, errors=tuple(errors),
    )  # fmt: skip


def _menus(
    session: Session, canteen: CanteenFacts, first: date, last: date
) -> dict[tuple[date, Meal], Menu]:
    found = menus_of(session, [canteen.kitchen_id], first, last)
    return {
        (day, meal): menu for (_kitchen, day, meal), menu in found.items() if meal in canteen.meals
    }


def _dish(line: MenuLine, eaters: tuple[Eater, ...], order: str) -> Dish:
    return Dish(
        line, words.diet_names(line.diets), words.allergen_names(line.allergens),
        words.warnings(eaters, line), words.missing_diets(eaters, line), f"{order}&{line.field}=1",
    )  # fmt: skip


def _places(session: Session, canteen: CanteenFacts, when: When) -> tuple[tuple[str, int], ...]:
    left = servings_left(session, [canteen.id], when.day, when.day)
    return tuple(
        (words.serving_name(serving), left[canteen.id, serving, when.day, when.meal])
        for serving in Serving
        if left.get((canteen.id, serving, when.day, when.meal), 0) > 0
        and (serving is not Serving.DELIVERY or canteen.delivers)
    )


def _coming(menus: dict[tuple[date, Meal], Menu]) -> tuple[tuple[date, tuple[Menu, ...]], ...]:
    days = sorted({day for day, _meal in menus})
    return tuple(
        (day, tuple(menus[day, meal] for meal in Meal if (day, meal) in menus)) for day in days
    )

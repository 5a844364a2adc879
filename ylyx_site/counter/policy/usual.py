"""「跟上次一样」 at the desk: what is asked for when nobody says anything else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.facilities.queries.opening import opening_on
from ylyx_site.meals.kinds import MEAL_SLOTS, ItemKind
from ylyx_site.meals.policy.planning import cutoffs_of, ends_of
from ylyx_site.meals.queries.menus import menus_of
from ylyx_site.meals.queries.orders import MealRow
from ylyx_site.meals.rules.canteens import CanteenFacts, Menu, is_past
from ylyx_site.meals.rules.wishes import Item
from ylyx_site.shared import clock

AHEAD = timedelta(days=8)
MealKey = tuple[date, Meal]


@dataclass(frozen=True, slots=True)
class Slot:
    """A meal to be asked for: `is_late` only with a reason, `is_ordered` would be a second."""

    day: date
    meal: Meal
    menu: Menu
    is_late: bool
    is_ordered: bool


def slots_of(
    session: Session, canteen: CanteenFacts, ordered: set[MealKey],
    now: datetime,
) -> list[Slot]:  # fmt: skip
    """The meals of the coming days that have a menu and are not over, in their order."""
    today = clock.day_of(now)
    until = today + AHEAD
    menus = menus_of(session, [canteen.kitchen_id], today, until)
    calendar = working_calendar(session, today, until)
    opening = opening_on(session, [canteen.id], today, until, calendar)
    keys = sorted(
        (
            (day, meal)
            for _kitchen, day, meal in menus
            if meal in canteen.meals and opening[canteen.id, day].span is not None
        ),
        key=lambda key: (key[0], MEAL_SLOTS[key[1]]),
    )
    cutoffs, ends = cutoffs_of(canteen, keys), ends_of(canteen, keys)
    return [
        Slot(
            *key, menus[canteen.kitchen_id, *key], is_past(cutoffs[key], now), key in ordered
        )
        for key in keys
        if not is_past(ends[key], now)
    ]  # fmt: skip


def next_slot(slots: list[Slot], last: MealRow | None) -> Slot | None:
    """The next meal of the kind that was ordered last (else lunch) in time and not ordered yet."""
    usual = last.meal if last else Meal.LUNCH
    free = [one for one in slots if not one.is_late and not one.is_ordered]
    return next((one for one in free if one.meal is usual), next(iter(free), None))


def usual_numbers(menu: Menu, last: MealRow | None) -> dict[Item, int]:
    """What was ordered last, as far as it is on this menu; else one of the cheapest set."""
    if last is not None:
        same = {(one.kind, one.item_id): one.number for one in last.portions}
        kept = {item: number for item, number in same.items() if menu.line(item) is not None}
        if kept == same:
            return kept
    sets = [line for line in menu.lines if line.item[0] is ItemKind.SET and line.left > 0]
    cheapest = min(sets, key=lambda line: line.price_fen, default=None)
    return {cheapest.item: 1} if cheapest else {}


def is_usual(numbers: Mapping[Item, int], last: MealRow | None) -> bool:
    """Whether it is what was ordered last."""
    return last is not None and dict(numbers) == {
        (one.kind, one.item_id): one.number for one in last.portions
    }


def usual_serving(last: MealRow | None) -> Serving:
    """As last time; whoever is new collects."""
    return last.serving if last else Serving.PICK_UP

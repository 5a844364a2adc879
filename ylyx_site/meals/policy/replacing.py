"""What a meal that its canteen took back could become, planned and priced."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.families.queries.eaters import eaters
from ylyx_site.meals.errors.orders import MealRefusal
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.meals.policy.eaters import as_eater
from ylyx_site.meals.policy.planning import Planned, cutoffs_of, scene_of
from ylyx_site.meals.policy.pricing import priced
from ylyx_site.meals.queries.canteens import canteen_of
from ylyx_site.meals.queries.orders import PortionRow
from ylyx_site.meals.rules.canteens import CanteenFacts
from ylyx_site.meals.rules.menus import put_in_place
from ylyx_site.meals.rules.planning import Already, Left, PlannedMeal, plan_meal
from ylyx_site.meals.rules.wishes import Item, MealWish
from ylyx_site.shared import clock

SECOND = Already("", "", is_own=False, code="")


def open_until(canteen: CanteenFacts, day: date, meal: Meal) -> datetime | None:
    """Until when another meal may be chosen: the canteen took back, so until serving begins."""
    facts = canteen.meals.get(meal)
    if facts is None:
        return None
    cutoff = cutoffs_of(canteen, [(day, meal)])[day, meal]
    return max(cutoff, clock.instant_at(day, facts.span.start))


def plan_instead(
    session: Session,
    meals: Sequence[OrderedMeal],
    had: Mapping[int, Sequence[PortionRow]],
    gone: Item | None,
    choice: Item,
    *,
    now: datetime,
) -> tuple[Planned, list[OrderedMeal]]:
    """Plan `choice` in the place of what is gone, for meals of one canteen, day and time.

    Returns the plan and, in its order, the meals that it stands for: those that cannot be are
    left out. Who orders does not matter; a second meal stays one at the full price.
    """
    first = meals[0]
    canteen = canteen_of(session, first.facility_id)
    known = eaters(session, {one.person_id for one in meals})
    people = {number: as_eater(one) for number, one in known.items()}
    wish = MealWish(first.day, first.meal, ())
    scene = scene_of(session, canteen, [wish], people.values(), account_id=0, now=now)
    until = open_until(canteen, first.day, first.meal)
    if until is not None:
        scene = replace(scene, cutoffs={(first.day, first.meal): until})
    left, planned, kept = Left(scene), list[PlannedMeal](), list[OrderedMeal]()
    for one in meals:
        numbers = put_in_place(
            [((part.kind, part.item_id), part.number) for part in had[one.id]], gone, choice
        )
        try:
            made = plan_meal(
                replace(wish, numbers=numbers), one.serving, people[one.person_id], scene, left
            )
        except (MealRefusal, KeyError):
            continue
        planned.append(made if one.holds_meal else replace(made, already=SECOND))
        kept.append(one)
    found = tuple(priced(session, canteen.id, planned))
    return Planned(scene, tuple(people.values()), found, ()), kept


def refuse_instead(planned: Planned, meal: OrderedMeal, numbers: MealWish) -> None:
    """Raise why this one meal could not be planned; nothing when it could."""
    if planned.meals:
        return
    eater = next(one for one in planned.eaters if one.id == meal.person_id)
    plan_meal(numbers, meal.serving, eater, planned.scene, Left(planned.scene))

"""What a weekly plan would order in the coming month, and why a day is left out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from ylyx_site.meals.errors.orders import LeftOut, MealRefusal
from ylyx_site.meals.errors.plans import AlreadyPlanned, NoSuchSet, Resting
from ylyx_site.meals.policy.eaters import own_eaters
from ylyx_site.meals.policy.planning import Planned, scene_of
from ylyx_site.meals.policy.pricing import priced
from ylyx_site.meals.queries.canteens import canteen_of
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.meals.rules.pattern import is_resting, wanted_line, warning
from ylyx_site.meals.rules.planning import Left, PlannedMeal, Scene, plan_meal, refuse_meal
from ylyx_site.meals.rules.wishes import PLAN_DAYS, MealWish, PlanWish
from ylyx_site.shared import clock
from ylyx_site.shared.spans import DaySpan


@dataclass(frozen=True, slots=True)
class Preview:
    """The plan's meals with prices, the days left out with the reason, and what is avoided."""

    planned: Planned
    warnings: dict[date, tuple[str, ...]]

    @property
    def days(self) -> list[date]:
        """The days that would be ordered."""
        return [one.meal.day for one in self.planned.meals]


def preview(
    session: Session,
    wish: PlanWish,
    rests: Collection[DaySpan],
    *,
    account_id: int,
    now: datetime,
    only: Collection[date] | None = None,
) -> Preview:
    """Plan the coming month; `only` these days of them, when the family leaves some out.

    Raises `NotFound` for somebody else's person and for what is no canteen.
    """
    (eater,) = own_eaters(session, account_id, (wish.person_id,))
    canteen = canteen_of(session, wish.canteen_id)
    today = clock.day_of(now)
    span = DaySpan(today, today + timedelta(days=PLAN_DAYS - 1))
    days = [day for day in span.weekdays(wish.weekdays) if only is None or day in only]
    meals = [MealWish(day, wish.meal, ()) for day in days] or [MealWish(today, wish.meal, ())]
    scene = scene_of(session, canteen, meals, [eater], account_id=account_id, now=now)
    finder = _Finder(wish, eater, scene, Left(scene), tuple(rests))
    planned, left_out = list[PlannedMeal](), list[LeftOut]()
    for day in days:
        try:
            planned.append(finder.meal_on(day))
        except MealRefusal as refusal:
            left_out.append(LeftOut(day, refusal))
    made = Planned(
        scene, (eater,), tuple(priced(session, canteen.id, planned)), tuple(left_out)
    )  # fmt: skip
    found = {one.day: warning(eater, one.portions[0].line) for one in planned}
    return Preview(made, {day: words for day, words in found.items() if words})


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds the plan's meal of one day after the other."""

    wish: PlanWish
    eater: Eater
    scene: Scene
    left: Left
    rests: tuple[DaySpan, ...]

    def meal_on(self, day: date) -> PlannedMeal:
        wish, scene = self.wish, self.scene
        if (self.eater.id, day, wish.meal) in scene.already:
            raise AlreadyPlanned
        if is_resting(day, self.rests):
            raise Resting
        refuse_meal(day, wish.meal, scene)
        line = wanted_line(scene.menus[day, wish.meal], wish.wish, wish.set_id)
        if line is None:
            raise NoSuchSet
        one = MealWish(day, wish.meal, ((line.item, 1),))
        return plan_meal(one, wish.serving, self.eater, scene, self.left)

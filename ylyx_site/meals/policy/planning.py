"""Planning an order from what the database holds: shown before ordering, checked again in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.facilities.kinds import Meal
from ylyx_site.facilities.queries import opening_on
from ylyx_site.meals.errors.orders import LeftOut, MealRefusal
from ylyx_site.meals.policy.eaters import own_eaters
from ylyx_site.meals.policy.pricing import PricedMeal, priced
from ylyx_site.meals.queries.canteens import canteen_of, servings_left
from ylyx_site.meals.queries.menus import menus_of
from ylyx_site.meals.queries.orders import already_ordered
from ylyx_site.meals.rules.canteens import CanteenFacts
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.meals.rules.planning import Left, PlannedMeal, Scene, plan_meal
from ylyx_site.meals.rules.wishes import MealWish, OrderWish
from ylyx_site.shared import clock
from ylyx_site.shared.spans import DaySpan


@dataclass(frozen=True, slots=True)
class Planned:
    """Meals with their prices, and the days that cannot be, with the reason."""

    scene: Scene
    eaters: tuple[Eater, ...]
    meals: tuple[PricedMeal, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def pay_fen(self) -> int:
        """What all of it costs."""
        return sum(one.pay_fen for one in self.meals)

    def pay_by_person(self) -> dict[int, int]:
        """What each person's meals cost."""
        return {
            eater.id: sum(one.pay_fen for one in self.meals if one.meal.eater.id == eater.id)
            for eater in self.eaters
        }

    @property
    def seconds(self) -> list[PlannedMeal]:
        """Meals that somebody has ordered already."""
        return [one.meal for one in self.meals if one.meal.already]


def make_plan(session: Session, wish: OrderWish, *, account_id: int, now: datetime) -> Planned:
    """Plan and price the wish for people of this account.

    Raises `NotFound` for somebody else's person and for what is no canteen. A day on which one of
    several people cannot eat is left out for all of them.
    """
    eaters = own_eaters(session, account_id, wish.person_ids)
    return plan_for(session, wish, eaters, account_id=account_id, now=now)


def plan_for(
    session: Session,
    wish: OrderWish,
    eaters: tuple[Eater, ...],
    *,
    account_id: int,
    now: datetime,
    may_be_late: bool = False,
) -> Planned:
    """Plan and price the wish for people who were fetched through their account or desk.

    Raises `NotFound` for what is no canteen. `may_be_late`: a clerk overrules the cut-off.
    """
    canteen = canteen_of(session, wish.canteen_id)
    scene = scene_of(
        session, canteen, wish.meals, eaters,
        account_id=account_id, now=now, may_be_late=may_be_late,
    )  # fmt: skip
    left, planned, left_out = Left(scene), list[PlannedMeal](), list[LeftOut]()
    for one in wish.meals:
        try:
            planned += [plan_meal(one, wish.serving, eater, scene, left) for eater in eaters]
        except MealRefusal as refusal:
            left_out.append(LeftOut(one.day, refusal))
    return Planned(scene, eaters, tuple(priced(session, canteen.id, planned)), tuple(left_out))


def scene_of(
    session: Session,
    canteen: CanteenFacts,
    meals: Iterable[MealWish],
    eaters: Iterable[Eater],
    *,
    account_id: int,
    now: datetime,
    may_be_late: bool = False,
) -> Scene:
    """What a plan for these meals rests on; the same number of queries for one day and thirty."""
    wanted = sorted({(one.day, one.meal) for one in meals})
    days = DaySpan(wanted[0][0], wanted[-1][0])
    calendar = working_calendar(session, days.first, days.last)
    openings = opening_on(session, [canteen.id], days.first, days.last, calendar)
    menus = menus_of(session, [canteen.kitchen_id], days.first, days.last)
    servings = servings_left(session, [canteen.id], days.first, days.last)
    person_ids = [one.id for one in eaters]
    return Scene(
        canteen=canteen,
        menus={(day, meal): menu for (_, day, meal), menu in menus.items()},
        openings={day: opening for (_, day), opening in openings.items()},
        servings={key[1:]: left for key, left in servings.items()},
        cutoffs=cutoffs_of(canteen, wanted),
        already=already_ordered(session, person_ids, days, account_id),
        today=clock.day_of(now),
        now=now,
        late_until=ends_of(canteen, wanted) if may_be_late else {},
    )


def ends_of(
    canteen: CanteenFacts, meals: Iterable[tuple[date, Meal]]
) -> dict[tuple[date, Meal], datetime]:
    """The instant at which serving each meal ends."""
    return {
        (day, meal): clock.instant_at(day, canteen.meals[meal].span.end)
        for day, meal in meals
        if meal in canteen.meals
    }


def cutoffs_of(
    canteen: CanteenFacts, meals: Iterable[tuple[date, Meal]]
) -> dict[tuple[date, Meal], datetime]:
    """The instant from which on each meal is too late, in Shanghai whatever the server's zone."""
    return {
        (day, meal): clock.instant_at(*canteen.meals[meal].cutoff_on(day))
        for day, meal in meals
        if meal in canteen.meals
    }

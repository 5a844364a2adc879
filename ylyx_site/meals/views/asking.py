"""Reading day, meal and canteen from an address; what is wrong becomes a sentence, no crash."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from flask import request

from ylyx_site.facilities.kinds import Meal
from ylyx_site.meals import words
from ylyx_site.meals.kinds import MEAL_SLOTS
from ylyx_site.meals.policy.planning import cutoffs_of
from ylyx_site.meals.rules.canteens import CanteenFacts, is_past
from ylyx_site.shared import clock
from ylyx_site.shared.addresses import Value, address
from ylyx_site.shared.forms import day_from_text
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.words import brief_day, near_text

FURTHEST = timedelta(days=366)
USUAL_CUTOFF = 540  # minutes; which day a page opens with when no canteen is chosen yet


class Chip(NamedTuple):
    """A choice as a link; `small` stands under its words."""

    words: str
    address: str
    is_chosen: bool
    small: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """The day and meal that the address asks for."""

    day: date
    meal: Meal


def asked_when(errors: list[str], first: When | None = None) -> When:
    """Day and meal of the address; what is missing is `first`, else the next usual lunch."""
    first = first or usual_when()
    text, meal = request.args.get("meal"), first.meal
    if text:
        if text in tuple(Meal):
            meal = Meal(text)
        else:
            errors.append(_("请选早餐、午餐还是晚餐。"))
    return When(_asked_day(request.args.get("date"), first.day, errors), meal)


def usual_when() -> When:
    """Today's lunch while it can be ordered in most canteens, then tomorrow's."""
    now = clock.now()
    late = clock.minute_of(now) >= USUAL_CUTOFF
    return When(clock.day_of(now) + timedelta(days=int(late)), Meal.LUNCH)


def _asked_day(text: str | None, otherwise: date, errors: list[str]) -> date:
    if not text:
        return otherwise
    try:
        day = day_from_text(text)
    except ValueError as bad:
        errors.append(str(bad))
        return otherwise
    if day < clock.today():
        errors.append(_("这一天已经过去了。请选今天以后的日子。"))
        return otherwise
    if day > clock.today() + FURTHEST:
        errors.append(_("这一天太远了，还不能订。请选近一点的日子。"))
        return otherwise
    return day


def next_open(
    canteen: CanteenFacts, meals: Iterable[tuple[date, Meal]], now: datetime
) -> When | None:
    """The first of these meals whose cut-off has not come: lunch of that day rather than others."""
    ahead = [
        (day, meal)
        for (day, meal), cutoff in cutoffs_of(canteen, meals).items()
        if not is_past(cutoff, now)
    ]
    if not ahead:
        return None
    day = min(day for day, _meal in ahead)
    of_day = sorted((meal for one, meal in ahead if one == day), key=MEAL_SLOTS.__getitem__)
    return When(day, Meal.LUNCH if Meal.LUNCH in of_day else of_day[0])


def meal_chips(
    path: str, meals: Iterable[tuple[date, Meal]], chosen: When, fields: dict[str, Value]
) -> tuple[Chip, ...]:
    """A chip for each meal: 「明天 / 午餐」."""
    return tuple(
        Chip(
            near_text(day),
            address(path, **{**fields, "date": day, "meal": meal.value}),
            (day, meal) == (chosen.day, chosen.meal),
            words.meal_name(meal)
            if near_text(day) not in _weekdays()
            else f"{brief_day(day)} {words.meal_name(meal)}",
        )
        for day, meal in meals
    )


def _weekdays() -> tuple[str, ...]:
    return tuple(str(one) for one in words.WEEKDAYS)


def asked_past_day(text: str | None, errors: list[str]) -> date:
    """Any day, past ones too; today when none is given or it cannot be (with a sentence)."""
    if not text:
        return clock.today()
    try:
        return day_from_text(text)
    except ValueError as bad:
        errors.append(str(bad))
        return clock.today()

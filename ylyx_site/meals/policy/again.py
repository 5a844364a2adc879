"""「跟上次一样」: each elder's last order, for the next day on which it can be had."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.meals import words
from ylyx_site.meals.policy.planning import cutoffs_of
from ylyx_site.meals.queries.canteens import canteens_of, closures
from ylyx_site.meals.queries.menus import menus_of
from ylyx_site.meals.queries.orders import MealRow, already_ordered, latest_meals
from ylyx_site.meals.rules.canteens import CanteenFacts, Menu, is_past
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.meals.rules.planning import Already
from ylyx_site.shared import clock
from ylyx_site.shared.addresses import address
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.spans import DaySpan
from ylyx_site.shared.words import near_text

AHEAD = 13  # days; the usual is for tomorrow, or the next day that can be
MealKey = tuple[date, Meal]


@dataclass(frozen=True, slots=True)
class Usual:
    """A person's last order once more, two taps, and the same menu to choose something else from.

    `words` and `address` are empty when it cannot be had in the coming days.
    """

    person_id: int
    person: str
    words: str
    facility: str
    address: str
    menu: str


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is to be had in the coming days, and what has been ordered of it."""

    canteens: Mapping[int, CanteenFacts]
    menus: Mapping[tuple[int, date, Meal], Menu]
    shut: Mapping[int, Collection[date]]
    already: Mapping[tuple[int, date, Meal], Already]
    now: datetime

    def next_day(self, row: MealRow) -> date | None:
        """The first day that has all of it, before the cut-off, not ordered already."""
        canteen = self.canteens.get(row.facility_id)
        if canteen is None or row.meal not in canteen.meals:
            return None
        days: list[MealKey] = [
            (day, meal)
            for (kitchen, day, meal), menu in self.menus.items()
            if kitchen == canteen.kitchen_id and meal is row.meal and _has_all(menu, row)
            and day not in self.shut.get(canteen.id, ())
            and (row.person_id, day, meal) not in self.already
        ]  # fmt: skip
        ahead = [
            day
            for (day, _meal), until in cutoffs_of(canteen, days).items()
            if not is_past(until, self.now)
        ]
        return min(ahead, default=None)


def usuals_of(session: Session, account_id: int, now: datetime) -> tuple[Usual, ...]:
    """The usual of each elder for whom something was ordered before; who ate last comes first.

    Seven queries for any family, two where nothing was ordered.
    """
    rows = latest_meals(session, account_id)
    if not rows:
        return ()
    scene = _scene(session, rows, account_id, now)
    return tuple(_usual(row, scene.next_day(row)) for row in rows)


def with_others(usuals: Sequence[Usual], eaters: Sequence[Eater]) -> tuple[Usual, ...]:
    """With those elders, too, for whom nothing was ordered yet: the canteens near to their homes.

    An only one is not named: all canteens are near to that home already.
    """
    known = {one.person_id for one in usuals}
    others = [one for one in eaters if one.id not in known]
    if not usuals and len(others) < 2:
        return ()
    return *usuals, *(
        Usual(one.id, one.name, "", "", "", address("/meals", person_id=one.id)) for one in others
    )


def _scene(session: Session, rows: list[MealRow], account_id: int, now: datetime) -> _Scene:
    today = clock.day_of(now)
    days = DaySpan(today, today + timedelta(days=AHEAD))
    canteens = canteens_of(session, {row.facility_id for row in rows})
    kitchens = {one.kitchen_id for one in canteens.values()}
    found = closures(session, list(canteens), days.first, days.last)
    return _Scene(
        canteens,
        menus_of(session, kitchens, days.first, days.last),
        {
            canteen: [day for day in days.days() if any(one.shuts(day) for one in ended)]
            for canteen, ended in found.items()
        },
        already_ordered(session, {row.person_id for row in rows}, days, account_id),
        now,
    )


def _has_all(menu: Menu, row: MealRow) -> bool:
    """Whether enough is left of everything in the meal."""
    lines = [(menu.line((one.kind, one.item_id)), one.number) for one in row.portions]
    return all(line is not None and line.left >= number for line, number in lines)


def _usual(row: MealRow, day: date | None) -> Usual:
    path = f"/meals/{row.facility_id}/orders/new"
    if day is None:
        menu = address(path, person_id=row.person_id)
        return Usual(row.person_id, row.person, "", row.facility, "", menu)
    menu = address(path, person_id=row.person_id, date=day, meal=row.meal.value)
    fields = "".join(f"&{one.kind.value}-{one.item_id}={one.number}" for one in row.portions)
    link = address(
        path, person_id=row.person_id, date=day, meal=row.meal.value, serving=row.serving.value
    )
    what = _(
        "%(day)s%(meal)s · %(what)s",
        day=near_text(day), meal=words.meal_name(row.meal), what=row.what,
    )  # fmt: skip
    return Usual(row.person_id, row.person, what, row.facility, link + fields, menu)

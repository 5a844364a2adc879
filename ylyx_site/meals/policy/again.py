"""「跟上次一样」: the fields of the last order, for the next day on which it can be had."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.meals import words
from ylyx_site.meals.policy.planning import cutoffs_of
from ylyx_site.meals.queries.canteens import canteens_of
from ylyx_site.meals.queries.menus import menu_days
from ylyx_site.meals.queries.orders import MealRow, already_ordered, latest_meal
from ylyx_site.meals.rules.canteens import is_past
from ylyx_site.shared import clock
from ylyx_site.shared.addresses import address
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.spans import DaySpan
from ylyx_site.shared.words import near_text

AHEAD = 28


@dataclass(frozen=True, slots=True)
class Again:
    """The latest order, offered once more for the next day: two taps."""

    person: str
    words: str
    facility: str
    address: str


def again_of(session: Session, account_id: int, now: datetime) -> Again | None:
    """The usual again; None when nothing was ordered before or nothing is to be had."""
    row = latest_meal(session, account_id)
    if row is None:
        return None
    day = _next_day(session, row, account_id, now)
    if day is None:
        return None
    fields = "".join(
        f"&{one.kind.value}-{one.item_id}={one.number}" for one in row.portions
    )  # fmt: skip
    link = address(
        f"/meals/{row.facility_id}/orders/new",
        person_id=row.person_id, date=day, meal=row.meal.value, serving=row.serving.value,
    )  # fmt: skip
    what = _(
        "%(day)s%(meal)s · %(what)s",
        day=near_text(day), meal=words.meal_name(row.meal), what=row.what,
    )  # fmt: skip
    return Again(row.person, what, row.facility, link + fields)


def _next_day(session: Session, row: MealRow, account_id: int, now: datetime) -> date | None:
    """The first day with a menu for that meal, before its cut-off, not ordered already."""
    canteen = canteens_of(session, [row.facility_id]).get(row.facility_id)
    if canteen is None or row.meal not in canteen.meals:
        return None
    today = clock.day_of(now)
    days = DaySpan(today, today + timedelta(days=AHEAD))
    taken = already_ordered(session, [row.person_id], days, account_id)
    meals: list[tuple[date, Meal]] = [
        (day, meal)
        for day, meal in menu_days(session, canteen.kitchen_id, today)
        if meal is row.meal and (row.person_id, day, meal) not in taken
    ]
    open_days = [
        day
        for (day, _meal), cutoff in cutoffs_of(canteen, meals).items()
        if not is_past(cutoff, now)
    ]
    return min(open_days, default=None)

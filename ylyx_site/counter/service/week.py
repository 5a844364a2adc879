"""A week's sheet of paper is ordered: one order for each person, all in one transaction."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.counter.errors import NothingMarked, SheetChanged, SomeCells
from ylyx_site.counter.policy.week import grid_of, plan_sheet
from ylyx_site.counter.wishes import Sheet
from ylyx_site.meals.policy.planning import Planned
from ylyx_site.meals.rules.wishes import MealWish, OrderWish
from ylyx_site.meals.service.desk import desk_author
from ylyx_site.meals.service.orders import book


def order_sheet(
    session: Session,
    facility_id: int,
    monday: date,
    sheet: Sheet,
    *,
    actor_id: int,
    codes: Sequence[str],
    now: datetime,
) -> int:
    """Order all that is marked, or what can be of it; returns how many meals.

    `codes`: a fresh one for each person. Raises `NotFound`, `NothingMarked`, `SomeCells` when some
    cannot be and not only the possible is wanted, `SheetChanged`, and what `orders.book` raises.
    """
    person_ids = tuple(dict.fromkeys(one.person_id for one in sheet.cells))
    if not person_ids:
        raise NothingMarked
    grid = grid_of(
        session, facility_id, person_ids, monday, sheet.meal, account_id=actor_id, now=now
    )
    made = plan_sheet(session, grid, sheet)
    if made.refused and not sheet.only_possible:
        raise SomeCells
    if not made.meals:
        raise NothingMarked
    if made.pay_fen != sheet.shown_fen:
        raise SheetChanged
    for (person_id, planned), code in zip(made.by_person().items(), codes, strict=False):
        wish = _wish(facility_id, person_id, planned)
        book(session, wish, planned, desk_author(actor_id, code, now))
    return len(made.meals)


def _wish(facility_id: int, person_id: int, planned: Planned) -> OrderWish:
    meals = tuple(
        MealWish(
            one.meal.day, one.meal.meal,
            tuple((part.line.item, part.number) for part in one.meal.portions),
        )
        for one in planned.meals
    )  # fmt: skip
    return OrderWish(facility_id, (person_id,), meals, planned.meals[0].meal.serving)

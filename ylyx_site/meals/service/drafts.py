"""Menus that nobody sees yet: written, copied from the week before, thrown away, published."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.facilities.kinds import Meal
from ylyx_site.facilities.queries import opening_on
from ylyx_site.journal.service import note
from ylyx_site.meals.errors.menus import MenuPast, NothingToCopy, NothingToPublish
from ylyx_site.meals.models import Dish, MealSet, MealTerms, MenuDay, MenuItem
from ylyx_site.meals.rules.wishes import ItemLimit, MenuWish
from ylyx_site.meals.service.kitchens import refuse_no_kitchen
from ylyx_site.meals.service.menus import item_of, publish, write
from ylyx_site.places.rules import Excess
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import DaySpan

WEEK = timedelta(days=7)
IS_DRAFT = (MenuDay.published_at.is_(None), MenuDay.withdrawn_at.is_(None))


def save_draft(session: Session, wish: MenuWish, *, actor_id: int, now: datetime) -> None:
    """Write a draft, in place of the one before or of a menu that was withdrawn.

    Raises `NotFound`, `SuppliedKitchen`, `MenuPast`, and what `menus.write` raises.
    """
    refuse_no_kitchen(session, wish.kitchen_id)
    if wish.day < clock.day_of(now):
        raise MenuPast
    menu_id = write(session, wish, published_at=None)
    note(
        session, "meals.menu_drafted", f"menu:{menu_id}", actor_id=actor_id, now=now,
        facility_id=wish.kitchen_id, detail=f"{wish.day} {wish.meal.value} {len(wish.items)}",
    )  # fmt: skip


def drop_draft(
    session: Session, kitchen_id: int, day: date, meal: Meal, *, actor_id: int, now: datetime
) -> None:
    """Throw a draft away. Raises `NotFound` when there is none."""
    draft = (*IS_DRAFT, MenuDay.facility_id == kitchen_id, MenuDay.day == day, MenuDay.meal == meal)
    menu_id = session.scalar(sa.select(MenuDay.id).where(*draft))
    if menu_id is None:
        raise NotFound
    session.execute(
        sa.update(MenuDay)
        .where(MenuDay.id == menu_id)
        .values(withdrawn_at=now)
        .execution_options(synchronize_session=False)
    )
    note(
        session, "meals.menu_draft_dropped", f"menu:{menu_id}", actor_id=actor_id, now=now,
        facility_id=kitchen_id, detail=f"{day} {meal.value}",
    )  # fmt: skip


def publish_drafts(
    session: Session,
    kitchen_id: int,
    days: DaySpan,
    *,
    actor_id: int,
    now: datetime,
    meal: Meal | None = None,
) -> list[Excess]:
    """Publish the drafts of these days, all or none; of one `meal` only, when it is given.

    Raises `NothingToPublish`, and what `menus.publish` raises. Days that are past stay drafts.
    """
    refuse_no_kitchen(session, kitchen_id)
    first = max(days.first, clock.day_of(now))
    wishes = [
        one
        for one in _menus(session, kitchen_id, first, days.last, *IS_DRAFT)
        if meal is None or one.meal is meal
    ]
    if not wishes:
        raise NothingToPublish
    over = list[Excess]()
    for wish in wishes:
        over += publish(session, wish, actor_id=actor_id, now=now)
    return over


def copy_week(
    session: Session, kitchen_id: int, monday: date, *, actor_id: int, now: datetime
) -> int:
    """Draft this week's menus after the week before, at what the dishes cost now.

    Left out: days that are shut or past, meals that have a menu or are not served any more,
    dishes that are retired. Returns how many menus were drafted; raises `NothingToCopy` when
    none, `NotFound`, `SuppliedKitchen`.
    """
    refuse_no_kitchen(session, kitchen_id)
    before = _menus(
        session, kitchen_id, monday - WEEK, monday - timedelta(days=1),
        MenuDay.withdrawn_at.is_(None), at_list_price=True,
    )  # fmt: skip
    open_meals = _open_meals(session, kitchen_id, monday, clock.day_of(now))
    wishes = [
        MenuWish(kitchen_id, one.day + WEEK, one.meal, one.items)
        for one in before
        if (one.day + WEEK, one.meal) in open_meals and one.items
    ]
    if not wishes:
        raise NothingToCopy
    for wish in wishes:
        write(session, wish, published_at=None)
    note(
        session, "meals.menus_copied", f"kitchen:{kitchen_id}", actor_id=actor_id, now=now,
        facility_id=kitchen_id, detail=f"{monday} {len(wishes)}",
    )  # fmt: skip
    return len(wishes)


def _open_meals(
    session: Session, kitchen_id: int, monday: date, today: date
) -> set[tuple[date, Meal]]:
    """The meals of the week that have no menu and could have one."""
    last = monday + timedelta(days=6)
    calendar = working_calendar(session, monday, last)
    openings = opening_on(session, [kitchen_id], monday, last, calendar)
    served = session.scalars(sa.select(MealTerms.meal).where(MealTerms.facility_id == kitchen_id))
    rows = session.execute(
        sa.select(MenuDay.day, MenuDay.meal).where(
            MenuDay.facility_id == kitchen_id,
            MenuDay.day.between(monday, last),
            MenuDay.withdrawn_at.is_(None),
        )
    )
    taken = {(day, meal) for day, meal in rows}
    return {
        (day, meal)
        for meal in served
        for (_kitchen, day), opening in openings.items()
        if opening.span is not None and day >= today and (day, meal) not in taken
    }


def _menus(
    session: Session,
    kitchen_id: int,
    first: date,
    last: date,
    *where: sa.ColumnElement[bool],
    at_list_price: bool = False,
) -> list[MenuWish]:
    """Menus of these days as wishes, in order; what was taken off them is left out.

    `at_list_price`: at what dishes cost now, without those that are retired.
    """
    price = sa.func.coalesce(Dish.price_fen, MealSet.price_fen)
    lines = (
        sa.select(
            MenuDay.day, MenuDay.meal, MenuItem.dish_id, MenuItem.set_id, MenuItem.portions,
            (price if at_list_price else MenuItem.price_fen).label("fen"),
        )
        .join(MenuItem, MenuItem.menu_id == MenuDay.id)
        .outerjoin(Dish, Dish.id == MenuItem.dish_id)
        .outerjoin(MealSet, MealSet.id == MenuItem.set_id)
        .where(
            MenuDay.facility_id == kitchen_id, MenuDay.day.between(first, last),
            MenuItem.withdrawn_at.is_(None), *where,
        )
        .order_by(MenuDay.day, MenuItem.position)
    )  # fmt: skip
    if at_list_price:
        lines = lines.where(Dish.retired_at.is_(None), MealSet.retired_at.is_(None))
    found: dict[tuple[date, Meal], list[ItemLimit]] = defaultdict(list)
    for row in session.execute(lines):
        found[row.day, row.meal].append(ItemLimit(item_of(row), row.fen, row.portions))
    return _wishes(kitchen_id, found)


def _wishes(
    kitchen_id: int, found: Mapping[tuple[date, Meal], Sequence[ItemLimit]]
) -> list[MenuWish]:
    order = list(Meal)
    return [
        MenuWish(kitchen_id, day, meal, tuple(found[day, meal]))
        for day, meal in sorted(found, key=lambda key: (key[0], order.index(key[1])))
    ]

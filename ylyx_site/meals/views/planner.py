"""The menu planner: a week of menus, and the menu of one meal."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.facilities.kinds import Meal
from ylyx_site.facilities.queries import opening_on
from ylyx_site.facilities.rules import DayOpening
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility
from ylyx_site.meals import words
from ylyx_site.meals.forms.menus import MenuForm, PressForm
from ylyx_site.meals.policy.planning import cutoffs_of
from ylyx_site.meals.queries.canteens import canteens_of
from ylyx_site.meals.queries.cookbook import Entry, cookbook
from ylyx_site.meals.queries.planner import (
    MenuState,
    PlanLine,
    PlannedMenu,
    meals_ordered,
    planned_menus,
    points_of,
)
from ylyx_site.meals.rules.wishes import MenuWish
from ylyx_site.meals.service import drafts
from ylyx_site.meals.service.menus import change
from ylyx_site.meals.views.doors import (
    MANAGER,
    WINDOW,
    OwnCanteen,
    asked_week,
    meal_of_address,
    own_canteen,
    week_around,
    written,
)
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.money import as_typed
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import DaySpan
from ylyx_site.shared.templating import render

pages = Blueprint("desk_menus", __name__)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the form of a menu; what was typed, else what stands, else the list price."""

    field: str
    name: str
    portions: str
    price: str
    place: str
    line: PlanLine | None


@pages.get("/desk/menus")
@access(*WINDOW)
def week_page() -> str:
    """A week of menus with what is ordered."""
    return _week(PressForm(MultiDict()), asked_week(request.args.get("week")))


@pages.post("/desk/menus/copies")
@access(*MANAGER)
def copy_week() -> ResponseReturnValue:
    """Draft a week after the week before it."""
    form, week = PressForm(), asked_week(request.form.get("week"))
    return written(
        form, lambda: week,
        lambda session, who, now: drafts.copy_week(
            session, own_facility(), week.first, actor_id=who, now=now
        ),
        lambda: _week(form, week), f"/desk/menus?week={week.first}&copied=1",
    )  # fmt: skip


@pages.post("/desk/menus/publication")
@access(*MANAGER)
def publish_week() -> ResponseReturnValue:
    """Publish the drafts of a week."""
    form, week = PressForm(), asked_week(request.form.get("week"))
    return written(
        form, lambda: week,
        lambda session, who, now: drafts.publish_drafts(
            session, own_facility(), week, actor_id=who, now=now
        ),
        lambda: _week(form, week), f"/desk/menus?week={week.first}&published=1",
    )  # fmt: skip


@pages.get("/desk/menus/<day>/<any(breakfast, lunch, dinner):meal>")
@access(*WINDOW)
def menu_page(day: str, meal: str) -> str:
    """The menu of a meal: lines, portions, the day's prices, what is ordered."""
    return _menu(MenuForm(MultiDict()), *meal_of_address(day, meal))


@pages.post("/desk/menus/<day>/<any(breakfast, lunch, dinner):meal>")
@access(*MANAGER)
def save_menu(day: str, meal: str) -> ResponseReturnValue:
    """Save a draft, save and publish it, or change what is public."""
    when = meal_of_address(day, meal)
    form, own = MenuForm(), own_canteen(db.session())
    if own.is_point or when[1] not in own.meals:
        raise NotFound
    wish = form.wish(own.id, *when)
    menu = planned_menus(db.session(), own.id, DaySpan(when[0], when[0])).get(when)
    is_public = menu is not None and menu.state is MenuState.PUBLIC
    then = "publish" if form.then.data == "publish" and not is_public else ""
    return written(
        form, lambda: (wish, then),
        lambda session, who, now: (
            change(session, wish, actor_id=who, now=now)
            if is_public
            else _save(session, wish, then, who, now)
        ),
        lambda: _menu(form, *when), f"/desk/menus/{day}/{meal}?saved={then or 'draft'}"
        if not is_public else f"/desk/menus/{day}/{meal}?saved=change",
    )  # fmt: skip


@pages.post("/desk/menus/<day>/<any(breakfast, lunch, dinner):meal>/ending")
@access(*MANAGER)
def drop_draft(day: str, meal: str) -> ResponseReturnValue:
    """Throw a draft away."""
    form, when = PressForm(), meal_of_address(day, meal)
    return written(
        form, lambda: when,
        lambda session, who, now: drafts.drop_draft(
            session, own_facility(), *when, actor_id=who, now=now
        ),
        lambda: _week(form, week_around(when[0])), f"/desk/menus?week={when[0]}",
    )  # fmt: skip


def _save(session: Session, wish: MenuWish, then: str, who: int, now: datetime) -> None:
    drafts.save_draft(session, wish, actor_id=who, now=now)
    if then:
        days = DaySpan(wish.day, wish.day)
        drafts.publish_drafts(
            session, wish.kitchen_id, days, actor_id=who, now=now, meal=wish.meal
        )  # fmt: skip


def _week(form: WriteForm, week: DaySpan) -> str:
    session, today = db.session(), clock.today()
    own = own_canteen(session)
    menus = planned_menus(session, own.kitchen_id, week)
    if own.is_point:
        menus = {key: one for key, one in menus.items() if one.state is not MenuState.DRAFT}
    openings = _openings(session, own, week)
    meals = own.meals or (Meal.LUNCH,)
    return render(
        "meals/planner.html", own=own, week=week, form=form, meals=meals, menus=menus,
        openings=openings, words=words, cutoffs=_cutoffs(session, own, week, meals),
        ordered=meals_ordered(session, [own.id], week, at_kitchen=not own.is_point),
        points=[] if own.is_point else points_of(session, own.id),
        has_drafts=any(
            one.state is MenuState.DRAFT and one.day >= today for one in menus.values()
        ),
        before=week.first - WEEK, after=week.first + WEEK, days=week.days(),
    )  # fmt: skip


def _openings(session: Session, own: OwnCanteen, week: DaySpan) -> dict[date, DayOpening]:
    calendar = working_calendar(session, week.first, week.last)
    found = opening_on(session, [own.id], week.first, week.last, calendar)
    return {day: opening for (_id, day), opening in found.items()}


def _cutoffs(
    session: Session, own: OwnCanteen, week: DaySpan, meals: tuple[Meal, ...]
) -> dict[tuple[date, Meal], str]:
    canteen = canteens_of(session, [own.id]).get(own.id)
    if canteen is None:
        return {}
    keys = [(day, meal) for day in week.days() for meal in meals]
    now = clock.now()
    return {key: words.cutoff_words(at, now) for key, at in cutoffs_of(canteen, keys).items()}


def _menu(form: MenuForm, day: date, meal: Meal) -> str:
    session = db.session()
    own = own_canteen(session)
    days = DaySpan(day, day)
    menu = planned_menus(session, own.kitchen_id, days).get((day, meal))
    if own.is_point and (menu is None or menu.state is MenuState.DRAFT):
        raise NotFound
    if meal not in own.meals:
        raise NotFound
    may_edit = own.may_edit and not own.is_point and day >= clock.today()
    rows = _rows(form, menu, cookbook(session, own.kitchen_id) if may_edit else [])
    ordered = meals_ordered(session, [own.id], days, at_kitchen=not own.is_point)
    return render(
        "meals/planner_menu.html", own=own, day=day, meal=meal, menu=menu, form=form,
        may_edit=may_edit, words=words, opening=_openings(session, own, days)[day],
        on_menu=[one for one in rows if one.line or one.portions],
        others=[one for one in rows if not (one.line or one.portions)],
        ordered=ordered.get((day, meal), 0), press=PressForm(MultiDict()),
        cutoff=_cutoffs(session, own, days, (meal,)).get((day, meal), ""),
    )  # fmt: skip


def _rows(form: MenuForm, menu: PlannedMenu | None, entries: list[Entry]) -> list[Row]:
    """What stands on the menu in its order, then the rest of the cookbook that is cooked."""
    is_live = menu is not None and menu.state in (MenuState.DRAFT, MenuState.PUBLIC)
    lines = (
        {one.item: (place, one) for place, one in enumerate(menu.live, 1)}
        if is_live and menu
        else {}
    )
    known = {one.item: one for one in entries}
    order = [*lines, *(one.item for one in entries if one.item not in lines and not one.retired_at)]
    return [_row(form, known.get(item), *lines.get(item, (0, None))) for item in order]


def _row(form: MenuForm, entry: Entry | None, place: int, line: PlanLine | None) -> Row:
    source = line or entry
    assert source is not None  # noqa: S101 it came from one of the two
    typed = form.lines.typed
    return Row(
        source.field, source.name,
        typed.get(source.field, str(line.portions) if line else ""),
        typed.get(f"{source.field}-price", as_typed(source.price_fen)),
        typed.get(f"{source.field}-place", str(place) if place else ""),
        line,
    )  # fmt: skip

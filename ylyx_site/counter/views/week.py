"""Paper forms of a week, typed in bulk: people × days, one digit a cell."""

from datetime import date, datetime, timedelta
from functools import partial

from flask import Blueprint, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.counter.forms.week import SheetForm
from ylyx_site.counter.policy.week import WEEK, Grid, PlannedSheet, grid_of, plan_sheet
from ylyx_site.counter.queries.regulars import MOST_ROWS, regulars
from ylyx_site.counter.service.week import order_sheet
from ylyx_site.counter.views.doors import CLERKS, PHONE
from ylyx_site.counter.wishes import Sheet
from ylyx_site.facilities.kinds import Meal
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, write_once
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.meals import words
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import day_from_text
from ylyx_site.shared.identifiers import CodeTakenError, public_code
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.retries import tried_again
from ylyx_site.shared.templating import render

pages = Blueprint("desk_week", __name__)
SHEET = f"{PHONE}/week"


@pages.get(SHEET)
@access(*CLERKS)
def week_page() -> str:
    """The empty sheet; what is ordered already stands in it."""
    return _page(_grid(), SheetForm(None), None)


@pages.post(SHEET)
@access(*CLERKS)
def order_week() -> str | BaseResponse | tuple[str, int]:
    """Work out what it costs, or order it at that price: all, or the part that was chosen."""
    form, grid = SheetForm(), _grid()
    if not form.validate():
        return _page(grid, form, None), 422
    sheet = form.wish(grid.meal, grid.days)
    if {one.person_id for one in sheet.cells} - {one.eater.id for one in grid.people}:
        raise NotFound
    status = 200
    if form.is_shown:
        try:
            return htmx.see_other(_order(grid, sheet, str(form.key.data)))
        except Refusal as refusal:
            status = refusal.status
            form.refuse(refusal)
    made = plan_sheet(db.session(), grid, sheet) if sheet.cells else None
    page = _page(grid, form, made)
    return (page, status) if status != 200 else page


def _order(grid: Grid, sheet: Sheet, key: str) -> str:
    """Order in one transaction; the page that follows shows what is ordered."""
    answer = address(SHEET, week=grid.days[0], meal=grid.meal.value, done=1)
    command = partial(_order_now, grid, sheet)
    return tried_again(lambda: write_once(key, sheet, answer, command), CodeTakenError)


def _order_now(grid: Grid, sheet: Sheet, session: Session, who: int, now: datetime) -> None:
    desk, codes = grid.scene.canteen.id, [public_code() for _person in grid.people]
    order_sheet(session, desk, grid.days[0], sheet, actor_id=who, codes=codes, now=now)


def _grid() -> Grid:
    """The sheet that the address asks for; whoever is named is added to the regulars."""
    session, canteen_id, now = db.session(), own_facility(), clock.now()
    named = [int(one) for one in request.values.getlist("person") if _is_number(one)]
    people = list(dict.fromkeys([*named, *regulars(session, canteen_id, clock.day_of(now))]))
    meal = request.values.get("meal", "")
    return grid_of(
        session, canteen_id, people[:MOST_ROWS], _monday(),
        Meal(meal) if meal in tuple(Meal) else Meal.LUNCH,
        account_id=signed_in().account_id, now=now,
    )  # fmt: skip


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _monday() -> date:
    """The week that is asked for, else this one; towards its end the next."""
    today = clock.today()
    try:
        day = day_from_text(request.values.get("week", ""))
    except ValueError:
        day = today + timedelta(days=2)
    if abs(day - today) > timedelta(days=92):
        day = today
    return day - timedelta(days=day.weekday())


def _page(grid: Grid, form: SheetForm, made: PlannedSheet | None) -> str:
    if made is not None:
        for person in grid.people:
            remember_read(
                "counter.sheet_read", f"person:{person.eater.id}",
                actor_id=signed_in().account_id, facility_id=own_facility(),
            )  # fmt: skip
    monday, week = grid.days[0], timedelta(days=WEEK)
    return render(
        "counter/week.html", grid=grid, form=form, made=made, words=words,
        meals=list(grid.scene.canteen.meals), is_done=request.args.get("done") == "1",
        shut={day: refusal for day in grid.days if (refusal := grid.why_not(day))},
        back_link=address(SHEET, week=monday - week, meal=grid.meal.value),
        next_link=address(SHEET, week=monday + week, meal=grid.meal.value),
        meal_links={one: address(SHEET, week=monday, meal=one.value)
                    for one in grid.scene.canteen.meals},
    )  # fmt: skip

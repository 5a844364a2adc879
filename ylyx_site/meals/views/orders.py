"""Ordering a meal: the page, the quote as a part of it, and the order."""

from datetime import timedelta

from flask import Blueprint, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.facilities.kinds import Meal
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.doors import write_under_a_code
from ylyx_site.identity.visitor import signed_in
from ylyx_site.meals.forms.orders import MealForm, OrderForm
from ylyx_site.meals.policy.eaters import eaters_of
from ylyx_site.meals.policy.planning import Planned, make_plan
from ylyx_site.meals.queries.canteens import canteen_of
from ylyx_site.meals.queries.menus import menu_days
from ylyx_site.meals.rules.canteens import CanteenFacts
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.meals.rules.wishes import OrderWish
from ylyx_site.meals.service.orders import order, refuse_incomplete
from ylyx_site.meals.views.asking import When, next_open, usual_when
from ylyx_site.meals.views.page import page_of
from ylyx_site.meals.views.quotes import quotes_of
from ylyx_site.meals.views.ways import usual_serving
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("meal_orders", __name__)


@pages.get("/meals/<int:canteen_id>/orders/new")
@access(SIGNED_IN)
def new_order(canteen_id: int) -> str | tuple[str, int]:
    """The menu with numbers to choose, and what the choice costs; nothing is written."""
    session = db.session()
    canteen = canteen_of(session, canteen_id)
    eaters = eaters_of(session, signed_in().account_id)
    form = MealForm(_with_defaults(session, canteen, eaters))
    planned = _planned(canteen_id, form) if eaters and form.validate() else None
    page = _page(canteen, form, eaters, planned)
    return page if not form.errors else (page, 422)


@pages.get("/meals/<int:canteen_id>/quote")
@access(SIGNED_IN)
def show_quote(canteen_id: int) -> str | tuple[str, int]:
    """What a choice costs, line by line: a part of the page, worked out anew on each change."""
    canteen_of(db.session(), canteen_id)
    form = MealForm(request.args)
    planned = _planned(canteen_id, form) if form.validate() else None
    part = render(
        "meals/_quote.html", form=form, planned=planned,
        quotes=quotes_of(planned) if planned else (),
    )  # fmt: skip
    return part if not form.errors else (part, 422)


@pages.post("/meals/<int:canteen_id>/orders")
@access(SIGNED_IN)
def create_order(canteen_id: int) -> BaseResponse | str | tuple[str, int]:
    """Order all of it, or show the same page with the reason and the figures of now."""
    session = db.session()
    canteen = canteen_of(session, canteen_id)
    eaters = eaters_of(session, signed_in().account_id)
    form, status = OrderForm(), 422
    if form.validate():
        if form.show.data:
            return _page(canteen, form, eaters, _planned(canteen_id, form))
        try:
            return htmx.see_other(_order(form.wish(canteen_id), str(form.key.data)))
        except Refusal as refusal:
            status = refusal.status
            form.refuse(refusal)
    return _page(canteen, form, eaters, _plan_again(canteen_id, form)), status


def _order(wish: OrderWish, key: str) -> str:
    """Order in one transaction, under a fresh code. Returns the ticket's address."""
    return write_under_a_code(
        key, wish, "/meals/orders",
        lambda session, code, who, now: order(session, wish, actor_id=who, code=code, now=now),
    )  # fmt: skip


def _planned(canteen_id: int, form: MealForm) -> Planned | None:
    """The plan of a valid form; why it cannot be is told on the form."""
    try:
        wish, who = form.wish(canteen_id), signed_in().account_id
        if not wish.meals[0].numbers:
            return None
        planned = make_plan(db.session(), wish, account_id=who, now=clock.now())
        refuse_incomplete(planned)
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    return planned


def _plan_again(canteen_id: int, form: OrderForm) -> Planned | None:
    """What can be shown of the plan after a refusal; None when the form itself is wrong."""
    try:
        wish, who = form.wish(canteen_id), signed_in().account_id
        planned = make_plan(db.session(), wish, account_id=who, now=clock.now())
    except (Refusal, ValueError, AssertionError):
        return None
    return planned if planned.meals else None


def _page(
    canteen: CanteenFacts, form: MealForm, eaters: list[Eater], planned: Planned | None
) -> str:
    usual = usual_when()
    meal = Meal(form.meal.data) if form.meal.data in tuple(Meal) else usual.meal
    when = When(form.date.data or usual.day, meal)
    posted = form if isinstance(form, OrderForm) else OrderForm(MultiDict())
    template = "meals/_order.html" if htmx.wants_part("order") else "meals/order.html"
    return render(
        template, form=form, posted=posted, planned=planned,
        quotes=quotes_of(planned) if planned else (),
        page=page_of(db.session(), canteen, form, eaters, when),
    )  # fmt: skip


def _with_defaults(
    session: Session, canteen: CanteenFacts, eaters: list[Eater]
) -> MultiDict[str, str]:
    """The fields of the address; what is missing: the first elder, the next meal, brought home.

    Whoever has just unticked everybody is not given the first again.
    """
    fields: MultiDict[str, str] = MultiDict(request.args)
    if "person_id" not in fields and not htmx.wants_part("order"):
        fields.setlist("person_id", [str(one.id) for one in eaters[:1]])
    if not {"date", "meal"} <= set(fields):
        coming = menu_days(session, canteen.kitchen_id, clock.today())
        when = next_open(canteen, coming, clock.now()) or usual_when()
        fields.setdefault("date", when.day.isoformat())
        fields.setdefault("meal", when.meal.value)
    if not fields.get("serving") and fields["meal"] in tuple(Meal):
        _default_serving(session, canteen, eaters, fields)
    return fields


def _default_serving(
    session: Session, canteen: CanteenFacts, eaters: list[Eater], fields: MultiDict[str, str]
) -> None:
    form = MealForm(fields)
    if not form.validate() or form.date.data is None:
        return
    if abs(form.date.data - clock.today()) > timedelta(days=366):
        return
    chosen = tuple(one for one in eaters if one.id in form.person_id.data)
    serving = usual_serving(session, canteen, When(form.date.data, Meal(fields["meal"])), chosen)
    if serving is not None:
        fields["serving"] = serving.value

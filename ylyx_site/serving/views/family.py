"""The family lets a neighbour collect a meal: six digits, for that meal, once."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.doors import refused
from ylyx_site.identity.visitor import signed_in
from ylyx_site.meals import words as meal_words
from ylyx_site.meals.queries.orders import meals_of_order, own_order
from ylyx_site.serving.forms.family import CodeForm
from ylyx_site.serving.queries.neighbours import codes_of
from ylyx_site.serving.service.counter import MOST_TRIES, digits_of, new_neighbour_code
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.identifiers import pretty_code
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.templating import render

pages = Blueprint("meal_neighbours", __name__)


@pages.get("/meals/orders/<code>/neighbour")
@access(SIGNED_IN)
def show_codes(code: str) -> str:
    """The meals that are to come, each with its six digits if there are any."""
    return _page(code, CodeForm(MultiDict()))


@pages.post("/meals/orders/<code>/neighbour")
@access(SIGNED_IN)
def make_code(code: str) -> ResponseReturnValue:
    """Six fresh digits for one meal."""
    who, form = signed_in().account_id, CodeForm()
    order, answer = own_order(db.session(), who, code), f"/meals/orders/{code}/neighbour"
    if form.validate():
        meal_id = form.meal()
        if meal_id not in {one.id for one in meals_of_order(db.session(), who, order.id)}:
            raise NotFound
        if not refused(form, (code, meal_id), answer, lambda session, _who, now:
                       new_neighbour_code(session, meal_id, actor_id=who, now=now)):  # fmt: skip
            return htmx.see_other(answer)
    return _page(code, form), 422


def _page(code: str, form: CodeForm) -> str:
    session, who, today = db.session(), signed_in().account_id, clock.today()
    order = own_order(session, who, code)
    meals = meals_of_order(session, who, order.id)
    coming = [one for one in meals if one.is_live and one.day >= today]
    codes = codes_of(session, [one.id for one in coming])
    return render(
        "serving/neighbour.html", order=order, pretty=pretty_code(code), form=form, meals=coming,
        codes=codes, digits={number: digits_of(one.seed) for number, one in codes.items()},
        most_tries=MOST_TRIES, words=meal_words,
    )  # fmt: skip

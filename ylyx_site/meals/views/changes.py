"""What a family does when its canteen takes a meal back: another meal in two taps, or none."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.doors import refused, write_under_a_code
from ylyx_site.identity.visitor import signed_in
from ylyx_site.meals import words
from ylyx_site.meals.forms.menus import SwapForm, SwapWriteForm
from ylyx_site.meals.policy.planning import Planned
from ylyx_site.meals.queries.orders import meals_of_order, own_order
from ylyx_site.meals.queries.withdrawals import Answer, changes_of
from ylyx_site.meals.rules.menus import SwapWish
from ylyx_site.meals.service.moving import decline, own_withdrawn, planned_swap, swap
from ylyx_site.meals.views import offers
from ylyx_site.meals.views.quotes import quotes_of
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("meal_changes", __name__)
CHANGES = "/meals/changes"


@pages.get(CHANGES)
@access(SIGNED_IN)
def list_changes() -> str:
    """The meals from today on that canteens took back; for each what could be instead."""
    session, now = db.session(), clock.now()
    who = signed_in().account_id
    changes = changes_of(session, who, clock.today())
    return render(
        "meals/changes.html", shown=offers.shown(session, changes, who, now), words=words,
        Answer=Answer, form=SwapWriteForm(MultiDict()),
    )  # fmt: skip


@pages.get("/meals/orders/<code>/replacement")
@access(SIGNED_IN)
def ask(code: str) -> ResponseReturnValue:
    """What the choice costs, line by line; the button orders it."""
    return _ask(code, SwapWriteForm(request.args))


@pages.post("/meals/orders/<code>/replacement")
@access(SIGNED_IN)
def replace(code: str) -> ResponseReturnValue:
    """Order it."""
    form = SwapWriteForm()
    if not form.validate():
        return _ask(code, form)
    try:
        return htmx.see_other(_swap(form.wish(code), str(form.key.data)))
    except Refusal as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _ask(code, form, refusal.status)


@pages.post("/meals/orders/<code>/refusal")
@access(SIGNED_IN)
def refuse(code: str) -> ResponseReturnValue:
    """No other meal."""
    form = SwapWriteForm()
    if not form.validate():
        raise NotFound
    wish = form.wish(code)
    refused(form, wish, CHANGES, lambda session, who, now: decline(
        session, wish, actor_id=who, now=now
    ))  # fmt: skip
    return htmx.see_other(CHANGES)  # who has chosen meanwhile sees it there


def _swap(wish: SwapWish, key: str) -> str:
    """In one transaction, under a fresh code. Returns the ticket's address."""
    return write_under_a_code(
        key, wish, "/meals/orders",
        lambda session, code, who, now: swap(session, wish, actor_id=who, code=code, now=now),
    )  # fmt: skip


def _ask(code: str, form: SwapForm, status: int = 200) -> ResponseReturnValue:
    session, wish, who = db.session(), form.wish(code), signed_in().account_id
    row = _own_row(session, wish, who)
    planned: Planned | None = None
    if not form.form_errors or status == 409:
        try:
            old, gone = own_withdrawn(session, wish, who)
            planned = planned_swap(session, old, gone, wish.item, now=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
    page = render(
        "meals/replacement.html", form=form, row=row, planned=planned, words=words,
        quotes=quotes_of(planned) if planned else (), code=code,
    )  # fmt: skip
    return page, status


def _own_row(session: Session, wish: SwapWish, who: int) -> object:
    """The meal as it was ordered; raises `NotFound` for somebody else's."""
    order = own_order(session, who, wish.code)
    rows = meals_of_order(session, who, order.id)
    key = (wish.person_id, wish.day, wish.meal)
    row = next((one for one in rows if (one.person_id, one.day, one.meal) == key), None)
    if row is None:
        raise NotFound
    return row

"""The ticket of an order, the printable card, the family's list, cancelling and undoing."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.benefits.words import payer_words
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.meals import words
from ylyx_site.meals.forms.orders import EndingForm
from ylyx_site.meals.outcomes import outcomes_of
from ylyx_site.meals.policy.avoiding import avoided_of
from ylyx_site.meals.policy.planning import cutoffs_of
from ylyx_site.meals.queries import orders as queries
from ylyx_site.meals.queries.canteens import canteens_of
from ylyx_site.meals.rules.canteens import is_past
from ylyx_site.meals.service import endings
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import pretty_code, row_number
from ylyx_site.shared.once import new_key, once
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render
from ylyx_site.shared.web import safe_next

pages = Blueprint("meal_tickets", __name__)


@pages.get("/meals/orders")
@access(SIGNED_IN)
def list_orders() -> str:
    """What is to come, then what was."""
    who, session, today = signed_in(), db.session(), clock.today()
    page = max(1, min(request.args.get("page", 1, type=row_number), 1000))
    past = queries.past_meals(session, who.account_id, today, page)
    coming = queries.coming_meals(session, who.account_id, today)
    return render(
        "meals/orders.html", coming=coming,
        past=past[: queries.PAGE], has_next=len(past) > queries.PAGE, page=page, words=words,
        outcomes=outcomes_of(session, [row.id for row in (*coming, *past)]),
    )  # fmt: skip


@pages.get("/meals/orders/<code>")
@access(SIGNED_IN)
def show_order(code: str) -> str:
    """The ticket: code, who eats what, what it costs and why, how to cancel."""
    return _ticket(code, EndingForm(MultiDict()))


@pages.get("/meals/orders/<code>/card")
@access(SIGNED_IN)
def show_card(code: str) -> str:
    """A card in large type for somebody without a telephone, to be printed."""
    session, who = db.session(), signed_in()
    order = queries.own_order(session, who.account_id, code)
    rows = queries.meals_of_order(session, who.account_id, order.id)
    live = [row for row in rows if row.is_live]
    canteen = canteens_of(session, [order.facility_id]).get(order.facility_id)
    return render(
        "meals/card.html", order=order, rows=live, canteen=canteen, words=words,
        pretty=pretty_code(code),
    )  # fmt: skip


@pages.get("/meals/orders/<code>/cancellation")
@access(SIGNED_IN)
def confirm_cancellation(code: str) -> str | tuple[str, int]:
    """What would be cancelled; asks once."""
    form = EndingForm(request.args)
    if not form.validate():
        return _ticket(code, form), 422
    session, who = db.session(), signed_in()
    order = queries.own_order(session, who.account_id, code)
    live = endings.own_live_meals(session, who.account_id, order.id)
    wish = form.wish(code)
    named = {one.id for one in endings.before_cutoff(session, live, clock.now()) if wish.names(one)}
    rows = queries.meals_of_order(session, who.account_id, order.id)
    return render(
        "meals/cancel.html", order=order, form=form, words=words, pretty=pretty_code(code),
        rows=[row for row in rows if row.id in named],
    )  # fmt: skip


@pages.post("/meals/orders/<code>/cancellation")
@access(SIGNED_IN)
def cancel_order(code: str) -> BaseResponse | tuple[str, int]:
    """Cancel some days, or all that is still before its cut-off."""
    form = EndingForm()
    return _end(code, form, lambda session, who, now: endings.cancel(
        session, form.wish(code), actor_id=who, now=now
    ))  # fmt: skip


@pages.post("/meals/orders/<code>/undo")
@access(SIGNED_IN)
def undo_order(code: str) -> BaseResponse | tuple[str, int]:
    """Take it all back within ten minutes."""
    form = EndingForm()
    return _end(code, form, lambda session, who, now: endings.undo(
        session, code, actor_id=who, now=now
    ))  # fmt: skip


def _end(
    code: str, form: EndingForm, command: Callable[[Session, int, datetime], int]
) -> BaseResponse | tuple[str, int]:
    if not form.validate():
        return _ticket(code, form), 422
    who, now = signed_in().account_id, clock.now()
    answer = safe_next(request.form.get("next"), f"/meals/orders/{code}")
    try:
        with transaction() as session:
            key, wish = form.key.data, (request.path, form.wish(code))
            if not key or not once(session, key, wish, actor_id=who, answer=answer, now=now):
                command(session, who, now)
    except Refusal as refusal:
        form.refuse(refusal)
        return _ticket(code, form), 422
    return htmx.see_other(answer)


def _ticket(code: str, form: EndingForm) -> str:
    session, who, now = db.session(), signed_in(), clock.now()
    order = queries.own_order(session, who.account_id, code)
    rows = queries.meals_of_order(session, who.account_id, order.id)
    canteen = canteens_of(session, [order.facility_id]).get(order.facility_id)
    keys = {(row.day, row.meal) for row in rows}
    cutoffs = {
        key: cutoff
        for key, cutoff in (cutoffs_of(canteen, keys) if canteen else {}).items()
        if not is_past(cutoff, now)
    }
    in_time = [row for row in rows if row.is_live and (row.day, row.meal) in cutoffs]
    undo_seconds = (order.ordered_at + endings.UNDO - now).total_seconds()
    outcomes = outcomes_of(session, [row.id for row in rows])
    return render(
        "meals/ticket.html", order=order, rows=rows, canteen=canteen, form=form, words=words,
        live=[row for row in rows if row.is_live],
        benefits=queries.benefits_of(session, [row.id for row in rows]), payer_words=payer_words,
        cutoffs=cutoffs, avoided=avoided_of(session, in_time), outcomes=outcomes,
        next_meal=next((row for row in rows if row.is_live and row.id not in outcomes), None),
        undo_seconds=max(0, round(undo_seconds)), pretty=pretty_code(code), key=new_key(),
    )  # fmt: skip

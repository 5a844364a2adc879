"""What a clerk has just ordered: the confirmation, taking it back, and the card on paper."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.benefits.words import payer_words
from ylyx_site.counter.forms.phone import EndForm, FindForm
from ylyx_site.counter.views.doors import CLERKS, PHONE
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, refused
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.meals import words
from ylyx_site.meals.policy.planning import cutoffs_of
from ylyx_site.meals.queries.canteens import canteens_of
from ylyx_site.meals.queries.desk import desk_meals_of_order, desk_order
from ylyx_site.meals.queries.orders import benefits_of
from ylyx_site.meals.rules.canteens import is_past
from ylyx_site.meals.rules.wishes import CancelWish
from ylyx_site.meals.service.desk import cancel_at_desk, undo_at_desk
from ylyx_site.meals.service.endings import may_undo
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.identifiers import pretty_code
from ylyx_site.shared.templating import render

pages = Blueprint("desk_orders", __name__)
ORDER = f"{PHONE}/orders/<code>"


@pages.get(ORDER)
@access(*CLERKS)
def show_order(code: str) -> str:
    """What was ordered, what it costs, how to take it back; the next call begins here."""
    return _page(code, EndForm(MultiDict()))


@pages.get(f"{ORDER}/card")
@access(*CLERKS)
def show_card(code: str) -> str:
    """A card in large type for somebody without a telephone, to be printed."""
    session, canteen_id = db.session(), own_facility()
    order = desk_order(session, canteen_id, code)
    rows = [one for one in desk_meals_of_order(session, canteen_id, order.id) if one.is_live]
    _remember([row.person_id for row in rows], canteen_id)
    return render(
        "counter/card.html", order=order, rows=rows, words=words, pretty=pretty_code(code),
        canteen=canteens_of(session, [canteen_id]).get(canteen_id),
    )  # fmt: skip


@pages.post(f"{ORDER}/undo")
@access(*CLERKS)
def undo(code: str) -> BaseResponse | tuple[str, int]:
    """Take it all back within ten minutes."""
    canteen_id = own_facility()
    return _end(code, "undo", lambda session, _wish, who, now: undo_at_desk(
        session, canteen_id, code, actor_id=who, now=now
    ))  # fmt: skip


@pages.post(f"{ORDER}/cancellation")
@access(*CLERKS)
def cancel(code: str) -> BaseResponse | tuple[str, int]:
    """Cancel some days, or all; after the cut-off with a reason."""
    canteen_id = own_facility()
    return _end(code, "cancel", lambda session, wish, who, now: cancel_at_desk(
        session, canteen_id, wish, actor_id=who, now=now
    ))  # fmt: skip


def _end(
    code: str, deed: str, command: Callable[[Session, CancelWish, int, datetime], int]
) -> BaseResponse | tuple[str, int]:
    form = EndForm()
    if not form.validate():
        return _page(code, form), 422
    wish, answer = form.wish(code), f"{PHONE}/orders/{code}"
    refusal = refused(form, (deed, wish), answer, lambda session, who, now: command(
        session, wish, who, now
    ))  # fmt: skip
    if refusal is not None:
        return _page(code, form), refusal.status
    return htmx.see_other(answer)


def _page(code: str, form: EndForm) -> str:
    session, canteen_id, now = db.session(), own_facility(), clock.now()
    order = desk_order(session, canteen_id, code)
    rows = desk_meals_of_order(session, canteen_id, order.id)
    canteen = canteens_of(session, [canteen_id]).get(canteen_id)
    keys = {(row.day, row.meal) for row in rows}
    cutoffs = cutoffs_of(canteen, keys) if canteen else {}
    _remember([row.person_id for row in rows], canteen_id)
    return render(
        "counter/order.html", order=order, rows=rows, form=form, words=words,
        live=[row for row in rows if row.is_live], pretty=pretty_code(code), find=FindForm(None),
        benefits=benefits_of(session, [row.id for row in rows]), payer_words=payer_words,
        late={key for key, cutoff in cutoffs.items() if is_past(cutoff, now)},
        may_undo=order.by_desk and may_undo(order, now),
    )  # fmt: skip


def _remember(person_ids: list[int], canteen_id: int) -> None:
    for person_id in person_ids:
        remember_read(
            "counter.order_read", f"person:{person_id}",
            actor_id=signed_in().account_id, facility_id=canteen_id,
        )  # fmt: skip

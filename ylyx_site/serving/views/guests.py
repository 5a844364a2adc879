"""Meals on the spot: guests without a name at the full price; elders go by the telephone desk."""

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, refused
from ylyx_site.meals import words as meal_words
from ylyx_site.meals.queries.menus import menus_of
from ylyx_site.serving import words
from ylyx_site.serving.forms.counter import UndoForm
from ylyx_site.serving.forms.guests import GuestForm
from ylyx_site.serving.queries.guests import sales
from ylyx_site.serving.rules.undoing import may_undo
from ylyx_site.serving.service.guests import sell, undo_sale
from ylyx_site.serving.views.doors import COUNTER, LIST, Asked, asked, author_of
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.language import say
from ylyx_site.shared.templating import render

pages = Blueprint("collection_guests", __name__)
PAGE = f"{LIST}/guests"


@pages.get(PAGE)
@access(*COUNTER)
def show_guests() -> str:
    """Today's menu with what is left, and what was sold to guests."""
    form = GuestForm(MultiDict())
    return _page(asked(db.session(), request.args), form)


@pages.post(PAGE)
@access(*COUNTER)
def sell_to_guest() -> ResponseReturnValue:
    """Sell; the money is in the till."""
    form, wanted = GuestForm(), asked(db.session(), request.form)
    if form.validate():
        try:
            wish = form.wish()
        except ValueError as bad:
            form.form_errors.append(str(bad))
            return _page(wanted, form), 422
        author, answer = author_of(form.key.data), wanted.address(PAGE)
        if not refused(form, wish, answer, lambda session, *_: sell(session, wish, author)):
            return htmx.see_other(answer)
    return _page(wanted, form), 422


@pages.post(f"{PAGE}/<int:guest_id>/undo")
@access(*COUNTER)
def undo_guest(guest_id: int) -> ResponseReturnValue:
    """Take a line back; its portions are free again."""
    form, wanted = UndoForm(), asked(db.session(), request.form)
    empty = GuestForm(MultiDict())
    if not form.validate():
        return _page(wanted, empty), 422
    author, answer = author_of(form.key.data), wanted.address(PAGE)
    refusal = refused(form, ("undo guest", guest_id), answer, lambda session, *_: undo_sale(
        session, guest_id, author
    ))  # fmt: skip
    if refusal is not None:
        return _page(wanted, empty, problem=say(refusal)), 422
    return htmx.see_other(answer)


def _page(wanted: Asked, form: GuestForm, problem: str = "") -> str:
    session, today, now = db.session(), clock.today(), clock.now()
    kitchen = wanted.canteen.kitchen_id
    menu = menus_of(session, [kitchen], today, today, wanted.meal).get(
        (kitchen, today, wanted.meal)
    )
    is_manager = author_of(None).is_manager
    return render(
        "serving/guests.html", wanted=wanted, form=form, menu=menu, problem=problem,
        typed=form.numbers(), sold=sales(session, own_facility(), today, wanted.meal),
        may_undo=lambda at: may_undo(at, now, is_manager=is_manager), words=words,
        meal_words=meal_words, has_phone_desk=_has("/desk/phone"), today_=today,
    )  # fmt: skip


def _has(path: str) -> bool:
    """Whether the site has this page; it belongs to a room above this one."""
    return any(rule.rule == path for rule in current_app.url_map.iter_rules())

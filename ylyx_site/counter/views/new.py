"""Somebody new at the window: one short form, a consent on paper."""

from flask import Blueprint
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.counter.forms.papers import NewElderForm
from ylyx_site.counter.service.people import enter_new
from ylyx_site.counter.views.doors import CLERKS, PHONE
from ylyx_site.families.queries import towns
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import once, settle
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render
from ylyx_site.shared.uploads import takes_a_picture

pages = Blueprint("desk_new", __name__)
NEW = f"{PHONE}/new"


@pages.get(NEW)
@access(*CLERKS)
def new_page() -> str:
    """The form."""
    return _page(_form())


@pages.post(NEW)
@access(*CLERKS)
@takes_a_picture
def enter() -> BaseResponse | tuple[str, int]:
    """Enter the elder and go on to the card, where the first meal is ordered."""
    form = _form()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        return htmx.see_other(_enter(form))
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(form), refusal.status


def _enter(form: NewElderForm) -> str:
    wish, canteen_id, key = form.wish(), own_facility(), str(form.key.data)
    who, now = signed_in().account_id, clock.now()
    with transaction() as session:
        earlier = once(session, key, (wish, wish.photo), actor_id=who, answer=PHONE, now=now)
        if earlier is not None:
            return earlier
        person_id = enter_new(session, canteen_id, wish, actor_id=who, now=now)
        return settle(session, key, actor_id=who, answer=f"{PHONE}/people/{person_id}")


def _form() -> NewElderForm:
    form = NewElderForm()
    form.offer(towns(db.session()))
    return form


def _page(form: NewElderForm) -> str:
    return render("counter/new.html", form=form)

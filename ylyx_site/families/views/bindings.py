"""Ending what an elder agreed to, on the elder's own page."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.families import queries, service, words
from ylyx_site.families.elder_wishes import BindingWish
from ylyx_site.families.forms import ErasureForm, PressForm
from ylyx_site.families.kinds import Relation
from ylyx_site.families.queries import EaterFacts
from ylyx_site.families.views.doors import ID, PEOPLE, address_of, show_refusal
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("bindings", __name__)
BINDING = f"{PEOPLE}/{ID}/bindings/<handle>/ending"


@pages.get(BINDING)
@access(SIGNED_IN)
def ending_page(child_id: int, handle: str) -> str:
    """Say what ends: the second tap does it."""
    return _ending_page(child_id, handle, PressForm())


@pages.post(BINDING)
@access(SIGNED_IN)
def end(child_id: int, handle: str) -> ResponseReturnValue:
    """End a binding, at once."""
    form = PressForm()
    if not form.validate_on_submit():
        return _ending_page(child_id, handle, form), 422
    try:
        return htmx.see_other(_end(form.key.data or "", child_id, handle))
    except Refusal as refusal:
        status = show_refusal(form, refusal)
        return _ending_page(child_id, handle, form), status


@pages.get(f"{PEOPLE}/{ID}/erasure")
@access(SIGNED_IN)
def erasure_page(child_id: int) -> str:
    """What withdrawing everything means."""
    return _erasure_page(child_id, ErasureForm())


@pages.post(f"{PEOPLE}/{ID}/erasure")
@access(SIGNED_IN)
def erase(child_id: int) -> ResponseReturnValue:
    """Withdraw everything."""
    form = ErasureForm()
    if not form.validate_on_submit():
        return _erasure_page(child_id, form), 422
    me, now, wish = signed_in().account_id, clock.now(), BindingWish("erase", child_id)
    with transaction() as session:
        key = form.key.data or ""
        if once(session, key, wish, actor_id=me, answer=PEOPLE, now=now) is None:
            service.erase_elder(session, child_id, actor_id=me, now=now)
    return htmx.see_other(PEOPLE)


def _end(key: str, person_id: int, handle: str) -> str:
    """Where to go on to: whoever leaves no longer sees the elder."""
    me, now = signed_in().account_id, clock.now()
    is_me = handle == queries.handle_of(person_id, me)
    answer = PEOPLE if is_me else address_of(person_id)
    wish = BindingWish("end", person_id, handle)
    with transaction() as session:
        if once(session, key, wish, actor_id=me, answer=answer, now=now) is None:
            service.end_binding(session, person_id, handle, actor_id=me, now=now)
    return answer


def _ending_page(person_id: int, handle: str, form: PressForm) -> str:
    elder = _my_elder(person_id)
    bound = queries.guardian_by_handle(db.session(), person_id, handle)
    is_me = bound.account_id == signed_in().account_id
    if bound.relation == Relation.SELF or not (is_me or elder.relation == Relation.SELF):
        raise NotFound
    return render(
        "families/binding_ending.html",
        elder=elder, bound=bound, is_me=is_me, form=form, back=address_of(person_id), words=words,
    )  # fmt: skip


def _erasure_page(person_id: int, form: ErasureForm) -> str:
    elder = _my_elder(person_id)
    if elder.relation != Relation.SELF:
        raise NotFound
    return render("families/erasure.html", elder=elder, form=form, back=address_of(person_id))


def _my_elder(person_id: int) -> EaterFacts:
    return queries.eater_of(db.session(), signed_in().account_id, person_id)

"""An elder's page: what is kept, how the elder eats, where meals are brought to."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.families import queries, service, words
from ylyx_site.families.forms import AddressForm, DietForm, PressForm
from ylyx_site.families.queries import ElderRecord
from ylyx_site.families.queries.groups import groups_of
from ylyx_site.families.views.doors import ID, PEOPLE, address_of, show_refusal
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.doors import refused, write_once
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared import htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("elders", __name__)


@pages.get(f"{PEOPLE}/{ID}/diet")
@access(SIGNED_IN)
def diet_page(child_id: int) -> str:
    """How the elder eats."""
    eater = _record(child_id).eater
    form = DietForm(
        diet=[one.value for one in eater.diet],
        texture=eater.texture.value,
        avoids="、".join(eater.avoids),
    )
    return _diet_page(child_id, form)


@pages.post(f"{PEOPLE}/{ID}/diet")
@access(SIGNED_IN)
def change_diet(child_id: int) -> ResponseReturnValue:
    """Store how the elder eats."""
    form = DietForm()
    if not form.validate_on_submit():
        return _diet_page(child_id, form), 422
    try:
        wish = form.wish(child_id)  # may refuse too: more is avoided than anybody cooks without
        key, answer = str(form.key.data), address_of(child_id)
        write_once(key, wish, answer, lambda session, who, now:
                   service.change_diet(session, wish, actor_id=who, now=now))  # fmt: skip
    except Refusal as refusal:
        status = show_refusal(form, refusal)
        return _diet_page(child_id, form), status
    return htmx.see_other(answer)


@pages.get(f"{PEOPLE}/{ID}/address")
@access(SIGNED_IN)
def address_page(child_id: int) -> str:
    """Where meals are brought to."""
    now = _record(child_id).address
    parts = {name: getattr(now, name) for name in AddressForm.PARTS} if now else {}
    return _address_page(child_id, _address_form(**parts))


@pages.post(f"{PEOPLE}/{ID}/address")
@access(SIGNED_IN)
def change_address(child_id: int) -> ResponseReturnValue:
    """Store the address."""
    form = _address_form()
    if not form.validate_on_submit():
        return _address_page(child_id, form), 422
    wish, answer = form.wish(child_id), address_of(child_id)
    refusal = refused(form, wish, answer, lambda session, who, now: service.change_address(
        session, wish, actor_id=who, now=now
    ))  # fmt: skip
    if refusal is not None:
        return _address_page(child_id, form), refusal.status
    return htmx.see_other(answer)


@pages.post(f"{PEOPLE}/{ID}/address/erasure")
@access(SIGNED_IN)
def forget_address(child_id: int) -> ResponseReturnValue:
    """Erase the address."""
    form, answer = PressForm(), address_of(child_id)
    if form.validate_on_submit():
        write_once(str(form.key.data), child_id, answer, lambda session, who, now:
                   service.forget_address(session, child_id, actor_id=who, now=now))  # fmt: skip
    return htmx.see_other(answer)


def elder_page(person_id: int) -> str:
    """All that is kept about an elder."""
    record, session = _record(person_id), db.session()
    return render(
        "families/elder.html",
        record=record,
        elder=record.eater,
        groups=groups_of(session, person_id),
        places=[
            queries.division_name(session, code) if code else ""
            for code in (record.eater.hukou_division, record.eater.residence_division)
        ],
        me=signed_in().account_id,
        words=words,
    )


def _record(person_id: int) -> ElderRecord:
    me = signed_in().account_id
    record = queries.elder_record(db.session(), me, person_id)
    remember_read("families.elder_read", f"person:{person_id}", actor_id=me)
    return record


def _diet_page(person_id: int, form: DietForm) -> str:
    eater = queries.eater_of(db.session(), signed_in().account_id, person_id)
    return render("families/diet.html", form=form, elder=eater, back=address_of(person_id))


def _address_form(**parts: str) -> AddressForm:
    form = AddressForm(**parts)
    form.offer(queries.towns(db.session()))
    return form


def _address_page(person_id: int, form: AddressForm) -> str:
    eater = queries.eater_of(db.session(), signed_in().account_id, person_id)
    return render(
        "families/address.html",
        form=form,
        press=PressForm(formdata=None),
        elder=eater,
        back=address_of(person_id),
    )

"""A family's people: the list, a new child, a child's record."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ylyx_site.families import queries, service, words
from ylyx_site.families.forms import (
    ChildChangeForm,
    ChildForm,
    ElderForm,
    PressForm,
    ReadNumberForm,
    SelfForm,
)
from ylyx_site.families.kinds import BondState, PersonKind
from ylyx_site.families.queries import ChildRecord
from ylyx_site.families.rules import may_withdraw
from ylyx_site.families.views.asking import elder_page as elder_form_page
from ylyx_site.families.views.asking import self_page
from ylyx_site.families.views.doors import ID, PEOPLE, address_of, show_refusal
from ylyx_site.families.views.elders import elder_page
from ylyx_site.families.wishes import ChildWish
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import Sex
from ylyx_site.shared.once import once, settle
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render
from ylyx_site.shared.web import safe_next

pages = Blueprint("families", __name__)
ASKED = f"{PEOPLE}/asked"


@pages.get(PEOPLE)
@access(SIGNED_IN)
def people() -> str:
    """Everybody whom I may act for."""
    session, me = db.session(), signed_in().account_id
    return render(
        "families/people.html",
        people=queries.people_of(session, me),
        eaters={one.id: one for one in queries.eaters_of(session, me)},
        asked_for=queries.children_asked_for(session, me),
        asked=queries.asked_by(session, me),
        words=words,
    )


@pages.get(f"{PEOPLE}/new")
@access(SIGNED_IN)
def new_person() -> str:
    """Who is to be added, one question a page: first whom, then the facts."""
    kind = request.args.get("kind", "")
    if kind == "child":
        return _new_page(ChildForm())
    if kind == "elder":
        return elder_form_page(ElderForm())
    return self_page(SelfForm()) if kind == "self" else render("families/whom.html")


@pages.post(f"{PEOPLE}/new")
@access(SIGNED_IN)
def add_child() -> ResponseReturnValue:
    """Store consent and child, or ask the guardian who registered the child already."""
    form = ChildForm()
    if not form.validate_on_submit():
        return _new_page(form), 422
    try:
        return htmx.see_other(_onward(_add(form.key.data or "", form.wish())))
    except Refusal as refusal:
        status = show_refusal(form, refusal)
        return _new_page(form), status


def _onward(answer: str) -> str:
    """Back to the booking that sent somebody here to add a child first, once it is added."""
    return answer if answer == ASKED else safe_next(request.form.get("next"), answer)


@pages.get(ASKED)
@access(SIGNED_IN)
def asked() -> str:
    """The child is known; its guardian is asked. Says nothing else about it."""
    return render("families/asked.html")


@pages.get(f"{PEOPLE}/{ID}")
@access(SIGNED_IN)
def child(child_id: int) -> str:
    """All that is kept about a child, or about an elder."""
    person = queries.person_of(db.session(), signed_in().account_id, child_id)
    if person.kind == PersonKind.ELDER:
        return elder_page(child_id)
    return _child_page(child_id, ReadNumberForm())


@pages.post(f"{PEOPLE}/{ID}/reveal")
@access(SIGNED_IN)
def reveal(child_id: int) -> ResponseReturnValue:
    """The same page with the whole ID number, for a reason."""
    form = ReadNumberForm()
    if not form.validate_on_submit():
        return _child_page(child_id, form), 422
    try:
        with transaction() as session:
            number = service.read_id_number(
                session, child_id, form.chosen(), actor_id=signed_in().account_id, now=clock.now()
            )
    except Refusal as refusal:
        status = show_refusal(form, refusal)
        return _child_page(child_id, form), status
    return _child_page(child_id, form, number)


@pages.get(f"{PEOPLE}/{ID}/edit")
@access(SIGNED_IN)
def edit_child(child_id: int) -> str:
    """Change what is kept."""
    record = _record(child_id)
    facts = record.facts
    form = ChildChangeForm(
        name=facts.name,
        born_on=facts.born_on,
        relation=facts.relation.value,
        sex=next((sex.value for sex in Sex if sex.value[0] == record.sex), ""),
        note=record.note,
    )
    return _edit_page(form, record)


@pages.post(f"{PEOPLE}/{ID}/edit")
@access(SIGNED_IN)
def change_child(child_id: int) -> ResponseReturnValue:
    """Store the change."""
    record, form = _record(child_id), ChildChangeForm()
    if not form.validate_on_submit():
        return _edit_page(form, record), 422
    try:
        _change(child_id, form)
    except Refusal as refusal:
        status = show_refusal(form, refusal)
        return _edit_page(form, record), status
    return htmx.see_other(address_of(child_id))


def _add(key: str, wish: ChildWish) -> str:
    me, now = signed_in().account_id, clock.now()
    with transaction() as session:
        earlier = once(session, key, wish, actor_id=me, answer=PEOPLE, now=now)
        if earlier is not None:
            return earlier
        added = service.add_child(session, wish, actor_id=me, now=now)
        answer = address_of(added.id) if added else ASKED
        return settle(session, key, actor_id=me, answer=answer)


def _change(child_id: int, form: ChildChangeForm) -> None:
    me, now, wish = signed_in().account_id, clock.now(), form.wish(child_id)
    with transaction() as session:
        key, answer = form.key.data or "", address_of(child_id)
        if once(session, key, wish, actor_id=me, answer=answer, now=now) is None:
            service.edit_child(session, wish, actor_id=me, now=now)


def _record(child_id: int) -> ChildRecord:
    me = signed_in().account_id
    record = queries.record_of(db.session(), me, child_id)
    remember_read("families.child_read", f"person:{child_id}", actor_id=me)
    return record


def _new_page(form: ChildForm) -> str:
    return render("families/new.html", form=form)


def _edit_page(form: ChildChangeForm, record: ChildRecord) -> str:
    return render("families/edit.html", form=form, record=record)


def _child_page(child_id: int, form: ReadNumberForm, number: str = "") -> str:
    record = _record(child_id)
    guardians = queries.guardians_of(db.session(), child_id)
    live = {one.account_id for one in guardians if one.state == BondState.LIVE}
    me = signed_in().account_id
    return render(
        "families/child.html",
        record=record,
        child=record.facts,
        guardians=guardians,
        live=live,
        me=me,
        may_withdraw=may_withdraw(record.consent_by, live, me),
        number=number,
        form=form,
        press=PressForm,  # a key of its own for each button
        words=words,
    )

"""A nursery's telephone rings: which family is meant, and a family that is new."""

from datetime import date

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.counter.forms.care import NewFamilyForm
from ylyx_site.counter.forms.phone import FindForm, MeetForm
from ylyx_site.counter.queries.elders import photo_of
from ylyx_site.counter.queries.families import (
    FoundFamily,
    find_families,
    recent_families,
    refuse_unknown_child,
)
from ylyx_site.counter.rules.asking import Asked, asked_from
from ylyx_site.counter.service.families import enter_family, meet_family
from ylyx_site.counter.views.doors import HEADS, PHONE
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, write_once
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.ages import months_on
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import once, settle
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render
from ylyx_site.shared.uploads import shown_picture, takes_a_picture
from ylyx_site.shared.words import age_words

pages = Blueprint("desk_families", __name__)
CHILDREN = f"{PHONE}/children"
NEW = f"{PHONE}/families/new"


def search() -> str | BaseResponse | tuple[str, int]:
    """Who is meant; the one child whom the desk knows is opened at once. Writes nothing."""
    form, today = FindForm(), clock.today()
    if not form.validate():
        return page(form, found=None), 422
    try:
        asked = asked_from(form.words.data or "", today)
    except Refusal as refusal:
        form.refuse(refusal)
        return page(form, found=None), 422
    found = [] if asked.number else find_families(db.session(), own_facility(), asked, today)
    if len(found) == 1 and found[0].is_known:
        return htmx.see_other(address_of(found[0], by_phone=_by_phone(asked)))
    for one in found:
        remember_read(
            "counter.family_found", f"person:{one.child_id}",
            actor_id=signed_in().account_id, facility_id=own_facility(),
        )  # fmt: skip
    return page(form, found=found, by_phone=_by_phone(asked))


def make_acquaintance() -> BaseResponse | tuple[str, int]:
    """Open the record of a family that was found by the whole number."""
    form, house = MeetForm(), own_facility()
    if not form.validate():
        return page(FindForm(formdata=None), found=[]), 422
    wish = form.wish()
    try:
        answer = write_once(
            str(form.key.data), (wish, wish.words), f"{CHILDREN}/{wish.person_id}",
            lambda session, who, now: meet_family(session, house, wish, actor_id=who, now=now),
        )  # fmt: skip
    except Refusal as refusal:
        again = FindForm(formdata=None)
        again.refuse(refusal)
        return page(again, found=None), 422
    return htmx.see_other(answer)


def page(form: FindForm, *, found: list[FoundFamily] | None, by_phone: bool = False) -> str:
    """The field with what it found, or for whom something was booked here last."""
    people = []
    if found is None:
        people = recent_families(db.session(), own_facility(), clock.today())
    return render(
        "counter/care_phone.html", form=form, people=people, found=found, age_on=_age_on,
        address_of=address_of, by_phone=by_phone,
    )  # fmt: skip


def address_of(one: FoundFamily, *, by_phone: bool = False) -> str:
    """The card; found by a number, it is that guardian who calls."""
    card = f"{CHILDREN}/{one.child_id}"
    return f"{card}?guardian={one.handle}" if by_phone else card


def _age_on(born_on: date) -> str:
    return age_words(max(0, months_on(born_on, clock.today())))


def _by_phone(asked: Asked) -> bool:
    return bool(asked.tail or asked.phone)


@pages.get(NEW)
@access(*HEADS)
def new_page() -> str:
    """The short form of a family without an account."""
    return render("counter/care_new.html", form=NewFamilyForm())


@pages.post(NEW)
@access(*HEADS)
@takes_a_picture
def enter() -> BaseResponse | tuple[str, int]:
    """Enter the family and go on to the card, where the first day is booked."""
    form = NewFamilyForm()
    if not form.validate_on_submit():
        return render("counter/care_new.html", form=form), 422
    try:
        return htmx.see_other(_enter(form))
    except Refusal as refusal:
        form.refuse(refusal)
        return render("counter/care_new.html", form=form), refusal.status


def _enter(form: NewFamilyForm) -> str:
    wish, house, key = form.wish(), own_facility(), str(form.key.data)
    who, now = signed_in().account_id, clock.now()
    with transaction() as session:
        asked = (wish, wish.phone, wish.photo)
        earlier = once(session, key, asked, actor_id=who, answer=PHONE, now=now)
        if earlier is not None:
            return earlier
        child_id = enter_family(session, house, wish, actor_id=who, now=now)
        return settle(session, key, actor_id=who, answer=f"{CHILDREN}/{child_id}")


@pages.get(f"{CHILDREN}/<int:child_id>/paper")
@access(*HEADS)
def show_paper(child_id: int) -> Response:
    """The photograph of a consent (`?number=`) that this desk has filed."""
    house, number = own_facility(), request.args.get("number", type=int)
    refuse_unknown_child(db.session(), house, child_id, clock.today())
    if number is None or number >= 2**31:
        raise NotFound
    photo = photo_of(db.session(), house, child_id, number)
    remember_read(
        "counter.paper_read", f"person:{child_id}",
        actor_id=signed_in().account_id, facility_id=house,
    )  # fmt: skip
    return shown_picture(photo)

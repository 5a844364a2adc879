"""The telephone rings: one field finds who is meant."""

from flask import Blueprint
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.counter.forms.phone import FindForm, MeetForm
from ylyx_site.counter.queries.people import Found, find, recent
from ylyx_site.counter.rules.asking import asked_from
from ylyx_site.counter.service.people import meet
from ylyx_site.counter.views import families
from ylyx_site.counter.views.doors import CLERKS, HEADS, PHONE
from ylyx_site.families.words import years_on
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, write_once
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("desk_phone", __name__)


@pages.get(PHONE)
@access(*CLERKS, *HEADS)
def phone_page() -> str:
    """The field, and for whom something was ordered or booked last."""
    if _is_nursery():
        return families.page(FindForm(), found=None)
    return _page(FindForm(), found=None)


@pages.post(f"{PHONE}/search")
@access(*CLERKS, *HEADS)
def search() -> str | BaseResponse | tuple[str, int]:
    """Who is meant; the one person whom the desk knows is opened at once. Writes nothing."""
    if _is_nursery():
        return families.search()
    form, canteen, today = FindForm(), own_facility(), clock.today()
    if not form.validate():
        return _page(form, found=None), 422
    try:
        asked = asked_from(form.words.data or "", today)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(form, found=None), 422
    found = find(db.session(), canteen, asked, today)
    if len(found) == 1 and found[0].is_known:
        return htmx.see_other(f"{PHONE}/people/{found[0].id}{form.onward()}")
    for one in found:
        remember_read(
            "counter.person_found", f"person:{one.id}",
            actor_id=signed_in().account_id, facility_id=canteen,
        )  # fmt: skip
    return _page(form, found=found)


@pages.post(f"{PHONE}/acquaintances")
@access(*CLERKS, *HEADS)
def make_acquaintance() -> BaseResponse | tuple[str, int]:
    """Open the record of somebody who was found by the whole number."""
    if _is_nursery():
        return families.make_acquaintance()
    form, canteen = MeetForm(), own_facility()
    if not form.validate():
        return _page(FindForm(formdata=None), found=[]), 422
    wish = form.wish()
    try:
        answer = write_once(
            str(form.key.data), wish, f"{PHONE}/people/{wish.person_id}",
            lambda session, who, now: meet(session, canteen, wish, actor_id=who, now=now),
        )  # fmt: skip
    except Refusal as refusal:
        again = FindForm(formdata=None)
        again.refuse(refusal)
        return _page(again, found=None), 422
    return htmx.see_other(answer)


def _is_nursery() -> bool:
    return signed_in().role in HEADS


def _page(form: FindForm, *, found: list[Found] | None) -> str:
    people = recent(db.session(), own_facility(), clock.today()) if found is None else []
    return render(
        "counter/phone.html", form=form, people=people, found=found, years_on=years_on,
        onward=form.onward(),
    )  # fmt: skip

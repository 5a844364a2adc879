"""排候补: what would be waited for, then joining."""

from urllib.parse import urlencode

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ylyx_site.childcare.words import care_name
from ylyx_site.facilities.queries import FacilityFacts, facilities_of
from ylyx_site.families.queries import children_of
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render
from ylyx_site.waiting import words
from ylyx_site.waiting.forms import JoinForm, NeedForm
from ylyx_site.waiting.queries.nearby import Near, lengths_of, nearby
from ylyx_site.waiting.queries.terms import answer_minutes
from ylyx_site.waiting.queries.waits import typical_waits
from ylyx_site.waiting.service.joining import Need, around, join, need_of
from ylyx_site.waiting.views.doing import done

pages = Blueprint("joining", __name__)


@pages.get("/waiting/new")
@access(SIGNED_IN)
def new_entry() -> ResponseReturnValue:
    """What would be waited for, where, and how long it takes; nothing is written."""
    form = NeedForm(_with_child())
    if not form.validate():
        return _page(form, JoinForm(MultiDict()), None), 422
    try:
        need = need_of(
            db.session(), form.need(), account_id=signed_in().account_id, now=clock.now()
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(form, JoinForm(MultiDict()), None), 422
    return _page(form, JoinForm(MultiDict()), need)


@pages.post("/waiting")
@access(SIGNED_IN)
def create_entry() -> ResponseReturnValue:
    """Join the queues, or show the page again with the reason."""
    form, who = JoinForm(), signed_in().account_id
    if not form.validate():
        return _page(form, form, None), 422
    wish = form.need()
    onward = done(
        form,
        lambda session, now: f"/waiting/{join(session, wish, actor_id=who, now=now)}?joined=1",
        actor_id=who, answer="/waiting", asked=wish,
    )  # fmt: skip
    if isinstance(onward, str):
        return htmx.see_other(onward)
    return _page(form, form, None), onward


def _with_child() -> MultiDict[str, str]:
    """The fields of the address; without a child, the family's eldest."""
    fields: MultiDict[str, str] = MultiDict(request.args)
    if not fields.get("child_id"):
        children = children_of(db.session(), signed_in().account_id)
        fields.setlist("child_id", [str(child.id) for child in children[:1]])
    return fields


def _page(form: NeedForm, posted: JoinForm, need: Need | None) -> str:
    session, who = db.session(), signed_in()
    chosen = _chosen(form)
    children = children_of(session, who.account_id)
    others = _others(form, chosen, need) if need and chosen else []
    shown = [one.id for one in chosen] + [one.id for one, _is_free in others]
    return render(
        "waiting/new.html",
        form=form, posted=posted, need=need, chosen=chosen, children=children,
        others=[one for one, is_free in others if not is_free],
        free=[one for one, is_free in others if is_free],
        answer_minutes=answer_minutes(session, [one.id for one in chosen]),
        lengths=lengths_of(session, shown), waits=typical_waits(session, shown, clock.now()),
        fields=_fields(form), booking=urlencode(_fields(form)), words=words, care_name=care_name,
    )  # fmt: skip


def _others(form: NeedForm, chosen: list[FacilityFacts], need: Need) -> list[tuple[Near, bool]]:
    """Other nurseries of the town for the same children and days; whether they have a place."""
    session, who = db.session(), signed_in().account_id
    near = nearby(session, chosen)
    found = around(
        session, form.need(), need, [one.id for one in near], account_id=who, now=clock.now()
    )
    return [(one, found[one.id]) for one in near if one.id in found]


def _chosen(form: NeedForm) -> list[FacilityFacts]:
    """The nurseries that were asked for; raises `NotFound` when there is none such."""
    wanted = list(dict.fromkeys(form.facility_id.data or ()))
    found = facilities_of(db.session(), wanted)
    houses = [found[one] for one in wanted if one in found and found[one].is_nursery]
    if len(houses) < len(wanted):
        raise NotFound
    return houses


def _fields(form: NeedForm) -> list[tuple[str, str]]:
    """What the page carries on hidden: the need as it was typed, but the nurseries."""
    return [
        (field.name, str(value))
        for field in form
        if field.name not in ("facility_id", "together", "csrf_token", "key", "note", "class_id")
        for value in (field.raw_data or ())
        if value
    ]

"""A family is on the telephone: the card, and booking the usual with one key."""

from collections.abc import Callable

from flask import Blueprint, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.childcare.forms import CareForm
from ylyx_site.childcare.policy import Planned, make_plan
from ylyx_site.childcare.queries.terms import terms_of
from ylyx_site.childcare.service.bookings import late_days
from ylyx_site.counter.forms.care import CareCallForm
from ylyx_site.counter.policy.care import (
    coming,
    days_to_choose,
    next_day,
    usual_fields,
)
from ylyx_site.counter.queries.care_calls import family_card
from ylyx_site.counter.service.care import book_for, hold_for, join_for
from ylyx_site.counter.views.care_page import Call, render_card
from ylyx_site.counter.views.doors import HEADS, PHONE
from ylyx_site.counter.views.families import CHILDREN
from ylyx_site.counter.wishes import Caller
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, write_once, write_under_a_code
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.places.errors import Full
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import Refusal

pages = Blueprint("desk_care_calls", __name__)
CARD = f"{CHILDREN}/<int:child_id>"
ASKED = ("kind", "half", "start", "end")
Answer = str | BaseResponse | tuple[str, int]


@pages.get(CARD)
@access(*HEADS)
def call_page(child_id: int) -> str | tuple[str, int]:
    """The card with the usual filled in and priced; nothing is written but the journal."""
    call = _call(child_id, request.args)
    form = CareForm(call.fields)
    planned = _planned(call, form)
    page = _page(call, form, CareCallForm(MultiDict()), planned)
    return (page, 422) if form.errors else page


@pages.post(f"{CARD}/bookings")
@access(*HEADS)
def create_booking(child_id: int) -> Answer:
    """Book it, or show the card with the reason and the figures of now."""
    form = CareCallForm()

    def act(caller: Caller) -> str:
        wish, reason = form.wish(caller.facility_id), form.reason
        return write_under_a_code(
            str(form.key.data), (caller, wish, reason), f"{PHONE}/bookings",
            lambda session, code, who, now: book_for(
                session, caller, wish, reason=reason, actor_id=who, code=code, now=now
            ),
            again=(Full,),
        )  # fmt: skip

    return _do(child_id, form, act)


@pages.post(f"{CARD}/holds")
@access(*HEADS)
def create_hold(child_id: int) -> Answer:
    """Hold what the form says for the family, and come back to it."""
    form = CareCallForm()

    def act(caller: Caller) -> str:
        wish = form.wish(caller.facility_id)
        back = _again(child_id, form)
        return write_once(
            str(form.key.data), ("hold", caller, wish), back,
            lambda session, _who, now: hold_for(session, caller, wish, now=now),
        )  # fmt: skip

    return _do(child_id, form, act)


@pages.post(f"{CARD}/waiting")
@access(*HEADS)
def join_queue(child_id: int) -> Answer:
    """Join the queue of this nursery for the family."""
    form = CareCallForm()

    def act(caller: Caller) -> str:
        need = form.need(caller.facility_id)
        back = address(f"{CHILDREN}/{child_id}", guardian=caller.handle, joined="1")
        return write_once(
            str(form.key.data), ("wait", caller, need), back,
            lambda session, who, now: join_for(session, caller, need, actor_id=who, now=now),
        )  # fmt: skip

    return _do(child_id, form, act)


def _do(child_id: int, form: CareCallForm, act: Callable[[Caller], str]) -> Answer:
    """Do it and go on, or show the card again."""
    status = 422
    if form.validate():
        try:
            caller = Caller(own_facility(), child_id, str(form.guardian.data or ""))
            return htmx.see_other(act(caller))
        except Refusal as refusal:
            status = refusal.status
            form.refuse(refusal)
    call = _call(child_id, request.form)
    return _page(call, form, form, _plan_again(call, form)), status


def _call(child_id: int, given: MultiDict[str, str]) -> Call:
    session, house, now = db.session(), own_facility(), clock.now()
    today = clock.day_of(now)
    card = family_card(session, house, child_id, given.get("guardian", ""), today)
    remember_read(
        "counter.family_opened", f"person:{child_id}",
        actor_id=signed_in().account_id, facility_id=house,
    )  # fmt: skip
    terms = terms_of(session, house, coming(today))
    usual = usual_fields(card.last, child_id)
    fields = _with_usual(usual, given)
    whose = {int(one) for one in fields.getlist("child_id") if one.isdecimal()}
    booked = {one.day for one in card.coming if one.child_id in whose}
    days = days_to_choose(fields, terms, booked, now)
    day = next_day(days)
    if not fields.getlist("date") and day is not None:
        fields["date"] = day.isoformat()
    is_usual = card.last is not None and all(
        fields.get(name, "") == usual.get(name, "") for name in ASKED
    )
    return Call(card, terms, days, fields, is_usual)


def _with_usual(usual: dict[str, str], given: MultiDict[str, str]) -> MultiDict[str, str]:
    """The fields of the address; what is missing is as last time."""
    fields: MultiDict[str, str] = MultiDict(given)
    if "kind" not in fields:
        for name in ASKED:
            fields.setlist(name, [usual[name]] if usual.get(name) else [])
    if not fields.getlist("child_id"):
        fields["child_id"] = usual["child_id"]
    return fields


def _planned(call: Call, form: CareForm) -> Planned | None:
    """The plan of the address; why it cannot be is told on the form."""
    if not form.date.raw_data or not form.validate():
        return None
    try:
        return _made(call, form)
    except Refusal as refusal:
        form.refuse(refusal)
        return None


def _plan_again(call: Call, form: CareForm) -> Planned | None:
    """What can be shown of the plan after a refusal; None when the form itself is wrong."""
    try:
        return _made(call, form)
    except (Refusal, ValueError):
        return None


def _made(call: Call, form: CareForm) -> Planned:
    """The plan, a late one too: the page asks for the reason."""
    return make_plan(
        db.session(), form.wish(own_facility()), account_id=call.account_id, now=clock.now(),
        explain=True, may_be_late=True,
    )  # fmt: skip


def _again(child_id: int, form: CareCallForm) -> str:
    """The card with the same choice."""
    asked = form.wish(own_facility())
    return address(
        f"{CHILDREN}/{child_id}", guardian=form.guardian.data, child_id=list(asked.child_ids),
        date=list(asked.days), kind=asked.kind.value, half=asked.half,
        start=form.start.data, end=form.end.data,
        instead_of=form.instead_of.data, instead_day=form.instead_day.data,
    )  # fmt: skip


def _page(call: Call, asked: CareForm, form: CareCallForm, planned: Planned | None) -> str:
    late = []
    if planned is not None and planned.plan.booked:
        late = late_days(asked.wish(own_facility()), planned, clock.now())
    return render_card(call, asked, form, planned, is_late=bool(late))

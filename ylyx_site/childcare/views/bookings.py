"""Booking a place: what would be booked, then booking it."""

from datetime import date, timedelta

from flask import Blueprint, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.childcare.errors import LeftOut, SomeDays
from ylyx_site.childcare.forms import HALVES, BookingForm, CareForm
from ylyx_site.childcare.paying import paying_of
from ylyx_site.childcare.policy import Planned, make_plan, moment, public_nursery
from ylyx_site.childcare.queries.terms import terms_of
from ylyx_site.childcare.rules.planning import Care, is_too_late
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service.bookings import book
from ylyx_site.childcare.views import draft
from ylyx_site.childcare.views.choices import Choices, choices_for
from ylyx_site.childcare.views.holding import holding_of
from ylyx_site.facilities.kinds import CareKind, Deed
from ylyx_site.facilities.queries import FacilityFacts
from ylyx_site.facilities.rules import FULL_DAY
from ylyx_site.families.queries import children_of
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.doors import write_under_a_code
from ylyx_site.identity.visitor import signed_in
from ylyx_site.places.errors import Full
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.spans import DaySpan
from ylyx_site.shared.templating import render

pages = Blueprint("care_bookings", __name__)
pages.after_request(draft.remember)


@pages.get("/childcare/<int:facility_id>/bookings/new")
@access(SIGNED_IN)
def new_booking(facility_id: int) -> str | tuple[str, int]:
    """What would be booked, what it costs, what is left out and why; nothing is written."""
    session, who = db.session(), signed_in()
    facility = public_nursery(session, facility_id)
    form = CareForm(_with_defaults(facility_id))
    planned: Planned | None = None
    if form.validate():
        try:
            planned = make_plan(
                session, form.wish(facility_id), account_id=who.account_id, now=clock.now(),
                explain=True,
            )  # fmt: skip
        except Refusal as refusal:
            form.refuse(refusal)
    page = _page(facility, form, planned)
    return page if not form.errors else (page, 422)


@pages.post("/childcare/<int:facility_id>/bookings")
@access(SIGNED_IN)
def create_booking(facility_id: int) -> BaseResponse | tuple[str, int]:
    """Book all of it, or show the same page with the reason."""
    form = BookingForm()
    left_out: list[LeftOut] = []
    status = 422
    if form.validate():
        wish = form.wish(facility_id)
        try:
            return htmx.see_other(_book(wish, str(form.key.data)))
        except SomeDays as refusal:
            left_out = list(refusal.left_out)
            form.refuse(refusal)
        except Refusal as refusal:
            status = refusal.status
            form.refuse(refusal)
    return page_again(facility_id, form, left_out), status


def page_again(facility_id: int, form: BookingForm, left_out: list[LeftOut] | None = None) -> str:
    """The same page after a refusal, with all that was typed."""
    facility = public_nursery(db.session(), facility_id)
    return _page(facility, form, _plan_again(form, facility_id), left_out or [])


def _book(wish: CareWish, key: str) -> str:
    """Book in one transaction; again when a place went while we looked. Returns the address."""
    return write_under_a_code(
        key, wish, "/childcare/bookings",
        lambda session, code, who, now: book(session, wish, actor_id=who, code=code, now=now),
        again=(Full,),
    )  # fmt: skip


def _plan_again(form: BookingForm, facility_id: int) -> Planned | None:
    """What can be shown of the plan after a refusal; None when the form itself is wrong."""
    try:
        wish = form.wish(facility_id)
        who = signed_in().account_id
        return make_plan(db.session(), wish, account_id=who, now=clock.now(), explain=True)
    except (Refusal, ValueError):
        return None


def _with_defaults(facility_id: int) -> MultiDict[str, str]:
    """The fields of the address; a page opened without any shows the next whole day."""
    fields: MultiDict[str, str] = MultiDict(request.args)
    if "child" in fields and "child_id" not in fields:
        fields.setlist("child_id", fields.poplist("child"))
    if "child_id" not in fields:
        children = children_of(db.session(), signed_in().account_id)
        fields.setlist("child_id", [str(child.id) for child in children[:1]])
    fields.setdefault("kind", "full_day")
    if not {"date", "weekdays", "from", "to"} & set(fields):
        days = _first_day(facility_id, fields["kind"], fields.get("half", ""))
        fields.setlist("date", [day.isoformat() for day in days])
    return fields


def _first_day(facility_id: int, kind: str, half: str) -> list[date]:
    """The next open day for which this care can still be booked; else the next open day."""
    tomorrow = clock.today() + timedelta(days=1)
    terms = terms_of(db.session(), facility_id, DaySpan(tomorrow, tomorrow + timedelta(days=20)))
    days = [day for day, opening in sorted(terms.openings.items()) if opening.span is not None]
    if kind in tuple(CareKind):
        span, now = terms.hours.get(half) or terms.hours[FULL_DAY], moment(clock.now())
        wanted = [Care(CareKind(kind), half if half in HALVES else "", day, span) for day in days]
        in_time = [one.day for one in wanted if not is_too_late(terms, Deed.ADD, one, now)]
        days = in_time or days
    return days[:1]


def _page(
    facility: FacilityFacts,
    form: CareForm,
    planned: Planned | None,
    left_out: list[LeftOut] | None = None,
) -> str:
    who = signed_in()
    choices: Choices = choices_for(
        facility, form, planned, children_of(db.session(), who.account_id)
    )
    posted = form if isinstance(form, BookingForm) else _empty_form(form)
    return render(
        "childcare/new.html",
        facility=facility,
        form=form,
        posted=posted,
        planned=planned,
        left_out=left_out if left_out is not None else (planned.plan.left_out if planned else []),
        choices=choices,
        queueing=WriteForm(MultiDict()),
        holding=holding_of(db.session(), facility.id, planned),
        paying=paying_of(planned),
    )


def _empty_form(asked: CareForm) -> BookingForm:
    """A fresh form, with the note that waits for these children."""
    return BookingForm(MultiDict(), note=draft.note_for(asked.child_id.data))

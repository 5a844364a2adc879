"""Booking a place, the ticket, the family's list, cancelling and undoing."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.childcare import calendar_file, words
from ylyx_site.childcare.errors import CodeTakenError, LeftOut, SomeDays
from ylyx_site.childcare.forms import HALVES, BookingForm, CareForm, EndingForm
from ylyx_site.childcare.policy import Planned, make_plan, moment, public_nursery
from ylyx_site.childcare.queries import bookings as queries
from ylyx_site.childcare.queries.terms import terms_of
from ylyx_site.childcare.rules.planning import Care, deadline, is_too_late
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service import endings
from ylyx_site.childcare.service.bookings import book
from ylyx_site.childcare.views import draft
from ylyx_site.childcare.views.choices import Choices, choices_for
from ylyx_site.facilities.kinds import CareKind, Deed
from ylyx_site.facilities.queries import FacilityFacts, facility_of
from ylyx_site.facilities.rules import FULL_DAY
from ylyx_site.families.queries import children_of
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.places.errors import Full
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import pretty_code, public_code
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.spans import DaySpan, TimeSpan
from ylyx_site.shared.templating import render

pages = Blueprint("care_bookings", __name__)
pages.after_request(draft.remember)
TRIES = 6  # a place that went while we looked: another class may have one


@pages.get("/childcare/<int:facility_id>/bookings/new")
@access(SIGNED_IN)
def new_booking(facility_id: int) -> str | tuple[str, int]:
    """What would be booked, what it costs, what is left out and why; nothing is written."""
    session, who = db.session(), signed_in()
    facility = public_nursery(session, facility_id)
    form = CareForm(_with_defaults(facility_id), meta={"csrf": False})
    planned: Planned | None = None
    if form.validate():
        try:
            planned = make_plan(
                session, form.wish(facility_id), account_id=who.account_id, now=clock.now()
            )
        except Refusal as refusal:
            if refusal.status == 404:
                raise
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
            if refusal.status == 404:
                raise
            status = refusal.status
            form.refuse(refusal)
    facility = public_nursery(db.session(), facility_id)
    return _page(facility, form, _plan_again(form, facility_id), left_out), status


def _book(wish: CareWish, key: str) -> str:
    """Book in one transaction; again when a place went while we looked. Returns the address."""
    for attempt in range(1, TRIES + 1):
        code = public_code()
        answer = f"/childcare/bookings/{code}"
        who, now = signed_in(), clock.now()
        try:
            with transaction() as session:
                earlier = once(session, key, wish, actor_id=who.account_id, answer=answer, now=now)
                if earlier is None:
                    book(session, wish, actor_id=who.account_id, code=code, now=now)
        except (Full, CodeTakenError):
            if attempt == TRIES:
                raise
        else:
            return earlier or answer
    raise AssertionError("unreachable")


def _plan_again(form: BookingForm, facility_id: int) -> Planned | None:
    """What can be shown of the plan after a refusal; None when the form itself is wrong."""
    try:
        wish = form.wish(facility_id)
        return make_plan(db.session(), wish, account_id=signed_in().account_id, now=clock.now())
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
    )


def _empty_form(asked: CareForm) -> BookingForm:
    """A fresh form, with the note that waits for these children."""
    return BookingForm(MultiDict(), note=draft.note_for(asked.child_id.data))


@dataclass(frozen=True, slots=True)
class TicketDay:
    """A day of a booking as its ticket shows it; `cancel_until` None: it cannot be any more."""

    row: queries.DayRow
    cancel_until: str | None


@pages.get("/childcare/bookings")
@access(SIGNED_IN)
def list_bookings() -> str:
    """What is to come, then what was."""
    who, session, today = signed_in(), db.session(), clock.today()
    page = max(1, request.args.get("page", 1, type=int))
    past = queries.past_days(session, who.account_id, today, min(page, 1000))
    return render(
        "childcare/bookings.html",
        coming=queries.coming_days(session, who.account_id, today),
        past=past[: queries.PAGE],
        has_next=len(past) > queries.PAGE,
        page=page,
    )


@pages.get("/childcare/bookings/<code>")
@access(SIGNED_IN)
def show_booking(code: str) -> str:
    """The ticket: code, what was booked, how to cancel."""
    return _ticket(code, EndingForm(MultiDict(), meta={"csrf": False}))


@pages.get("/childcare/bookings/<code>.ics")
@access(SIGNED_IN)
def booking_calendar(code: str) -> Response:
    """The days that stand, as a calendar file."""
    session, who = db.session(), signed_in()
    booking = queries.own_booking(session, who.account_id, code)
    facility = facility_of(session, booking.facility_id)
    rows = queries.days_of_booking(session, who.account_id, booking.id)
    answer = Response(calendar_file.of(rows, facility), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="{code}.ics"'
    return answer


@pages.get("/childcare/bookings/<code>/cancellation")
@access(SIGNED_IN)
def confirm_cancellation(code: str) -> str | tuple[str, int]:
    """What would be cancelled; asks once."""
    form = EndingForm(request.args, meta={"csrf": False})
    if not form.validate():
        return _ticket(code, form), 422
    days: list[date] = []
    try:
        _booking, ending = endings.to_cancel(
            db.session(), form.wish(code), actor_id=signed_in().account_id, now=clock.now()
        )
        days = sorted({one.day for one in ending})
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.refuse(refusal)
    return render(
        "childcare/cancel.html", code=code, form=form, days=days, pretty=pretty_code(code)
    )


@pages.post("/childcare/bookings/<code>/cancellation")
@access(SIGNED_IN)
def cancel_booking(code: str) -> BaseResponse | tuple[str, int]:
    """Cancel some days, or all that is still to come."""
    form = EndingForm()
    return _end(code, form, lambda session, who, now: endings.cancel(
        session, form.wish(code), actor_id=who, now=now
    ))  # fmt: skip


@pages.post("/childcare/bookings/<code>/undo")
@access(SIGNED_IN)
def undo_booking(code: str) -> BaseResponse | tuple[str, int]:
    """Take it all back within ten minutes."""
    form = EndingForm()
    return _end(code, form, lambda session, who, now: endings.undo(
        session, code, actor_id=who, now=now
    ))  # fmt: skip


def _end(code: str, form: EndingForm, command: Any) -> BaseResponse | tuple[str, int]:
    if not form.validate():
        return _ticket(code, form), 422
    who, now, answer = signed_in().account_id, clock.now(), f"/childcare/bookings/{code}"
    try:
        with transaction() as session:
            key = form.key.data
            wish = (request.path, form.wish(code))
            if not key or not once(session, key, wish, actor_id=who, answer=answer, now=now):
                command(session, who, now)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.refuse(refusal)
        return _ticket(code, form), 422
    return htmx.see_other(answer)


def _ticket(code: str, form: EndingForm) -> str:
    session, who, now = db.session(), signed_in(), clock.now()
    booking = queries.own_booking(session, who.account_id, code)
    rows = queries.days_of_booking(session, who.account_id, booking.id)
    facility = facility_of(session, booking.facility_id)
    terms = terms_of(session, facility.id, DaySpan(rows[0].day, rows[-1].day))
    days = []
    for row in rows:
        care = Care(booking.kind, booking.half, row.day, TimeSpan(row.starts, row.ends))
        open_still = row.state == "booked" and endings.may_cancel(terms, care, now)
        until = words.until(deadline(terms, Deed.CANCEL, care)) if open_still else None
        days.append(TicketDay(row, until))
    undo_seconds = (booking.booked_at + endings.UNDO - now).total_seconds()
    return render(
        "childcare/ticket.html", booking=booking, facility=facility, days=days, form=form,
        pretty=pretty_code(code), live=[one for one in days if one.row.state == "booked"],
        undo_seconds=max(0, round(undo_seconds)), name=words.care_name(booking.kind, booking.half),
        key=BookingForm(MultiDict()).key.data,
    )  # fmt: skip

"""The ticket, the family's list, cancelling, undoing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.childcare import calendar_file, words
from ylyx_site.childcare.forms import EndingForm
from ylyx_site.childcare.models import CareBooking, CareState
from ylyx_site.childcare.paying import BenefitRow, rows_of
from ylyx_site.childcare.policy import may_change
from ylyx_site.childcare.queries import bookings as queries
from ylyx_site.childcare.queries.benefits import lines_of
from ylyx_site.childcare.queries.terms import terms_of
from ylyx_site.childcare.rules.planning import Care, Terms, deadline
from ylyx_site.childcare.service import endings
from ylyx_site.facilities.kinds import CareKind, Deed
from ylyx_site.facilities.queries import facility_of
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import pretty_code, row_number
from ylyx_site.shared.once import new_key, once
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.spans import DaySpan, TimeSpan, text_from_minute
from ylyx_site.shared.templating import render

pages = Blueprint("care_tickets", __name__)


@dataclass(frozen=True, slots=True)
class TicketDay:
    """A day of a booking as its ticket shows it; None where it cannot be done any more."""

    row: queries.DayRow
    cancel_until: str | None
    change_address: str | None
    may_tell_absence: bool

    @property
    def is_written(self) -> bool:
        """Whether the nursery or the family wrote something about the day itself."""
        return self.row.arrived_at is not None or self.row.state == CareState.ABSENT


@pages.get("/childcare/bookings")
@access(SIGNED_IN)
def list_bookings() -> str:
    """What is to come, then what was."""
    who, session, today = signed_in(), db.session(), clock.today()
    page = max(1, request.args.get("page", 1, type=row_number))
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
    return _ticket(code, EndingForm(MultiDict()))


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
    form = EndingForm(request.args)
    if not form.validate():
        return _ticket(code, form), 422
    days: list[date] = []
    try:
        _booking, ending = endings.to_cancel(
            db.session(), form.wish(code), actor_id=signed_in().account_id, now=clock.now()
        )
        days = sorted({one.day for one in ending})
    except Refusal as refusal:
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
        form.refuse(refusal)
        return _ticket(code, form), 422
    return htmx.see_other(answer)


def _ticket(code: str, form: EndingForm) -> str:
    session, who, now = db.session(), signed_in(), clock.now()
    booking = queries.own_booking(session, who.account_id, code)
    rows = queries.days_of_booking(session, who.account_id, booking.id)
    facility = facility_of(session, booking.facility_id)
    terms = terms_of(session, facility.id, DaySpan(rows[0].day, rows[-1].day))
    days = [_ticket_day(row, rows, booking, terms) for row in rows]
    undo_seconds = (booking.booked_at + endings.UNDO - now).total_seconds()
    return render(
        "childcare/ticket.html", booking=booking, facility=facility, days=days, form=form,
        pretty=pretty_code(code), live=[one for one in days if one.row.state == CareState.BOOKED],
        benefits=_benefits(rows),
        undo_seconds=max(0, round(undo_seconds)), name=words.care_name(booking.kind, booking.half),
        key=new_key(),
    )  # fmt: skip


def _benefits(rows: list[queries.DayRow]) -> tuple[BenefitRow, ...]:
    """What others pay of the days that stand."""
    paid = [row.id for row in rows if row.state == CareState.BOOKED and row.benefit_fen]
    return rows_of(lines_of(db.session(), paid)) if paid else ()


def _ticket_day(
    row: queries.DayRow, rows: list[queries.DayRow], booking: CareBooking, terms: Terms
) -> TicketDay:
    now = clock.now()
    care = Care(booking.kind, booking.half, row.day, TimeSpan(row.starts, row.ends))
    stands = row.state == CareState.BOOKED and row.arrived_at is None
    until = change = None
    if stands and endings.may_cancel(terms, care, now):
        until = words.until(deadline(terms, Deed.CANCEL, care))
    if stands and may_change(terms, care, now):
        together = [one.child_id for one in rows if one.day == row.day and one.state == row.state]
        hourly = booking.kind is CareKind.HOURLY
        change = address(
            f"/childcare/{booking.facility_id}/bookings/new",
            child_id=together, date=row.day, kind=booking.kind.value, half=booking.half,
            start=text_from_minute(row.starts) if hourly else None,
            end=text_from_minute(row.ends) if hourly else None,
            instead_of=booking.code, instead_day=row.day,
        )  # fmt: skip
    is_to_come = (row.day, row.ends) > (clock.day_of(now), clock.minute_of(now))
    return TicketDay(row, until, change, stands and is_to_come)

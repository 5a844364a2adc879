"""What a nursery has just booked for a caller: the confirmation, cancelling, taking it back."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.childcare import words
from ylyx_site.childcare.models import CareBooking, CareState
from ylyx_site.childcare.paying import rows_of
from ylyx_site.childcare.policy import may_change
from ylyx_site.childcare.queries.benefits import lines_of
from ylyx_site.childcare.queries.bookings import DayRow, days_of_booking
from ylyx_site.childcare.queries.terms import terms_of
from ylyx_site.childcare.rules.planning import Care
from ylyx_site.childcare.rules.wishes import CancelWish
from ylyx_site.childcare.service.endings import may_cancel, may_undo
from ylyx_site.counter.forms.phone import EndForm, FindForm
from ylyx_site.counter.queries.care_calls import booking_here
from ylyx_site.counter.service.care import cancel_for, undo_for
from ylyx_site.counter.views.doors import HEADS, PHONE
from ylyx_site.counter.views.families import CHILDREN
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.families.queries import handle_of
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, refused
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.addresses import Value, address
from ylyx_site.shared.db import db
from ylyx_site.shared.identifiers import pretty_code
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import DaySpan, TimeSpan, text_from_minute
from ylyx_site.shared.templating import render

pages = Blueprint("desk_care_bookings", __name__)
BOOKING = f"{PHONE}/bookings/<code>"


@pages.get(BOOKING)
@access(*HEADS)
def show_booking(code: str) -> str:
    """What was booked, what it costs, how to take it back; the next call begins here."""
    return _page(code, EndForm(MultiDict()))


@pages.post(f"{BOOKING}/undo")
@access(*HEADS)
def undo(code: str) -> BaseResponse | tuple[str, int]:
    """Take it all back within ten minutes."""
    house = own_facility()
    return _end(code, "undo", lambda session, _wish, who, now: undo_for(
        session, house, code, actor_id=who, now=now
    ))  # fmt: skip


@pages.post(f"{BOOKING}/cancellation")
@access(*HEADS)
def cancel(code: str) -> BaseResponse | tuple[str, int]:
    """Cancel some days, or all that is still to come, under the family's own limits."""
    house = own_facility()
    return _end(code, "cancel", lambda session, wish, who, now: cancel_for(
        session, house, wish, actor_id=who, now=now
    ))  # fmt: skip


def _end(
    code: str, deed: str, command: Callable[[Session, CancelWish, int, datetime], int]
) -> BaseResponse | tuple[str, int]:
    form = EndForm()
    if not form.validate():
        return _page(code, form), 422
    wish = CancelWish(code, tuple(sorted(set(form.date.data))))
    answer = f"{PHONE}/bookings/{code}"
    refusal = refused(form, (deed, wish), answer, lambda session, who, now: command(
        session, wish, who, now
    ))  # fmt: skip
    if refusal is not None:
        return _page(code, form), refusal.status
    return htmx.see_other(answer)


def _page(code: str, form: EndForm) -> str:
    session, house, now = db.session(), own_facility(), clock.now()
    booking = booking_here(session, house, code, clock.day_of(now))
    rows = days_of_booking(session, booking.account_id, booking.id)
    if not rows:
        raise NotFound
    for child_id in sorted({row.child_id for row in rows}):
        remember_read(
            "counter.booking_read", f"person:{child_id}",
            actor_id=signed_in().account_id, facility_id=house,
        )  # fmt: skip
    live = [row for row in rows if row.state == CareState.BOOKED]
    return render(
        "counter/care_booking.html", booking=booking, rows=rows, form=form,
        find=FindForm(None), pretty=pretty_code(code), live=live,
        name=words.care_name(booking.kind, booking.half), changes=_changes(booking, live, now),
        cancellable=_cancellable(booking, live, now),
        may_undo=booking.booked_by is not None and bool(live) and may_undo(booking, now),
        benefits=rows_of(lines_of(session, [row.id for row in live if row.benefit_fen])),
        card=_card(booking, rows[0].child_id),
    )  # fmt: skip


def _card(booking: CareBooking, child_id: int, /, **fields: Value) -> str:
    handle = handle_of(child_id, booking.account_id)
    return address(f"{CHILDREN}/{child_id}", guardian=handle, **fields)


def _care(booking: CareBooking, row: DayRow) -> Care:
    return Care(booking.kind, booking.half, row.day, TimeSpan(row.starts, row.ends))


def _cancellable(booking: CareBooking, live: list[DayRow], now: datetime) -> list[DayRow]:
    if not live:
        return []
    terms = terms_of(db.session(), booking.facility_id, DaySpan(live[0].day, live[-1].day))
    return [
        row
        for row in live
        if row.arrived_at is None and may_cancel(terms, _care(booking, row), now)
    ]


def _changes(booking: CareBooking, live: list[DayRow], now: datetime) -> dict[int, str]:
    """Where each day that may be changed is changed, by the day's number."""
    if not live:
        return {}
    terms = terms_of(db.session(), booking.facility_id, DaySpan(live[0].day, live[-1].day))
    hourly = booking.kind is CareKind.HOURLY
    return {
        row.id: _card(
            booking, row.child_id,
            child_id=[one.child_id for one in live if one.day == row.day],
            date=row.day, kind=booking.kind.value, half=booking.half,
            start=text_from_minute(row.starts) if hourly else None,
            end=text_from_minute(row.ends) if hourly else None,
            instead_of=booking.code, instead_day=row.day,
        )
        for row in live
        if row.arrived_at is None and may_change(terms, _care(booking, row), now)
    }  # fmt: skip

"""Absence in two taps, and what the nursery wrote about a day."""

from datetime import datetime
from itertools import groupby

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ylyx_site.attendance import words
from ylyx_site.attendance.forms.absences import AbsenceForm
from ylyx_site.attendance.queries.family import records_of
from ylyx_site.attendance.returns import added, returns_of
from ylyx_site.attendance.service.absences import excusable_days, tell_absence
from ylyx_site.attendance.views.notes import remember_own
from ylyx_site.childcare.queries.bookings import days_of_booking, own_booking
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.doors import refused
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.identifiers import pretty_code
from ylyx_site.shared.spans import text_from_minute
from ylyx_site.shared.templating import render

pages = Blueprint("absences", __name__)
ADDRESS = "/childcare/bookings/<code>"


@pages.app_template_filter("teacher")
def teacher_text(name: str | None) -> str:
    """Whoever wrote something, as families know them."""
    return words.teacher(name)


@pages.app_template_filter("fetcher")
def fetcher_text(left_with: str | None, sealed: str | None = None) -> str:
    """Who fetched the child, and by what right."""
    return words.fetcher(left_with or "", sealed)


@pages.app_template_filter("clock_time")
def clock_time(instant: datetime) -> str:
    """An instant as the time on Shanghai's clock, 08:05."""
    return text_from_minute(clock.minute_of(instant))


@pages.get(f"{ADDRESS}/absence")
@access(SIGNED_IN)
def confirm_absence(code: str) -> ResponseReturnValue:
    """Asks once; the days of the address are ticked already."""
    form = AbsenceForm(request.args)
    return (_page(code, form), 200) if form.validate() else (_page(code, form), 422)


@pages.post(f"{ADDRESS}/absence")
@access(SIGNED_IN)
def tell(code: str) -> ResponseReturnValue:
    """Free the place at once."""
    form, answer = AbsenceForm(), f"/childcare/bookings/{code}"
    if form.validate():
        wish = form.wish(code)
        if not refused(form, wish, answer, lambda session, who, now: tell_absence(
            session, wish, actor_id=who, now=now
        )):  # fmt: skip
            return htmx.see_other(answer)
    return _page(code, form), 422


@pages.get(f"{ADDRESS}/attendance")
@access(SIGNED_IN)
def show_attendance(code: str) -> str:
    """Who wrote what and when; what staff write counts."""
    records = records_of(db.session(), signed_in().account_id, code)
    remember_own(one.child_id for one in records if one.note)
    return render(
        "attendance/family.html", code=code, pretty=pretty_code(code), records=records,
        words=words, temperature=words.temperature,
    )  # fmt: skip


def _page(code: str, form: AbsenceForm) -> str:
    session, who = db.session(), signed_in().account_id
    booking = own_booking(session, who, code)
    children = {row.child_id: row.child for row in days_of_booking(session, who, booking.id)}
    wanted = {one for one in form.child_id.data or () if one in children}
    now = clock.now()
    live = [
        one
        for one in excusable_days(session, code, actor_id=who, now=now)
        if not wanted or one.child_id in wanted
    ]
    back = returns_of(session, [one.id for one in live], now)
    by_day = [(day, list(rows)) for day, rows in groupby(live, lambda one: one.day)]
    days = [
        (day, [children[one.child_id] for one in rows], added(back, [one.id for one in rows]))
        for day, rows in by_day
    ]
    dates = {day.isoformat() for day, _names, _back in days}
    return render(
        "attendance/absence.html", code=code, pretty=pretty_code(code), form=form, wanted=wanted,
        days=days, ticked=set(form.date.data or ()) or (dates if len(dates) == 1 else set()),
    )  # fmt: skip

"""The week of the roster: who is there, what is short, what to do."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ylyx_site.facilities.doors import own_nursery
from ylyx_site.identity.access import access
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.places.confirming import is_confirmed
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.language import gettext
from ylyx_site.shared.spans import DaySpan
from ylyx_site.shared.templating import render
from ylyx_site.staffing.forms.shifts import CopyForm, StartForm
from ylyx_site.staffing.kinds import CERTIFICATES, JOBS, SHIFTS, CertificateKind, Job, ShiftKind
from ylyx_site.staffing.queries.boards import HouseDay, house_days, week_of
from ylyx_site.staffing.queries.shifts import (
    counts_from,
    monday_of,
    planned_days,
    shifts_between,
)
from ylyx_site.staffing.service.weeks import copy_week, left_out, start_counting
from ylyx_site.staffing.views.doors import asked_day, carer_choices, save

pages = Blueprint("duty", __name__)
WEEK = timedelta(days=7)
WORDS: dict[type[StrEnum], Mapping[Any, str]] = {
    Job: JOBS,
    CertificateKind: CERTIFICATES,
    ShiftKind: SHIFTS,
}


@pages.app_template_filter("duty_word")
def duty_word(kind: StrEnum) -> str:
    """What a job, a certificate or the kind of a shift is called."""
    return gettext(WORDS[type(kind)][kind])


@pages.get("/desk/duty")
@access(Role.HEAD, Role.CARER)
def week_page() -> str:
    """A week of the own roster; one day of it by half hour."""
    return _week(CopyForm(formdata=None), asked_day("week"))


@pages.post("/desk/duty/copies")
@access(Role.HEAD)
def copy() -> ResponseReturnValue:
    """Fill a week from the week before."""
    form = CopyForm()
    week = form.week.data if form.validate_on_submit() and form.week.data else clock.today()
    monday = monday_of(week)
    address = f"/desk/duty?week={monday}&copied=1"
    command = partial(copy_week, confirmed=is_confirmed())
    return save(form, form.wish, command, partial(_week, form, monday), address)


@pages.get("/desk/duty/start")
@access(Role.HEAD)
def start_page() -> str:
    """From which day on the roster limits the places."""
    tomorrow = clock.today() + timedelta(days=1)
    return _start(StartForm(formdata=None, from_day=tomorrow))


@pages.post("/desk/duty/start")
@access(Role.HEAD)
def save_start() -> ResponseReturnValue:
    """Let the roster limit the places from a day on."""
    form = StartForm()
    command = partial(start_counting, confirmed=is_confirmed())
    return save(form, form.wish, command, partial(_start, form), "/desk/duty?saved=1")


def _start(form: StartForm) -> str:
    session = db.session()
    facility = own_nursery(session)
    since = counts_from(session, facility.id)
    return render("staffing/start.html", facility=facility, form=form, since=since)


def _week(form: CopyForm, asked: date) -> str:
    session, today = db.session(), clock.today()
    facility = own_nursery(session)
    week = week_of(asked)
    shifts = shifts_between(session, facility.id, week)
    days = house_days(session, facility.id, week, shifts)
    shown = {
        day: one
        for day, one in days.items()
        if one.opening.span or any(shift.day == day for shift in shifts)
    }
    is_copied = bool(request.args.get("copied"))
    return render(
        "staffing/week.html",
        facility=facility,
        form=form,
        week=week,
        before=week.first - WEEK,
        after=week.first + WEEK,
        days=shown,
        day=_chosen(shown, today),
        shifts={
            (day, class_id): [one for one in shifts if (one.day, one.class_id) == (day, class_id)]
            for day, house in shown.items()
            for class_id in [*(one.class_id for one in house.classes), None]
        },
        coming=[one for house in shown.values() for one in house.missing if one.day >= today],
        since=counts_from(session, facility.id),
        planned=bool(planned_days(session, facility.id, DaySpan(week.first, week.first))),
        left_out=left_out(session, facility.id, week.first) if is_copied else [],
        carers=carer_choices(session, facility.id, max(today, week.first)),
        may_edit=signed_in().role is Role.HEAD,
    )


def _chosen(days: dict[date, HouseDay], today: date) -> date | None:
    """The day to show by half hour: the one asked for, else the first that is short, or today."""
    asked = request.args.get("day", "")
    by_text = {str(day): day for day in days}
    if asked in by_text:
        return by_text[asked]
    short = [day for day, house in days.items() if house.missing and day >= today]
    coming = [day for day in days if day >= today]
    return next(iter([*short, *coming, *days]), None)

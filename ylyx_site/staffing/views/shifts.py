"""Shifts of the own roster, and what a carer's absence would leave short."""

from datetime import date
from functools import partial

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.facilities.doors import own_nursery
from ylyx_site.facilities.queries import opening_on
from ylyx_site.identity.access import access
from ylyx_site.identity.roles import Role
from ylyx_site.places.confirming import is_confirmed
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.spans import text_from_minute
from ylyx_site.shared.templating import render
from ylyx_site.shared.words import day_text
from ylyx_site.staffing.forms.carers import WithdrawForm
from ylyx_site.staffing.forms.shifts import AbsenceForm, NewShiftForm, ShiftForm, number
from ylyx_site.staffing.models import Shift
from ylyx_site.staffing.queries.boards import week_of, what_if
from ylyx_site.staffing.queries.carers import carer_of
from ylyx_site.staffing.queries.shifts import monday_of, shift_of
from ylyx_site.staffing.service.leave import take_leave
from ylyx_site.staffing.service.shifts import change_shift, plan_shift, remove_shift
from ylyx_site.staffing.views.doors import asked_day, carer_choices, class_choices, save
from ylyx_site.staffing.wishes import ShiftEnd

pages = Blueprint("duty_shifts", __name__)


@pages.get("/desk/duty/shifts/new")
@access(Role.HEAD)
def new_page() -> str:
    """A shift to be planned; who, where and when may come along in the address."""
    session, day = db.session(), max(asked_day("day"), clock.today())
    facility = own_nursery(session)
    calendar = working_calendar(session, day, day)
    span = opening_on(session, [facility.id], day, day, calendar)[facility.id, day].span
    form = NewShiftForm(
        formdata=None,
        carer_id=number(request.args.get("carer", "")),
        class_id=number(request.args.get("class", "")),
        days=[day],
        starts=request.args.get("starts") or (text_from_minute(span.start) if span else ""),
        ends=request.args.get("ends") or (text_from_minute(span.end) if span else ""),
    )
    return _new(form, day)


@pages.post("/desk/duty/shifts")
@access(Role.HEAD)
def save_shift() -> ResponseReturnValue:
    """Plan a shift on one or several days."""
    form = NewShiftForm()
    day = min(form.days.data or [clock.today()])
    command = partial(plan_shift, confirmed=is_confirmed())
    return save(form, form.wish, command, partial(_new, form, day), _week_of(day))


@pages.get("/desk/duty/shifts/<int:shift_id>")
@access(Role.HEAD)
def shift_page(shift_id: int) -> str:
    """A shift to be moved or taken off."""
    session = db.session()
    shift = shift_of(session, own_nursery(session).id, shift_id)
    return _shift(_as_it_is(shift), shift_id)


@pages.post("/desk/duty/shifts/<int:shift_id>")
@access(Role.HEAD)
def move_shift(shift_id: int) -> ResponseReturnValue:
    """Give a shift another carer, class, time or kind."""
    session = db.session()
    shift = shift_of(session, own_nursery(session).id, shift_id)
    form = ShiftForm()
    command = partial(change_shift, confirmed=is_confirmed())
    return save(
        form,
        lambda: form.change(shift_id),
        command,
        partial(_shift, form, shift_id),
        _week_of(shift.day),
    )


@pages.post("/desk/duty/shifts/<int:shift_id>/removal")
@access(Role.HEAD)
def take_off(shift_id: int) -> ResponseReturnValue:
    """Take a shift off the roster."""
    session = db.session()
    shift = shift_of(session, own_nursery(session).id, shift_id)
    form = WithdrawForm()
    command = partial(remove_shift, confirmed=is_confirmed())
    page = partial(_shift, _as_it_is(shift), shift_id, form)
    return save(form, lambda: ShiftEnd(shift_id), command, page, _week_of(shift.day))


@pages.get("/desk/duty/absence")
@access(Role.HEAD)
def absence_page() -> str:
    """What would be short if a carer were not there on a day; nothing is changed by looking."""
    carer_id, day = number(request.args.get("carer", "")), max(asked_day("day"), clock.today())
    return _absence(AbsenceForm(formdata=None, carer=str(carer_id), day=day))


@pages.post("/desk/duty/absence")
@access(Role.HEAD)
def save_absence() -> ResponseReturnValue:
    """Write the leave whose effects were shown: bookings stay, nobody new gets in."""
    form = AbsenceForm()
    command = partial(take_leave, confirmed=True)
    day = form.day.data or clock.today()
    return save(form, form.wish, command, partial(_absence, form), _week_of(day))


def _week_of(day: date) -> str:
    return f"/desk/duty?week={monday_of(day)}&day={day}&saved=1"


def _new(form: NewShiftForm, day: date) -> str:
    session, today = db.session(), clock.today()
    facility = own_nursery(session)
    week = [one for one in week_of(day).days() if one >= today]
    calendar = working_calendar(session, week[0], week[-1])
    opening = opening_on(session, [facility.id], week[0], week[-1], calendar)
    form.days.choices = [
        (str(one), day_text(one)) for one in week if opening[facility.id, one].span
    ]
    _choose(form, facility.id, day)
    return render("staffing/new_shift.html", facility=facility, form=form, day=day)


def _as_it_is(shift: Shift) -> ShiftForm:
    return ShiftForm(
        formdata=None,
        carer_id=shift.carer_id,
        class_id=shift.class_id,
        kind=shift.kind.value,
        starts=text_from_minute(shift.starts),
        ends=text_from_minute(shift.ends),
    )


def _shift(form: ShiftForm, shift_id: int, removal: WithdrawForm | None = None) -> str:
    session = db.session()
    facility = own_nursery(session)
    shift = shift_of(session, facility.id, shift_id)
    _choose(form, facility.id, shift.day)
    return render(
        "staffing/shift.html",
        facility=facility,
        form=form,
        shift=shift,
        removal=removal or WithdrawForm(formdata=None),
    )


def _choose(form: ShiftForm, facility_id: int, day: date) -> None:
    session = db.session()
    form.carer_id.choices = [("", _("请选择")), *carer_choices(session, facility_id, day)]
    form.class_id.choices = [
        ("", _("不在班上（培训、请假）")),
        *class_choices(session, facility_id, day),
    ]


def _absence(form: AbsenceForm) -> str:
    session = db.session()
    facility = own_nursery(session)
    day = form.day.data or clock.today()
    carer = carer_of(session, facility.id, number(str(form.carer.data)))
    before, after = what_if(session, facility.id, carer, day)
    return render(
        "staffing/absence.html",
        facility=facility,
        form=form,
        carer=carer,
        day=day,
        before=before,
        after=after,
        carers=carer_choices(session, facility.id, day),
    )

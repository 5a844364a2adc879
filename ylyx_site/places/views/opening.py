"""When the own nursery is open: the week, closures, weekends worked by 调休."""

from datetime import date, timedelta
from functools import partial

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.calendar.rules import DayKind
from ylyx_site.facilities import queries as register
from ylyx_site.facilities.doors import own_nursery
from ylyx_site.facilities.queries.history import closure_of, coming_hours, weekends_from
from ylyx_site.facilities.queries.opening import week_of
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility
from ylyx_site.identity.roles import Role
from ylyx_site.places.boards import peaks
from ylyx_site.places.confirming import is_confirmed
from ylyx_site.places.forms.opening import WEEKDAYS, ClosureForm, PressForm, WeekendForm, WeekForm
from ylyx_site.places.service import opening
from ylyx_site.places.views.doors import save
from ylyx_site.places.wishes import LiftWish, ShutWeekendWish
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import DaySpan, text_from_minute
from ylyx_site.shared.templating import render

pages = Blueprint("desk_opening", __name__)
A_YEAR = timedelta(days=366)


@pages.get("/desk/facility/opening")
@access(Role.HEAD)
def week_page() -> str:
    """The hours of the week as they hold tomorrow, to be changed from a day on."""
    from_day = clock.today() + timedelta(days=1)
    form = WeekForm(formdata=None, from_day=from_day)
    week = week_of(db.session(), own_facility(), from_day)
    for (opens, closes), span in zip(form.pairs, week.values(), strict=True):
        opens.data = text_from_minute(span.start) if span else ""
        closes.data = text_from_minute(span.end) if span else ""
    return _week(form)


@pages.post("/desk/facility/opening")
@access(Role.HEAD)
def save_week() -> ResponseReturnValue:
    """Change the week from a day on."""
    form = WeekForm()
    command = partial(opening.change_week, confirmed=is_confirmed())
    return save(form, form.wish, command, _week, "opening")


@pages.get("/desk/facility/closures")
@access(Role.HEAD)
def closures_page() -> str:
    """The coming closures, how many children are booked on their days, and a new one."""
    return _closures(ClosureForm(formdata=None))


@pages.post("/desk/facility/closures")
@access(Role.HEAD)
def save_closure() -> ResponseReturnValue:
    """Shut the nursery on some days."""
    form = ClosureForm()
    command = partial(opening.close, confirmed=is_confirmed())
    return save(form, form.wish, command, _closures, "closures")


@pages.post("/desk/facility/closures/<int:closure_id>/lifting")
@access(Role.HEAD)
def lift_closure(closure_id: int) -> ResponseReturnValue:
    """Open again from today on."""
    closure_of(db.session(), own_facility(), closure_id)
    form = PressForm()
    wish = LiftWish(closure_id)
    return save(form, lambda: wish, opening.lift, _lifting, "closures")


@pages.get("/desk/facility/weekends")
@access(Role.HEAD)
def weekends_page() -> str:
    """The coming weekends worked by 调休, and on which of them the nursery opens."""
    return _weekends(WeekendForm(formdata=None))


@pages.post("/desk/facility/weekends")
@access(Role.HEAD)
def save_weekend() -> ResponseReturnValue:
    """Open on such a weekend."""
    form = WeekendForm()
    command = partial(opening.open_weekend, confirmed=is_confirmed())
    return save(form, form.wish, command, _weekends, "weekends")


@pages.post("/desk/facility/weekends/<day>/shutting")
@access(Role.HEAD)
def shut_weekend(day: str) -> ResponseReturnValue:
    """Stay shut on such a weekend after all."""
    wish = ShutWeekendWish(_day(day))
    if wish.day not in weekends_from(db.session(), own_facility(), clock.today()):
        raise NotFound
    command = partial(opening.shut_weekend, confirmed=is_confirmed())
    return save(PressForm(), lambda: wish, command, _shutting, "weekends")


def _week(form: WeekForm) -> str:
    session, today = db.session(), clock.today()
    facility = own_nursery(session)
    return render(
        "places/opening.html",
        facility=facility,
        form=form,
        weekdays=WEEKDAYS,
        coming=coming_hours(session, facility.id, today),
    )


def _closures(form: ClosureForm, pressed: PressForm | None = None) -> str:
    session, today = db.session(), clock.today()
    facility = own_nursery(session)
    closures = register.closures_of(session, facility.id, today, today + A_YEAR)
    booked = peaks(session, facility.id, today, today + A_YEAR)
    return render(
        "places/closures.html",
        facility=facility,
        form=form,
        press=pressed or PressForm(formdata=None),
        closures=closures,
        booked={
            one.id: {day: num for day, num in booked.items() if one.shuts(day)} for one in closures
        },
    )


def _lifting(form: PressForm) -> str:
    return _closures(ClosureForm(formdata=None), form)


def _weekends(form: WeekendForm, pressed: PressForm | None = None) -> str:
    session, today = db.session(), clock.today()
    facility = own_nursery(session)
    return render(
        "places/weekends.html",
        facility=facility,
        form=form,
        press=pressed or PressForm(formdata=None),
        weekends=_worked(session, today),
        open=weekends_from(session, facility.id, today),
    )


def _shutting(form: PressForm) -> str:
    return _weekends(WeekendForm(formdata=None), form)


def _worked(session: Session, today: date) -> list[date]:
    calendar = working_calendar(session, today, today + A_YEAR)
    days = DaySpan(today, today + A_YEAR).days()
    return [day for day in days if calendar.kind(day) is DayKind.working_weekend]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound from None

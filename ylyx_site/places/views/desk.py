"""The desk's first page: today at one's own facility; and the head's overview of it."""

from datetime import date, timedelta

from flask import Blueprint
from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.calendar.rules import DayKind
from ylyx_site.facilities import policy as facilities
from ylyx_site.facilities import queries as register
from ylyx_site.facilities.doors import own_house, own_nursery
from ylyx_site.facilities.queries.opening import week_of
from ylyx_site.facilities.rules.opening import DayOpening
from ylyx_site.identity.access import access
from ylyx_site.identity.roles import STAFF, Role
from ylyx_site.places.boards import boards, resource_names
from ylyx_site.places.queries import over_booked
from ylyx_site.places.rules import OverDay, over_days
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.language import gettext
from ylyx_site.shared.refusals import N_
from ylyx_site.shared.templating import render

pages = Blueprint("desk", __name__)
DAYS_AHEAD = 60
DAY_WORDS = {
    DayKind.working_day: N_("工作日"),
    DayKind.working_weekend: N_("调休上班"),
    DayKind.weekend: N_("周末"),
    DayKind.holiday: N_("法定节假日"),
}


@pages.app_template_filter("day_kind")
def day_kind_text(kind: DayKind) -> str:
    """What a day is for the whole country."""
    return gettext(DAY_WORDS[kind])


@pages.get("/desk")
@access(*STAFF)
def today_page() -> str:
    """Today at the own facility at a glance; a canteen sees its facts."""
    session, today = db.session(), clock.today()
    facility = own_house(session)
    days = [today, today + timedelta(days=1)]
    opening = _opening(session, facility.id, today)
    calendar = working_calendar(session, today, days[-1])
    return render(
        "places/desk.html",
        facility=facility,
        days=days,
        opening={one.day: one for one in opening},
        week=opening[:7],
        kinds={day: calendar.kind(day) for day in days},
        closures=facilities.coming_closures(opening),
        boards=boards(session, facility.id, days) if facility.is_nursery else {},
        over=_over(session, facility.id, today),
        names=resource_names(session, [facility.id]),
    )


@pages.get("/desk/facility")
@access(Role.HEAD)
def facility_overview() -> str:
    """What the head may change, each with what holds now."""
    session, today = db.session(), clock.today()
    facility = own_nursery(session)
    return render(
        "places/facility.html",
        facility=facility,
        week=week_of(session, facility.id, today),
        closures=register.closures_of(
            session, facility.id, today, today + timedelta(days=DAYS_AHEAD)
        ),
        classes=register.classes_of(session, facility.id, today),
        places=register.registered_places_on(session, [facility.id], today).get(facility.id, 0),
        prices=register.prices_on(session, [facility.id], today)[facility.id],
        hours=register.care_hours(session, facility.id),
        over=_over(session, facility.id, today),
        names=resource_names(session, [facility.id]),
    )


def _opening(session: Session, facility_id: int, today: date) -> list[DayOpening]:
    last = today + timedelta(days=DAYS_AHEAD - 1)
    calendar = working_calendar(session, today, last)
    return list(register.opening_on(session, [facility_id], today, last, calendar).values())


def _over(session: Session, facility_id: int, today: date) -> list[OverDay]:
    return over_days(over_booked(session, facility_id, today))

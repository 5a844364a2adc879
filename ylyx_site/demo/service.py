"""Filling an empty database with the demo district, and carrying it on day by day."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.calendar.rules import WorkingCalendar
from ylyx_site.demo.benefits import import_benefits
from ylyx_site.demo.bookings import enter_bookings, weekly_series
from ylyx_site.demo.calendars import import_calendars
from ylyx_site.demo.cast import enter_cast
from ylyx_site.demo.cast_families import cast_families, cast_series
from ylyx_site.demo.days import enter_days
from ylyx_site.demo.elders import enter_elders
from ylyx_site.demo.errors import OtherDataHere
from ylyx_site.demo.families import Charge, enter_children, enter_guardians
from ylyx_site.demo.hall import enter_hall
from ylyx_site.demo.kitchens import enter_kitchens, publish_menus
from ylyx_site.demo.meal_orders import enter_meal_orders
from ylyx_site.demo.papers import enter_papers
from ylyx_site.demo.people import invent_families
from ylyx_site.demo.register import Place, enter_divisions, enter_nurseries, enter_stations
from ylyx_site.demo.roster import enter_roster
from ylyx_site.demo.rounds import enter_rounds
from ylyx_site.demo.rules import credit_code, dice
from ylyx_site.demo.tables import names
from ylyx_site.demo.today import enter_today
from ylyx_site.demo.waiting import enter_waiting, keep_places
from ylyx_site.facilities.kinds import Filing
from ylyx_site.facilities.models import Facility
from ylyx_site.facilities.queries import opening_on
from ylyx_site.identity.models import Account
from ylyx_site.journal.service import note
from ylyx_site.places.publishing import DAYS_AHEAD, extend, publish_days
from ylyx_site.shared import clock
from ylyx_site.shared.spans import DaySpan

WORKING_DAYS_BOOKED, WORKING_DAYS_PAST = 10, 5
JOINED_BEFORE = timedelta(days=45)


def is_there(session: Session) -> bool:
    """Whether the demo district is in the database. Raises `OtherDataHere` if something else is."""
    ours = sa.select(Facility.id).where(Facility.credit_code == credit_code(1, public=False))
    if session.scalar(ours) is not None:
        return True
    for model in (Facility, Account):
        if session.scalar(sa.select(model.id).limit(1)) is not None:
            raise OtherDataHere
    return False


def carry_on(session: Session, *, now: datetime) -> None:
    """Publish the days and menus that are not there yet; books nobody."""
    extend(session, clock.day_of(now))
    publish_menus(session, now=now)


def fill(session: Session, *, now: datetime) -> None:
    """Enter the whole district into an empty database, in one transaction."""
    today = clock.day_of(now)
    import_calendars(session, now=now)
    import_benefits(session, today=today, now=now)
    calendar = working_calendar(session, today - timedelta(days=31), today + timedelta(days=92))
    divisions = enter_divisions(session)
    places = enter_nurseries(session, divisions, calendar, now=now)
    facilities = enter_stations(session, divisions, now=now)
    facilities |= {one.nursery.name: one.facility_id for one in places}
    accounts = enter_cast(session, facilities, now=now)
    enter_elders(session, accounts, joined=clock.instant_at(today - JOINED_BEFORE, 9 * 60))
    filed = [one for one in places if one.nursery.filing is Filing.FILED]
    enter_roster(session, filed, accounts, calendar, now=now)
    charges = _enter_care(session, filed, accounts, calendar, today)
    joined = clock.instant_at(today - JOINED_BEFORE, 9 * 60)
    enter_papers(session, charges, dice("papers"), joined=joined, now=now)
    enter_days(session, accounts, facilities["金星托育中心"], dice("days"), now=now)
    enter_today(session, accounts, facilities["金星托育中心"], dice("today"), now=now)
    enter_kitchens(session, facilities)
    publish_menus(session, now=now)
    enter_meal_orders(session, accounts, facilities, now=now)
    enter_rounds(session, accounts, facilities, now=now)
    enter_hall(session, accounts, facilities, now=now)
    keep_places(session, facilities["金星托育中心"])
    enter_waiting(session, accounts["13800000001"], division="500111", now=now)
    note(session, "demo.filled", f"division:{today}", actor_id=None, now=now)


def _enter_care(
    session: Session,
    places: list[Place],
    accounts: dict[str, int],
    calendar: WorkingCalendar,
    today: date,
) -> list[Charge]:
    """Families with bookings in the working days around today; the four in filing have none."""
    booked = DaySpan(
        calendar.working_days_before(today, WORKING_DAYS_PAST),
        calendar.add_working_days(today, WORKING_DAYS_BOOKED),
    )
    joined = clock.instant_at(today - JOINED_BEFORE, 9 * 60)
    throws = dice("families")
    families = invent_families(places, names(), booked, throws)
    guardians = enter_guardians(session, families, joined=joined)
    own = cast_families(accounts, places, today)
    cast_charges = enter_children(session, own, throws, joined=joined)
    charges = enter_children(session, zip(guardians, families, strict=True), throws, joined=joined)
    ids = [one.facility_id for one in places]
    publish_days(session, ids, booked.first, today + timedelta(days=DAYS_AHEAD))
    openings = opening_on(session, ids, booked.first, booked.last, calendar)
    series = weekly_series(charges, openings, booked.days(), throws)
    series += cast_series(cast_charges, openings, lambda n: _working_day(calendar, today, n))
    enter_bookings(session, series, throws)
    return cast_charges + charges


def _working_day(calendar: WorkingCalendar, today: date, n: int) -> date:
    if n < 0:
        return calendar.working_days_before(today, -n)
    return calendar.add_working_days(today, n)

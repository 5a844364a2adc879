"""Filling an empty database with the demo district."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.demo.calendars import import_calendars
from ylyx_site.demo.cast import enter_cast
from ylyx_site.demo.errors import OtherDataHere
from ylyx_site.demo.register import enter_divisions, enter_nurseries, enter_stations
from ylyx_site.demo.rules import credit_code
from ylyx_site.facilities.models import Facility
from ylyx_site.identity.models import Account
from ylyx_site.shared import clock


def is_there(session: Session) -> bool:
    """Whether the demo district is in the database. Raises `OtherDataHere` if something else is."""
    ours = sa.select(Facility.id).where(Facility.credit_code == credit_code(1, public=False))
    if session.scalar(ours) is not None:
        return True
    for model in (Facility, Account):
        if session.scalar(sa.select(model.id).limit(1)) is not None:
            raise OtherDataHere
    return False


def fill(session: Session, *, now: datetime) -> None:
    """Enter the whole district into an empty database, in one transaction."""
    today = clock.day_of(now)
    import_calendars(session, now=now)
    calendar = working_calendar(session, today - timedelta(days=31), today + timedelta(days=92))
    divisions = enter_divisions(session)
    places = enter_nurseries(session, divisions, calendar, now=now)
    stations = enter_stations(session, divisions, now=now)
    facilities = {one.nursery.name: one.facility_id for one in places} | stations
    enter_cast(session, facilities, now=now)

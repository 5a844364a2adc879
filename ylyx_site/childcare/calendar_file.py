"""A booking as a calendar file, for the phone's own calendar."""

from collections.abc import Iterable

from icalendar import Calendar, Event

from ylyx_site.childcare.queries.bookings import DayRow
from ylyx_site.facilities.queries import FacilityFacts
from ylyx_site.shared import clock
from ylyx_site.shared.identifiers import pretty_code
from ylyx_site.shared.language import gettext as _


def of(rows: Iterable[DayRow], facility: FacilityFacts) -> bytes:
    """The days that still stand, one event each, in UTC; names the child, the house, the code."""
    calendar = Calendar()
    calendar.add("prodid", "-//ylyx//childcare//ZH")
    calendar.add("version", "2.0")
    for row in rows:
        if row.state == "booked":
            calendar.add_component(_event(row, facility))
    made: bytes = calendar.to_ical()
    return made


def _event(row: DayRow, facility: FacilityFacts) -> Event:
    event = Event()
    event.add("uid", f"{row.code}-{row.id}@ylyx")
    event.add("dtstamp", clock.now())
    event.add("dtstart", clock.instant_at(row.day, row.starts))
    event.add("dtend", clock.instant_at(row.day, row.ends))
    event.add("summary", _("%(child)s 去%(facility)s", child=row.child, facility=facility.name))
    event.add("location", facility.address)
    event.add("description", _("入托码 %(code)s", code=pretty_code(row.code)))
    return event

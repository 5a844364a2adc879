"""「跟上次一样」 for a nursery's caller: which care, and on which of the coming days."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ylyx_site.childcare.errors import DayRefusal, NotOffered
from ylyx_site.childcare.policy import moment
from ylyx_site.childcare.queries.bookings import DayRow
from ylyx_site.childcare.rules.planning import (
    Care,
    Moment,
    Terms,
    is_too_late,
    refuse_day,
    rest_of,
)
from ylyx_site.facilities.kinds import CareKind, Deed
from ylyx_site.facilities.rules.hours import AM, PM, care_span
from ylyx_site.shared.spans import DaySpan, TimeSpan, minute_from_text, text_from_minute

AHEAD = timedelta(days=41)
MOST_DAYS = 9  # so many of the next open days can be chosen by a digit
FIRST_HOURS = ("09:00", "11:00")


@dataclass(frozen=True, slots=True)
class DayChoice:
    """A coming day on which the care can be asked for: `is_late` only with a reason."""

    day: date
    is_late: bool
    is_booked: bool


def coming(today: date) -> DaySpan:
    """The days that are offered."""
    return DaySpan(today, today + AHEAD)


def usual_fields(last: DayRow | None, child_id: int) -> dict[str, str]:
    """What is asked for when nobody says anything else: as last time; whoever is new, all day."""
    if last is None:
        return {"child_id": str(child_id), "kind": CareKind.FULL_DAY.value, "half": ""}
    fields = {"child_id": str(child_id), "kind": last.kind.value, "half": last.half}
    if last.kind is CareKind.HOURLY:
        hours = {"start": text_from_minute(last.starts), "end": text_from_minute(last.ends)}
        return fields | hours
    return fields


def days_to_choose(
    fields: Mapping[str, str], terms: Terms, booked: Collection[date], now: datetime
) -> list[DayChoice]:
    """The next open days for this care that are not over; those without a booking come first.

    Where few are left the booked ones are there too, because of other hours of the same day.
    """
    if fields.get("kind") not in tuple(CareKind):
        return []
    kind, half = CareKind(fields["kind"]), fields.get("half", "")
    half, at = half if half in (AM, PM) else "", moment(now)
    span = _span(kind, half, fields, terms)
    cares = [Care(kind, half, day, rest_of(kind, day, span, at)) for day in sorted(terms.openings)]
    found = [
        DayChoice(one.day, is_too_late(terms, Deed.ADD, one, at), one.day in booked)
        for one in cares
        if _can_be_asked(one, terms, at)
    ]
    free = [one for one in found if not one.is_booked][:MOST_DAYS]
    rest = [one for one in found if one.is_booked][: MOST_DAYS - len(free)]
    return sorted([*free, *rest], key=lambda one: one.day)


def next_day(days: Collection[DayChoice]) -> date | None:
    """The first day in time and not booked yet; else the first that is not booked."""
    free = [one for one in days if not one.is_booked]
    in_time = [one.day for one in free if not one.is_late]
    return next(iter([*in_time, *(one.day for one in free)]), None)


def _can_be_asked(care: Care, terms: Terms, at: Moment) -> bool:
    try:
        refuse_day(care, terms, at, may_be_late=True)
    except NotOffered:
        return True  # the page says so
    except DayRefusal:
        return False
    return True


def _span(kind: CareKind, half: str, fields: Mapping[str, str], terms: Terms) -> TimeSpan:
    """The hours of the care; those of the first choice where they cannot be read."""
    try:
        whole = care_span(terms.hours, kind, half)
        if whole is not None:
            return whole
        start, end = fields.get("start") or "", fields.get("end") or ""
        return TimeSpan(minute_from_text(start), minute_from_text(end))
    except ValueError:
        return TimeSpan(*(minute_from_text(one) for one in FIRST_HOURS))

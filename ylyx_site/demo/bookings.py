"""Care booked around today: who comes on which days, written down and taken from the ledger."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareBooking, CareDay, CareState
from ylyx_site.demo.families import Charge
from ylyx_site.demo.rows import insert_numbered, insert_rows
from ylyx_site.demo.rules import public_codes
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.facilities.rules import CARE_HOURS, DayOpening, price_fen
from ylyx_site.journal.models import JournalEntry
from ylyx_site.places.busy import CHILD, Presence, occupy
from ylyx_site.places.claims import Claim
from ylyx_site.places.models import ResourceKind
from ylyx_site.places.queries import resource_ids
from ylyx_site.places.service import take
from ylyx_site.shared import clock
from ylyx_site.shared.spans import TimeSpan

Openings = dict[tuple[int, date], DayOpening]
BOOKED_BEFORE = timedelta(days=21)  # all before today: nothing is there to be undone
EVERY_DAY = (1, 2, 3, 4, 5)
WEEKS = (*[EVERY_DAY] * 12, (1, 2, 3, 4), (2, 3, 4, 5), (1, 2, 4, 5), (1, 3, 5))
HALVES = (*[""] * 12, "am", "am", "pm")  # most whole days, some mornings, few afternoons


@dataclass(frozen=True, slots=True)
class Series:
    """One booking: a child, a half (empty: whole days) and its days."""

    charge: Charge
    half: str
    days: list[date]

    @property
    def kind(self) -> CareKind:
        """Whole or half days."""
        return CareKind.HALF_DAY if self.half else CareKind.FULL_DAY

    @property
    def span(self) -> TimeSpan:
        """The hours of each day."""
        return CARE_HOURS[self.half or "full_day"]

    @property
    def facility_id(self) -> int:
        """Where."""
        return self.charge.child.place.facility_id


def weekly_series(
    charges: list[Charge], openings: Openings, days: list[date], throws: Random
) -> list[Series]:
    """What each enrolled child has booked of these days: most come on all, some on a few."""
    series = []
    for charge in charges:
        is_crowded = charge.child.place.nursery.is_crowded
        week = EVERY_DAY if is_crowded else throws.choice(WEEKS)
        half = "" if is_crowded else throws.choice(HALVES)
        wanted = [day for day in days if day.isoweekday() in week]
        series.append(open_series(charge, half, wanted, openings))
    return [one for one in series if one.days]


def open_series(charge: Charge, half: str, days: list[date], openings: Openings) -> Series:
    """A booking of those of the days on which the nursery is open long enough."""
    whole = Series(charge, half, days)
    spans = {day: openings[whole.facility_id, day].span for day in days}
    open_days = [day for day, span in spans.items() if span and whole.span.within(span)]
    return Series(charge, half, open_days)


def enter_bookings(session: Session, series: list[Series], throws: Random) -> None:
    """Write the bookings, keep the children's time and take the places."""
    codes = public_codes(throws, len(series))
    coded = list(zip(series, codes, strict=True))
    ids = insert_numbered(session, CareBooking, [_booking_row(*one) for one in coded])
    insert_rows(session, CareDay, [
        _day_row(booking_id, one, day)
        for booking_id, one in zip(ids, series, strict=True)
        for day in one.days
    ])  # fmt: skip
    insert_rows(session, JournalEntry, [_journal_row(*one) for one in coded])
    occupy(
        session,
        CHILD,
        [Presence(one.charge.person_id, day, one.span) for one in series for day in one.days],
    )
    take(session, _claims(session, series))


def _claims(session: Session, series: list[Series]) -> list[Claim]:
    """All bookings added up: one claim for a class or house, day and span."""
    resources = resource_ids(session, {one.facility_id for one in series})
    counts = Counter(
        (resources[owner], day, one.span)
        for one in series
        for day in one.days
        for owner in (
            (ResourceKind.FACILITY, one.facility_id),
            (ResourceKind.CLASS, one.charge.child.class_id),
        )
    )
    return [Claim(*key, count) for key, count in counts.items()]


def _booked_at(one: Series) -> datetime:
    return clock.instant_at(one.days[0] - BOOKED_BEFORE, 9 * 60)


def _booking_row(one: Series, code: str) -> dict[str, Any]:
    return {
        "code": code,
        "facility_id": one.facility_id,
        "kind": one.kind,
        "half": one.half,
        "account_id": one.charge.account_id,
        "booked_at": _booked_at(one),
    }


def _day_row(booking_id: int, one: Series, day: date) -> dict[str, Any]:
    prices = one.charge.child.place.nursery.prices
    return {
        "booking_id": booking_id,
        "facility_id": one.facility_id,
        "class_id": one.charge.child.class_id,
        "child_id": one.charge.person_id,
        "day": day,
        "starts": one.span.start,
        "ends": one.span.end,
        "price_fen": price_fen(prices, one.kind, one.half, one.span.minutes),
        "state": CareState.BOOKED,
    }


def _journal_row(one: Series, code: str) -> dict[str, Any]:
    return {
        "at": _booked_at(one),
        "actor_id": one.charge.account_id,
        "facility_id": one.facility_id,
        "action": "childcare.booked",
        "subject": f"booking:{code}",
        "detail": f"{len(one.days)} {one.days[0]}..{one.days[-1]}",
    }

"""The roster and the ledger side by side: per class and half hour, needed, there and short."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.facilities.queries import class_caps_between, opening_on
from ylyx_site.facilities.queries.history import living_classes
from ylyx_site.facilities.rules.opening import DayOpening
from ylyx_site.places.boards import boards
from ylyx_site.shared.spans import DaySpan, TimeSpan
from ylyx_site.staffing.queries.carers import CarerFacts
from ylyx_site.staffing.queries.shifts import (
    ShiftFacts,
    candidates,
    duties,
    monday_of,
    shifts_between,
)
from ylyx_site.staffing.rules.board import Candidate, ClassDay, class_day, who_could
from ylyx_site.staffing.rules.counting import carers_by_slot


@dataclass(frozen=True, slots=True)
class Missing:
    """A stretch of a day in which a class lacks carers, and who could step in."""

    day: date
    class_id: int
    name: str
    span: TimeSpan
    short: int
    children: int
    room: int
    helpers: tuple[Candidate, ...]

    @property
    def over(self) -> int:
        """How many children stand over the ratio, at most."""
        return max(0, self.children - self.room)


@dataclass(frozen=True, slots=True)
class HouseDay:
    """A day of the house: its hours, its classes, the youngest first, and what is missing."""

    opening: DayOpening
    classes: tuple[ClassDay, ...]
    missing: tuple[Missing, ...] = ()

    @property
    def slots(self) -> list[int]:
        """The open half hours."""
        return list(self.opening.span.slots) if self.opening.span else []

    def missing_in(self, class_id: int) -> list[Missing]:
        """What one class lacks."""
        return [one for one in self.missing if one.class_id == class_id]


def house_days(
    session: Session, facility_id: int, days: DaySpan, shifts: Iterable[ShiftFacts]
) -> dict[date, HouseDay]:
    """Each of the days with these shifts; the same number of queries for one day and for seven."""
    helpers = candidates(session, facility_id, days.days())
    calendar = working_calendar(session, days.first, days.last)
    openings = opening_on(session, [facility_id], days.first, days.last, calendar)
    by_class = _classes(session, facility_id, days, openings, shifts)
    return {
        day: HouseDay(
            openings[facility_id, day], classes, tuple(_missing(day, classes, helpers[day]))
        )
        for day, classes in by_class.items()
    }


def what_if(
    session: Session, facility_id: int, carer: CarerFacts, day: date
) -> tuple[HouseDay, HouseDay]:
    """The day as it is, and as it would be without this carer, who then steps in for nobody."""
    one_day = DaySpan(day, day)
    shifts = shifts_between(session, facility_id, one_day)
    without = [one.on_leave() if one.carer.id == carer.id else one for one in shifts]
    before = house_days(session, facility_id, one_day, shifts)[day]
    after = house_days(session, facility_id, one_day, without)[day]
    missing = tuple(
        Missing(
            one.day, one.class_id, one.name, one.span, one.short, one.children, one.room,
            tuple(helper for helper in one.helpers if helper.carer_id != carer.id),
        )
        for one in after.missing
    )  # fmt: skip
    return before, HouseDay(after.opening, after.classes, missing)


def week_of(day: date) -> DaySpan:
    """Monday to Sunday."""
    monday = monday_of(day)
    return DaySpan(monday, date.fromordinal(monday.toordinal() + 6))


def _classes(
    session: Session,
    facility_id: int,
    days: DaySpan,
    openings: Mapping[tuple[int, date], DayOpening],
    shifts: Iterable[ShiftFacts],
) -> dict[date, tuple[ClassDay, ...]]:
    caps = class_caps_between(session, [facility_id], days.first, days.last)
    rows = living_classes(session, facility_id, days.first)
    taken = {
        (line.class_id, day): line.cells
        for day, board in boards(session, facility_id, days.days()).items()
        for line in board.lines
    }
    there = carers_by_slot(duties(shifts))
    return {
        day: tuple(
            class_day(
                one.id, one.name, caps[one.id, day], one.children_per_carer,
                children={
                    slot: cells[slot].taken if slot in cells else 0
                    for slot in (span.slots if span else ())
                },
                carers=there.get((one.id, day), {}),
            )
            for one in rows
            if (one.id, day) in caps
            for cells in [taken.get((one.id, day), {})]
            for span in [openings[facility_id, day].span]
        )
        for day in days.days()
    }  # fmt: skip


def _missing(
    day: date, classes: Iterable[ClassDay], helpers: Iterable[Candidate]
) -> Iterable[Missing]:  # fmt: skip
    for one in classes:
        for lack in one.shortages:
            worst = max((one.by_slot[slot] for slot in lack.span.slots), key=lambda half: half.over)
            yield Missing(
                day, one.class_id, one.name, lack.span, lack.short, worst.children, worst.room,
                tuple(who_could(helpers, lack.span)),
            )  # fmt: skip

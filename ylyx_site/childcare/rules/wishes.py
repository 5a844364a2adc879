"""What a family asks for, as values."""

from dataclasses import dataclass
from datetime import date

from ylyx_site.childcare.errors import (
    EndBeforeStart,
    HalfMissing,
    HoursMissing,
    OffGrid,
    WrongLength,
)
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.facilities.rules.hours import CareHoursOf, care_span
from ylyx_site.shared.spans import (
    DaySpan,
    TimeSpan,
    nearest_on_grid,
    text_from_minute,
)

HOURLY_MIN, HOURLY_MAX = 60, 240
MOST_DAYS = 66  # a quarter of working days in one form


@dataclass(frozen=True, slots=True)
class Pattern:
    """Weekdays (ISO, 1 = Monday) from a day to a day, both included."""

    weekdays: frozenset[int]
    days: DaySpan

    def dates(self) -> list[date]:
        """The days of the pattern, holidays and all."""
        return self.days.weekdays(self.weekdays)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A day of an earlier booking that the new one takes the place of."""

    code: str
    day: date


@dataclass(frozen=True, slots=True)
class CareWish:
    """One form: these children, these days or this pattern, this kind of care.

    `start` and `end` (minutes) only for hourly care; `half` `am`, `pm` or empty. `class_id` None:
    chosen by age. `instead`: the day that is given up for this. `quoted`: the price of each day
    as it was shown, if the form said so.
    """

    facility_id: int
    child_ids: tuple[int, ...]
    days: tuple[date, ...]
    kind: CareKind
    pattern: Pattern | None = None
    half: str = ""
    start: int | None = None
    end: int | None = None
    class_id: int | None = None
    note: str = ""
    quoted: tuple[tuple[date, int], ...] = ()
    with_working_weekends: bool = False
    instead: Replaced | None = None


@dataclass(frozen=True, slots=True)
class CancelWish:
    """Which days of a booking to cancel; no days: all that is still to come."""

    code: str
    days: tuple[date, ...] = ()


def span_of(wish: CareWish, hours: CareHoursOf) -> TimeSpan:
    """The hours that the wish means at a facility that sells these `hours`.

    Refuses a missing half, missing or reversed hours, hours off the half-hour grid (naming the
    nearest), and hourly care shorter than one or longer than four hours.
    """
    if wish.kind is CareKind.HOURLY:
        return _hourly(wish.start, wish.end)
    if wish.kind is CareKind.HALF_DAY and not wish.half:
        raise HalfMissing
    span = care_span(hours, wish.kind, wish.half)
    assert span is not None  # noqa: S101 only hourly care has none
    return span


def _hourly(start: int | None, end: int | None) -> TimeSpan:
    if start is None or end is None:
        raise HoursMissing
    for field, minute in (("start", start), ("end", end)):
        before, after = nearest_on_grid(minute)
        if before != after:
            nearest = {"before": text_from_minute(before), "after": text_from_minute(after)}
            raise OffGrid(field, **nearest)
    if end <= start:
        raise EndBeforeStart
    span = TimeSpan(start, end)
    if not HOURLY_MIN <= span.minutes <= HOURLY_MAX:
        raise WrongLength
    return span

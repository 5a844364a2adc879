"""Whether a facility is open on a day, and if not, why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ylyx_site.calendar.rules import DayKind
from ylyx_site.facilities.kinds import ClosureKind
from ylyx_site.shared.spans import TimeSpan


class Shut(StrEnum):
    """Why a facility is shut on a day."""

    WEEKLY = "weekly"  # its week says so
    HOLIDAY = "holiday"
    WORKING_WEEKEND = "working_weekend"  # 调休, and it does not open
    OWN = "own"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Closing:
    """Why a day is shut that the week would have open."""

    kind: ClosureKind
    reason: str


@dataclass(frozen=True, slots=True)
class DayOpening:
    """One day: the hours, or None and why; `words` is the reason that a closure gives."""

    day: date
    span: TimeSpan | None
    why: Shut | None = None
    words: str = ""


def day_opening(
    day: date,
    kind: DayKind,
    usual: TimeSpan | None,
    weekend: TimeSpan | None,
    closing: Closing | None,
) -> DayOpening:
    """Return the opening of a day: holidays are shut, a closure shuts what would be open.

    `usual` are the weekday's hours in force; `weekend` the hours for this weekend worked by 调休.
    Without those the usual hours stay: whoever opens every Saturday opens on such a one too.
    """
    span = _span(kind, usual, weekend)
    if span is None:
        return DayOpening(day, None, _why(kind))
    if closing is not None:
        return DayOpening(day, None, Shut(closing.kind.value), closing.reason)
    return DayOpening(day, span)


def _span(kind: DayKind, usual: TimeSpan | None, weekend: TimeSpan | None) -> TimeSpan | None:
    if kind is DayKind.holiday:
        return None
    return (weekend or usual) if kind is DayKind.working_weekend else usual


def _why(kind: DayKind) -> Shut:
    shut = {DayKind.holiday: Shut.HOLIDAY, DayKind.working_weekend: Shut.WORKING_WEEKEND}
    return shut.get(kind, Shut.WEEKLY)

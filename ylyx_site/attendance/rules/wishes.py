"""What is asked for, as values."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ylyx_site.attendance.kinds import CheckKind, PhoneReason, Reason, Symptom

UNDO = timedelta(minutes=10)
MOST_DAYS_BACK = 31
SAME = "same"


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes at a nursery, when, and under which one-time key (for undoing).

    `tapped`: when it was done, if the device had no network and kept it until `now`.
    """

    facility_id: int
    actor_id: int
    now: datetime
    key: str
    tapped: datetime | None = None

    @property
    def at(self) -> datetime:
        """When it was done."""
        return self.tapped or self.now


@dataclass(frozen=True, slots=True)
class AbsenceWish:
    """These days of a booking, of these children (none named: all of the booking)."""

    code: str
    days: tuple[date, ...]
    child_ids: tuple[int, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class HandoverWish:
    """To whom the child goes: by a handle, by the code of the day, or by the head's decision."""

    taker: str = ""
    code: str = ""
    name: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EntryWish:
    """A day entered afterwards: minutes of the day; without an arrival the child did not come.

    `left_with` is a handle, `SAME` for whoever stands there already, or empty.
    """

    arrived: int | None
    left: int | None
    left_with: str


@dataclass(frozen=True, slots=True)
class CheckWish:
    """A check; the temperature in tenths of a degree, None when it was not measured."""

    kind: CheckKind
    tenths: int | None
    symptoms: tuple[Symptom, ...]


@dataclass(frozen=True, slots=True)
class PhoneWish:
    """The guardian named by `handle`, and why the number is needed."""

    handle: str
    reason: PhoneReason

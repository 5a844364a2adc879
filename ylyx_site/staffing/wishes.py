"""What a head wants changed on the roster, as values that the forms hand over. Pure."""

from dataclasses import dataclass
from datetime import date

from ylyx_site.staffing.kinds import CertificateKind, Job, ShiftKind


@dataclass(frozen=True, slots=True)
class CarerWish:
    """Somebody to be put on the list; the number has passed `identifiers.mobile`."""

    name: str
    phone: str
    job: Job
    started_on: date


@dataclass(frozen=True, slots=True)
class CarerChange:
    """Another name or job of somebody on the list."""

    carer_id: int
    name: str
    job: Job


@dataclass(frozen=True, slots=True)
class CarerEnd:
    """Somebody who leaves; `ended_on` is the first day without."""

    carer_id: int
    ended_on: date


@dataclass(frozen=True, slots=True)
class CertificateWish:
    """A paper of a carer, both days included."""

    carer_id: int
    kind: CertificateKind
    number: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class CertificateEnd:
    """A paper that was entered by mistake, or was taken away."""

    carer_id: int
    certificate_id: int


@dataclass(frozen=True, slots=True)
class ShiftWish:
    """The same shift on several days; minutes of the day."""

    carer_id: int
    class_id: int | None
    days: tuple[date, ...]
    starts: int
    ends: int
    kind: ShiftKind


@dataclass(frozen=True, slots=True)
class ShiftChange:
    """A shift as it is to be; its day stays."""

    shift_id: int
    carer_id: int
    class_id: int | None
    starts: int
    ends: int
    kind: ShiftKind


@dataclass(frozen=True, slots=True)
class ShiftEnd:
    """A shift to be taken off the roster."""

    shift_id: int


@dataclass(frozen=True, slots=True)
class CopyWish:
    """The week of this Monday to be filled from the week before."""

    monday: date


@dataclass(frozen=True, slots=True)
class LeaveWish:
    """Leave of a carer, both days included."""

    carer_id: int
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class StartWish:
    """The day from which the roster limits the places."""

    from_day: date

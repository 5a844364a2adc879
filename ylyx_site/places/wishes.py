"""What a head or a supervisor wants changed, as values that the forms hand over."""

from dataclasses import dataclass
from datetime import date

from ylyx_site.facilities.kinds import ClosureKind, Filing, Tariff
from ylyx_site.facilities.rules.limits import Key, Limit
from ylyx_site.facilities.service import ClassWish
from ylyx_site.places.kinds import FilingReason

Hours = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class WeekWish:
    """The hours of Monday to Sunday from a day on, in minutes of the day; None, None is shut."""

    from_day: date
    hours: tuple[Hours, ...]


@dataclass(frozen=True, slots=True)
class ClosureWish:
    """Days to be shut, both included."""

    kind: ClosureKind
    first_day: date
    last_day: date
    reason: str


@dataclass(frozen=True, slots=True)
class LiftWish:
    """A closure to be lifted from today on."""

    closure_id: int


@dataclass(frozen=True, slots=True)
class WeekendWish:
    """A weekend worked by 调休 to open on; minutes of the day."""

    day: date
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class ShutWeekendWish:
    """A weekend worked by 调休 not to open on after all."""

    day: date


@dataclass(frozen=True, slots=True)
class NewClassWish:
    """A class to begin on a day."""

    from_day: date
    facts: ClassWish


@dataclass(frozen=True, slots=True)
class CapWish:
    """How many children a class takes from a day on."""

    class_id: int
    children: int
    from_day: date


@dataclass(frozen=True, slots=True)
class EndWish:
    """A class to end; `ended_on` is the first day without it."""

    class_id: int
    ended_on: date


@dataclass(frozen=True, slots=True)
class PriceWish:
    """A price in fen from a day on."""

    tariff: Tariff
    fen: int
    from_day: date


@dataclass(frozen=True, slots=True)
class CareHoursWish:
    """The hours sold as `full_day`, `am` and `pm`: (part, start, end) in minutes of the day."""

    parts: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class LimitWish:
    """Until when a deed is allowed for a kind of care and half."""

    key: Key
    limit: Limit


@dataclass(frozen=True, slots=True)
class HoldingWish:
    """Whether places are kept while a family fills in its form."""

    keeps: bool


@dataclass(frozen=True, slots=True)
class PlacesWish:
    """Registered places from a day on."""

    places: int
    from_day: date


@dataclass(frozen=True, slots=True)
class FilingWish:
    """Where the filing of a nursery stands from now on, and why."""

    filing: Filing
    filing_number: str | None
    reason: FilingReason

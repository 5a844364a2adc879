"""What forms and the import ask the commands for: typed and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ylyx_site.facilities.kinds import ClassKind, FacilityKind, Filing, Nature, Tariff
from ylyx_site.shared.spans import TimeSpan


@dataclass(frozen=True, slots=True)
class NewFacility:
    """A facility to register; codes and telephone have passed `shared/identifiers.py`."""

    kind: FacilityKind
    nature: Nature
    name: str
    credit_code: str
    filing: Filing
    division_code: str
    address: str
    telephone: str
    filing_number: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    inclusive: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """What a facility says of itself and may change alone."""

    telephone: str
    address: str
    about: str


@dataclass(frozen=True, slots=True)
class ClassWish:
    """A class to open; None stands for what the standard says of its kind."""

    kind: ClassKind
    name: str
    children: int | None = None
    children_per_carer: int | None = None
    from_months: int | None = None
    to_months: int | None = None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row of an imported register. What is None or empty stays as it is; `line` counts from 1.

    `opening` names every weekday that is open (ISO): those it leaves out are shut.
    """

    line: int
    facility: NewFacility
    inclusive: bool | None
    places: int | None
    opening: Mapping[int, TimeSpan]
    classes: tuple[ClassWish, ...]
    prices: Mapping[Tariff, int]


@dataclass(frozen=True, slots=True)
class DivisionWish:
    """A district, town or community by its code, with the position of its middle in degrees."""

    code: str
    name: str
    latitude: float | None = None
    longitude: float | None = None


class Change(StrEnum):
    """What a row of the register did."""

    ADDED = "added"
    CHANGED = "changed"
    NONE = "none"

"""Reading the ledger for the desk: who is booked by half hour, and how full houses are."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.models import CareClass
from ylyx_site.places.models import PlaceSlot, Resource, ResourceKind
from ylyx_site.shared.spans import DaySpan


@dataclass(frozen=True, slots=True)
class Cell:
    """A half hour: how many are booked, how many may be."""

    taken: int
    wanted: int

    @property
    def left(self) -> int:
        """How many more may come; negative when too many are booked."""
        return self.wanted - self.taken


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A resource's day by half hour (0–47); `class_id` None is the whole house."""

    class_id: int | None
    name: str
    cells: Mapping[int, Cell]

    @property
    def peak(self) -> int:
        """The most children booked at one time."""
        return max((cell.taken for cell in self.cells.values()), default=0)

    @property
    def least_left(self) -> int:
        """The places left in the fullest half hour."""
        return min((cell.left for cell in self.cells.values()), default=0)


@dataclass(frozen=True, slots=True)
class Board:
    """A day of a house: its classes, the youngest first, and the whole as the last line."""

    day: date
    lines: tuple[BoardLine, ...]

    @property
    def slots(self) -> list[int]:
        """The half hours that any line has."""
        return sorted({slot for line in self.lines for slot in line.cells})

    @property
    def house(self) -> BoardLine | None:
        """The whole house; None when nothing is published."""
        return next((line for line in self.lines if line.class_id is None), None)


@dataclass(frozen=True, slots=True)
class Use:
    """A house's day: half hours booked and open, the most children at one time, its limit."""

    taken_half_hours: int
    open_half_hours: int
    peak: int
    places: int


def boards(session: Session, facility_id: int, days: Collection[date]) -> dict[date, Board]:
    """Return the board of each day, in one query; a day without half hours has no lines."""
    rows = session.execute(
        sa.select(
            PlaceSlot.day,
            CareClass.id,
            CareClass.name,
            PlaceSlot.slot,
            PlaceSlot.taken,
            PlaceSlot.wanted,
        )
        .join(Resource, Resource.id == PlaceSlot.resource_id)
        .outerjoin(CareClass, _is_of_class())
        .where(Resource.facility_id == facility_id, PlaceSlot.day.in_(days))
        .order_by(
            CareClass.id.is_(None), CareClass.from_months, CareClass.name, CareClass.id,
            PlaceSlot.slot,
        )
    ).all()  # fmt: skip
    return {day: Board(day, _lines(row for row in rows if row[0] == day)) for day in days}


def resource_names(session: Session, facility_ids: Collection[int]) -> dict[int, str]:
    """Return the name of each resource: of a class its name, of a whole house an empty text."""
    rows = session.execute(
        sa.select(Resource.id, sa.func.coalesce(CareClass.name, ""))
        .outerjoin(CareClass, _is_of_class())
        .where(Resource.facility_id.in_(facility_ids))
    )
    return {resource_id: name for resource_id, name in rows}  # noqa: C416 rows are not pairs


def peaks(session: Session, facility_id: int, first: date, last: date) -> dict[date, int]:
    """Return, for days with bookings, the most children booked at one time."""
    rows = session.execute(
        sa.select(PlaceSlot.day, sa.func.max(PlaceSlot.taken))
        .join(Resource, Resource.id == PlaceSlot.resource_id)
        .where(
            Resource.facility_id == facility_id,
            Resource.kind == ResourceKind.FACILITY,
            PlaceSlot.day.between(first, last),
            PlaceSlot.taken > 0,
        )
        .group_by(PlaceSlot.day)
        .order_by(PlaceSlot.day)
    )
    return {day: most for day, most in rows}  # noqa: C416 rows are not pairs


def use_on(session: Session, facility_ids: Collection[int], day: date) -> dict[int, Use]:
    """Return how full each house is on a day, in one query; a shut house is left out."""
    rows = session.execute(
        sa.select(
            Resource.facility_id,
            sa.func.sum(PlaceSlot.taken),
            sa.func.sum(PlaceSlot.wanted),
            sa.func.max(PlaceSlot.taken),
            sa.func.max(PlaceSlot.wanted),
        )
        .join(PlaceSlot, PlaceSlot.resource_id == Resource.id)
        .where(
            Resource.kind == ResourceKind.FACILITY,
            Resource.facility_id.in_(facility_ids),
            PlaceSlot.day == day,
        )
        .group_by(Resource.facility_id)
    )
    return {row[0]: Use(*(int(number) for number in row[1:])) for row in rows}


def use_between(
    session: Session, facility_ids: Collection[int], days: DaySpan
) -> dict[tuple[int, date], Use]:
    """As `use_on` for each of the days: (facility, day) → use, in one query."""
    rows = session.execute(
        sa.select(
            Resource.facility_id,
            PlaceSlot.day,
            sa.func.sum(PlaceSlot.taken),
            sa.func.sum(PlaceSlot.wanted),
            sa.func.max(PlaceSlot.taken),
            sa.func.max(PlaceSlot.wanted),
        )
        .join(PlaceSlot, PlaceSlot.resource_id == Resource.id)
        .where(
            Resource.kind == ResourceKind.FACILITY,
            Resource.facility_id.in_(facility_ids),
            PlaceSlot.day.between(days.first, days.last),
        )
        .group_by(Resource.facility_id, PlaceSlot.day)
    )
    return {(row[0], row[1]): Use(*(int(number) for number in row[2:])) for row in rows}


def _is_of_class() -> sa.ColumnElement[bool]:
    return sa.and_(Resource.kind == ResourceKind.CLASS, CareClass.id == Resource.owner_id)


def _lines(rows: Iterable[sa.Row[*tuple[date, int, str, int, int, int]]]) -> tuple[BoardLine, ...]:
    names: dict[int | None, str] = {}
    cells: dict[int | None, dict[int, Cell]] = {}
    for _, class_id, name, slot, taken, wanted in rows:
        names[class_id] = name or ""
        cells.setdefault(class_id, {})[slot] = Cell(taken, wanted)
    return tuple(BoardLine(one, names[one], cells[one]) for one in cells)

"""The day's list of a nursery: a fixed number of queries, however many children it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from ylyx_site.attendance.kinds import CheckKind, Reason, Result, Standing
from ylyx_site.attendance.models import Absence, Attendance, HealthCheck
from ylyx_site.attendance.rules.standing import (
    Counts,
    count,
    due_check,
    late_minutes,
    overdue_minutes,
    standing_of,
)
from ylyx_site.childcare.models import CareBooking, CareDay, CareState
from ylyx_site.entry.kinds import Lack
from ylyx_site.entry.queries.gate import lacks_of
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.facilities.models import CareClass
from ylyx_site.families.models import Person
from ylyx_site.identity.models import Account
from ylyx_site.shared import clock, vault
from ylyx_site.shared.refusals import NotFound


class _Stored(NamedTuple):
    id: int
    child_id: int
    child: str
    class_id: int
    class_name: str
    kind: CareKind
    half: str
    day: date
    starts: int
    ends: int
    state: CareState
    arrived_at: datetime | None
    note_sealed: str | None
    arrived_by: str | None
    left_at: datetime | None
    left_by: str | None
    left_with: str | None
    handed_sealed: str | None
    forgotten: bool | None
    entered_back: bool | None
    step_at: datetime | None
    told_by: str | None
    told_by_staff: bool | None
    reason_sealed: str | None
    told_step_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A child's day on the list. `note` and `reason` are health data: journal who reads them."""

    it: _Stored
    standing: Standing
    checks: dict[CheckKind, Result]
    lacks: tuple[Lack, ...] = ()

    @property
    def note(self) -> str:
        """What the family wrote that whoever looks after the child must know (allergies)."""
        return vault.unseal(self.it.note_sealed) if self.it.note_sealed else ""

    @property
    def reason(self) -> Reason | None:
        """Why the child stays away, if it was said."""
        return Reason(vault.unseal(self.it.reason_sealed)) if self.it.reason_sealed else None

    @property
    def has_health_data(self) -> bool:
        """Whether showing the row is a read of health data."""
        return bool(self.it.note_sealed or self.it.reason_sealed or self.checks)

    @property
    def is_temporary(self) -> bool:
        """Whether the child comes for this day or these hours only."""
        return self.it.kind in (CareKind.TEMPORARY, CareKind.HOURLY)

    @property
    def late_minutes(self) -> int:
        """Minutes after the booked end."""
        left = clock.minute_of(self.it.left_at) if self.it.left_at else None
        return late_minutes(self.it.ends, left, is_forgotten=self.it.forgotten)

    def due_check(self, minute: int) -> CheckKind | None:
        """The check that one tap writes down at this minute of today."""
        arrived = clock.minute_of(self.it.arrived_at) if self.it.arrived_at else None
        return due_check(self.standing, self.checks, arrived, minute)

    def overdue(self, minute: int) -> int:
        """Minutes since somebody should have come, at this minute of today."""
        return overdue_minutes(self.standing, self.it.ends, minute)

    @property
    def last_step_at(self) -> datetime | None:
        """When the last step was taken that can be undone."""
        return self.it.told_step_at if self.standing is Standing.ABSENT else self.it.step_at


def board(
    session: Session, facility_id: int, day: date, class_id: int | None = None
) -> list[ChildRow]:
    """Who is on the list of a nursery's day (of one class), by name; temporary care included."""
    return _rows(session, facility_id, day, _of_day(facility_id, day, class_id))


def row_of(session: Session, facility_id: int, day: date, day_id: int) -> ChildRow:
    """One child's row of that list, after a tap; raises `NotFound` for another house's child."""
    where = [*_of_day(facility_id, day, None), CareDay.id == day_id]
    for row in _rows(session, facility_id, day, where):
        return row
    raise NotFound


def counts_of(rows: Sequence[ChildRow]) -> Counts:
    """How many are where."""
    return count(row.standing for row in rows)


def counts_on(session: Session, facility_id: int, day: date, class_id: int | None) -> Counts:
    """How many are where without their rows: one query. A check never changes a figure."""
    rows = session.execute(
        sa.select(CareDay.state, CareDay.arrived_at, Attendance.left_at)
        .outerjoin(Attendance, Attendance.care_day_id == CareDay.id)
        .where(*_of_day(facility_id, day, class_id), CareDay.state != CareState.CANCELLED)
    )
    return count(
        standing_of(
            is_absent=state is CareState.ABSENT, has_arrived=arrived is not None,
            has_left=left is not None, check=None,
        )
        for state, arrived, left in rows
    )  # fmt: skip


def _of_day(facility_id: int, day: date, class_id: int | None) -> list[sa.ColumnElement[bool]]:
    where = [CareDay.facility_id == facility_id, CareDay.day == day]
    return where if class_id is None else [*where, CareDay.class_id == class_id]


def _rows(
    session: Session, facility_id: int, day: date, where: Sequence[sa.ColumnElement[bool]]
) -> list[ChildRow]:
    live = [*where, CareDay.state != CareState.CANCELLED]
    stored = [_Stored(*row) for row in session.execute(_select(live))]
    checks = _checks(session, live)
    lacks = lacks_of(session, facility_id, {one.child_id for one in stored}, day)
    return [_row(one, checks.get(one.id, {}), lacks.get(one.child_id, ())) for one in stored]


def _row(one: _Stored, checks: dict[CheckKind, Result], lacks: tuple[Lack, ...]) -> ChildRow:
    standing = standing_of(
        is_absent=one.state is CareState.ABSENT,
        has_arrived=one.arrived_at is not None,
        has_left=one.left_at is not None,
        check=checks.get(CheckKind.MORNING),
    )
    return ChildRow(one, standing, checks, () if one.arrived_at else lacks)


def _checks(
    session: Session, where: Sequence[sa.ColumnElement[bool]]
) -> dict[int, dict[CheckKind, Result]]:
    """The latest result of each kind, by day of care."""
    found: dict[int, dict[CheckKind, Result]] = {}
    for day_id, kind, result in session.execute(
        sa.select(HealthCheck.care_day_id, HealthCheck.kind, HealthCheck.result)
        .join(CareDay, CareDay.id == HealthCheck.care_day_id)
        .where(*where)
        .order_by(HealthCheck.id)
    ):
        found.setdefault(day_id, {})[kind] = result
    return found


def _select(where: Sequence[sa.ColumnElement[bool]]) -> Any:
    came, left, told = aliased(Account), aliased(Account), aliased(Account)
    return (
        sa.select(
            CareDay.id, CareDay.child_id, Person.name, CareDay.class_id, CareClass.name,
            CareBooking.kind, CareBooking.half, CareDay.day, CareDay.starts, CareDay.ends,
            CareDay.state, CareDay.arrived_at, Person.note_sealed, came.name, Attendance.left_at,
            left.name, Attendance.left_with, Attendance.handed_sealed, Attendance.forgotten,
            Attendance.entered_back, Attendance.step_at, told.name, Absence.by_staff,
            Absence.reason_sealed, Absence.step_at,
        )
        .join(CareBooking, CareBooking.id == CareDay.booking_id)
        .join(CareClass, CareClass.id == CareDay.class_id)
        .join(Person, Person.id == CareDay.child_id)
        .outerjoin(Attendance, Attendance.care_day_id == CareDay.id)
        .outerjoin(Absence, Absence.care_day_id == CareDay.id)
        .outerjoin(came, came.id == Attendance.arrived_by)
        .outerjoin(left, left.id == Attendance.left_by)
        .outerjoin(told, told.id == Absence.told_by)
        .where(*where)
        .order_by(CareClass.from_months, CareClass.id, Person.name, CareDay.starts, CareDay.id)
    )  # fmt: skip

"""What a family sees of the days of a booking: who wrote what."""

from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from ylyx_site.attendance.models import Absence, Attendance
from ylyx_site.attendance.queries.notes import Note, notes_of
from ylyx_site.attendance.rules.standing import late_minutes
from ylyx_site.childcare.models import CareDay
from ylyx_site.childcare.queries.bookings import DayRow, days_of_booking, own_booking
from ylyx_site.identity.models import Account
from ylyx_site.shared import clock


class Written(NamedTuple):
    """A day's record; names are those of accounts, empty where nobody wrote."""

    day_id: int
    arrived_at: datetime | None
    arrived_by: str | None
    left_at: datetime | None
    left_by: str | None
    left_with: str | None
    handed_sealed: str | None
    forgotten: bool | None
    entered_back: bool | None
    told_at: datetime | None
    told_by: str | None
    told_by_staff: bool | None


class FamilyDay(NamedTuple):
    """A day of their child with its record."""

    child_id: int
    day: date
    child: str
    written: Written
    late_minutes: int
    note: Note | None


def records_of(session: Session, account_id: int, code: str) -> list[FamilyDay]:
    """The days of a booking of theirs on which something was written; or `NotFound`."""
    booking = own_booking(session, account_id, code)
    days = {row.id: row for row in days_of_booking(session, account_id, booking.id)}
    came, left, told = aliased(Account), aliased(Account), aliased(Account)
    rows: Any = session.execute(
        sa.select(
            CareDay.id, CareDay.arrived_at, came.name, Attendance.left_at, left.name,
            Attendance.left_with, Attendance.handed_sealed, Attendance.forgotten,
            Attendance.entered_back, Absence.told_at, told.name, Absence.by_staff,
        )
        .outerjoin(Attendance, Attendance.care_day_id == CareDay.id)
        .outerjoin(Absence, Absence.care_day_id == CareDay.id)
        .outerjoin(came, came.id == Attendance.arrived_by)
        .outerjoin(left, left.id == Attendance.left_by)
        .outerjoin(told, told.id == Absence.told_by)
        .where(
            CareDay.id.in_(days),
            sa.or_(Attendance.care_day_id.is_not(None), Absence.care_day_id.is_not(None)),
        )
        .order_by(CareDay.day, CareDay.id)
    )  # fmt: skip
    notes = notes_of(session, days)
    return [_day(days[row[0]], Written(*row), notes.get(row[0])) for row in rows]


def _day(day: DayRow, written: Written, note: Note | None) -> FamilyDay:
    left = clock.minute_of(written.left_at) if written.left_at else None
    late = late_minutes(day.ends, left, is_forgotten=written.forgotten)
    return FamilyDay(day.child_id, day.day, day.child, written, late, note)

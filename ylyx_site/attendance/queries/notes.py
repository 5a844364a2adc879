"""Daily notes: of a class for its carers, of their own children for a family."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.models import DailyNote
from ylyx_site.attendance.rules.notes import NoteWish, unpacked
from ylyx_site.childcare.models import CareBooking, CareDay, CareState
from ylyx_site.facilities.models import CareClass, Facility
from ylyx_site.families.models import Person
from ylyx_site.identity.models import Account
from ylyx_site.shared import vault


@dataclass(frozen=True, slots=True)
class Note:
    """The note that counts; `first_at` differs from `at` when it was corrected."""

    says: NoteWish
    by: str
    at: datetime
    first_at: datetime

    @property
    def is_corrected(self) -> bool:
        """Whether it said something else before."""
        return self.first_at != self.at


class NoteRow(NamedTuple):
    """A child that was there, and its note if one is written."""

    day_id: int
    child: str
    class_name: str
    note: Note | None


class FamilyNote(NamedTuple):
    """A note about one's own child; `code` is the booking's."""

    child_id: int
    day: date
    child: str
    facility: str
    code: str
    note: Note


def notes_of_house(
    session: Session, facility_id: int, day: date, class_id: int | None = None
) -> list[NoteRow]:
    """The children who came on a day (to one class), by class and name; two queries.

    Whoever shows them journals it: notes hold health data.
    """
    rows = session.execute(
        sa.select(CareDay.id, Person.name, CareClass.name)
        .join(Person, Person.id == CareDay.child_id)
        .join(CareClass, CareClass.id == CareDay.class_id)
        .where(
            CareDay.facility_id == facility_id, CareDay.day == day,
            CareDay.arrived_at.is_not(None), CareDay.state == CareState.BOOKED,
            sa.true() if class_id is None else CareDay.class_id == class_id,
        )
        .order_by(CareClass.from_months, CareClass.id, Person.name, CareDay.id)
    ).all()  # fmt: skip
    notes = notes_of(session, [row[0] for row in rows])
    return [NoteRow(*row, notes.get(row[0])) for row in rows]


def notes_of(session: Session, day_ids: Collection[int]) -> dict[int, Note]:
    """The note that counts of each of these days; fetched through their owner before."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(
        sa.select(DailyNote.care_day_id, DailyNote.sealed, Account.name, DailyNote.at)
        .join(Account, Account.id == DailyNote.by_id)
        .where(DailyNote.care_day_id.in_(day_ids))
        .order_by(DailyNote.id)
    ):
        found[row.care_day_id].append(row)
    return {day_id: _note(rows) for day_id, rows in found.items()}


def notes_of_children(
    session: Session, child_ids: Collection[int], since: date
) -> list[FamilyNote]:
    """The notes of these children since a day, the latest first; fetched as their own before."""
    rows = session.execute(
        sa.select(
            CareDay.id, CareDay.child_id, CareDay.day, Person.name, Facility.name, CareBooking.code
        )
        .join(Person, Person.id == CareDay.child_id)
        .join(Facility, Facility.id == CareDay.facility_id)
        .join(CareBooking, CareBooking.id == CareDay.booking_id)
        .where(
            CareDay.child_id.in_(child_ids), CareDay.day >= since,
            sa.exists().where(DailyNote.care_day_id == CareDay.id),
        )
        .order_by(CareDay.day.desc(), Person.name, CareDay.id)
    ).all()  # fmt: skip
    notes = notes_of(session, [row[0] for row in rows])
    return [FamilyNote(*row[1:], notes[row[0]]) for row in rows]


def _note(rows: list[Any]) -> Note:
    last = rows[-1]
    return Note(unpacked(vault.unseal(last.sealed)), last.name, last.at, rows[0].at)

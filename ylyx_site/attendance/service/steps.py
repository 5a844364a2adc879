"""One tap at the door: arrived, left, stays away, all right, and back again."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.errors import (
    AlreadyArrived,
    FirstRecheck,
    NobodyToArrive,
    NothingToUndo,
    NotToday,
    TooLongAgo,
    UndoOver,
)
from ylyx_site.attendance.kinds import CheckKind, Result, Step
from ylyx_site.attendance.models import Absence, Attendance
from ylyx_site.attendance.queries.days import (
    absence_of,
    attendance_of,
    day_of_house,
    expected_days,
    latest_results,
)
from ylyx_site.attendance.rules.wishes import MOST_DAYS_BACK, UNDO, Author, CheckWish
from ylyx_site.attendance.service.absences import come_after_all, excuse_by_staff
from ylyx_site.attendance.service.checks import record_check
from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.entry.policy import refuse_unready
from ylyx_site.entry.queries.gate import lacks_of
from ylyx_site.journal.service import note
from ylyx_site.shared import clock


def take_step(session: Session, day_id: int, step: Step, author: Author) -> None:
    """Do what one tap says; leaving asks who takes the child, and is `leaving.hand_over`.

    Raises `NotFound` for a day of another house, and the step's own refusals.
    """
    COMMANDS[step](session, day_id, author)


def arrive(session: Session, day_id: int, author: Author) -> None:
    """The child is here. An absence is taken back with it, if the place is still free.

    Raises `NotToday`, `PapersMissing`, `StillAway`, `FirstRecheck` after a check that was not all
    right, `AlreadyArrived`.
    """
    day = today_of(session, day_id, author)
    if day.arrived_at is None:
        refuse_unready(session, author.facility_id, day.child_id, day.day)
    if latest_results(session, [day_id], CheckKind.MORNING).get(day_id, Result.OK) != Result.OK:
        raise FirstRecheck
    if day.state is CareState.ABSENT:
        come_after_all(session, day, author)
    if not _arrive(session, [day_id], author):
        raise AlreadyArrived


def arrive_all(session: Session, day: date, class_id: int | None, author: Author) -> int:
    """All of a class (None: of the house) whose hours have come, but those who may not come in.

    Raises `NotToday`, `NobodyToArrive`. Returns how many arrived.
    """
    if day != clock.day_of(author.now):
        raise NotToday
    minute = clock.minute_of(author.now)
    expected = expected_days(session, author.facility_id, day, class_id, minute)
    barred = lacks_of(session, author.facility_id, set(expected.values()), day)
    ids = [day_id for day_id, child_id in expected.items() if child_id not in barred]
    checks = latest_results(session, ids, CheckKind.MORNING)
    well = [one for one in ids if checks.get(one, Result.OK) == Result.OK]
    arrived = _arrive(session, well, author) if well else 0
    if not arrived:
        raise NobodyToArrive
    return arrived


def undo(session: Session, day_id: int, author: Author) -> None:
    """Take back the last step at this child, whoever of the house took it, for ten minutes.

    Raises `NothingToUndo`, `UndoOver`, and what `come_after_all` raises.
    """
    day = day_of_house(session, author.facility_id, day_id)
    last: Absence | Attendance | None = (
        absence_of(session, day_id)
        if day.state is CareState.ABSENT
        else attendance_of(session, day_id)
    )
    if last is None or last.step_at is None:
        raise NothingToUndo
    if author.now >= last.step_at + UNDO:
        raise UndoOver
    if isinstance(last, Absence):
        come_after_all(session, day, author)
    else:
        _undo(session, last, author)


def undo_last(session: Session, day: date, author: Author) -> int:
    """Take back the author's own last step of the day, a whole class too; returns how many rows.

    Raises `NothingToUndo`, and what `undo` raises.
    """
    ids = _last_step(session, day, author)
    if not ids:
        raise NothingToUndo
    for day_id in ids:
        undo(session, day_id, author)
    return len(ids)


def _last_step(session: Session, day: date, author: Author) -> Sequence[int]:
    found: list[Any] = []
    for table in (Attendance, Absence):
        found += session.execute(
            sa.select(table.step_at, table.step, table.care_day_id)
            .join(CareDay, CareDay.id == table.care_day_id)
            .where(
                CareDay.facility_id == author.facility_id,
                CareDay.day == day,
                table.step_by == author.actor_id,
                table.step_at > author.now - UNDO,
            )
        ).all()
    if not found:
        return []
    newest = max(found, key=lambda row: (row[0], row[2]))
    return sorted(row[2] for row in found if row[1] == newest[1])


def _undo(session: Session, last: Attendance, author: Author) -> None:
    """Whoever comes second finds it undone."""
    day_id, has_left = last.care_day_id, last.left_at is not None
    session.expunge(last)
    undone = _undo_leaving(session, day_id) if has_left else _undo_arriving(session, day_id)
    if not undone:
        raise NothingToUndo
    note_step(session, "left_undone" if has_left else "arrived_undone", day_id, author)


def _undo_leaving(session: Session, day_id: int) -> bool:
    undone = session.scalars(
        sa.update(Attendance)
        .where(Attendance.care_day_id == day_id, Attendance.left_at.is_not(None))
        .values(
            left_at=None, left_by=None, left_with="", handed_sealed=None, forgotten=False,
            step=None, step_by=None, step_at=None,
        )
        .returning(Attendance.care_day_id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    return bool(undone.all())


def _undo_arriving(session: Session, day_id: int) -> bool:
    session.execute(
        sa.update(CareDay)
        .where(CareDay.id == day_id)
        .values(arrived_at=None)
        .execution_options(synchronize_session=False)
    )
    undone = session.scalars(
        sa.delete(Attendance)
        .where(Attendance.care_day_id == day_id, Attendance.left_at.is_(None))
        .returning(Attendance.care_day_id)
        .execution_options(synchronize_session=False)
    )
    return bool(undone.all())


def today_of(session: Session, day_id: int, author: Author) -> CareDay:
    """A day of care of today at the author's house; of the day of the tap, if a device kept it.

    Raises `NotFound`, `NotToday`, `TooLongAgo`.
    """
    day = day_of_house(session, author.facility_id, day_id)
    if day.day != clock.day_of(author.at):
        raise NotToday
    if (clock.day_of(author.now) - day.day).days > MOST_DAYS_BACK:
        raise TooLongAgo
    return day


def _arrive(session: Session, day_ids: Sequence[int], author: Author) -> int:
    arrived = session.scalars(
        sa.update(CareDay)
        .where(
            CareDay.id.in_(day_ids),
            CareDay.state == CareState.BOOKED,
            CareDay.arrived_at.is_(None),
        )
        .values(arrived_at=author.at)
        .returning(CareDay.id)
        .execution_options(synchronize_session=False)
    ).all()
    if arrived:
        rows = [
            {
                "care_day_id": one, "arrived_by": author.actor_id,
                "entered_back": author.tapped is not None, **mark_of(author),
            }
            for one in sorted(arrived)
        ]  # fmt: skip
        session.execute(sa.insert(Attendance), rows)
    for one in sorted(arrived):
        note_step(session, "arrived", one, author)
    return len(arrived)


def mark_of(author: Author) -> dict[str, object]:
    return {"step": author.key, "step_by": author.actor_id, "step_at": author.now}


def note_step(session: Session, action: str, day_id: int, author: Author) -> None:
    note(
        session, f"attendance.{action}", f"care_day:{day_id}", actor_id=author.actor_id,
        facility_id=author.facility_id, now=author.now,
        detail=f"tapped {clock.local(author.tapped).isoformat()}" if author.tapped else "",
    )  # fmt: skip


def _arrive_well(session: Session, day_id: int, author: Author) -> None:
    _all_right(session, day_id, author)
    arrive(session, day_id, author)


def _all_right(session: Session, day_id: int, author: Author) -> None:
    record_check(session, day_id, CheckWish(CheckKind.MORNING, None, ()), author)


def _all_right_at_noon(session: Session, day_id: int, author: Author) -> None:
    record_check(session, day_id, CheckWish(CheckKind.MIDDAY, None, ()), author)


COMMANDS: Mapping[Step, Callable[[Session, int, Author], None]] = {
    Step.ARRIVE: arrive,
    Step.ARRIVE_WELL: _arrive_well,
    Step.ABSENT: excuse_by_staff,
    Step.UNDO: undo,
    Step.CHECK_OK: _all_right,
    Step.MIDDAY_OK: _all_right_at_noon,
}

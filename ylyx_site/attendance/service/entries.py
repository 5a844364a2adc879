"""A day entered afterwards, or put right: with its author, and what stood before in the journal."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.errors import (
    FirstTakeBackAbsence,
    LeftBeforeArrived,
    NotYet,
    TooLongAgo,
)
from ylyx_site.attendance.models import Attendance
from ylyx_site.attendance.queries.days import attendance_of, day_of_house
from ylyx_site.attendance.rules.wishes import MOST_DAYS_BACK, Author, EntryWish
from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.journal.service import note
from ylyx_site.shared import clock
from ylyx_site.shared.spans import text_from_minute


def enter(session: Session, day_id: int, wish: EntryWish, author: Author) -> None:
    """Write the times of a day down; without an arrival the child did not come.

    Raises `NotFound`, `FirstTakeBackAbsence`, `TooLongAgo`, `NotYet`, `LeftBeforeArrived`.
    """
    day = day_of_house(session, author.facility_id, day_id)
    _refuse(day, wish, author)
    before = _before(session, day)
    session.execute(sa.delete(Attendance).where(Attendance.care_day_id == day_id))
    arrived = None if wish.arrived is None else clock.instant_at(day.day, wish.arrived)
    changed = session.scalars(
        sa.update(CareDay)
        .where(CareDay.id == day_id, CareDay.state == CareState.BOOKED)
        .values(arrived_at=arrived)
        .returning(CareDay.id)
        .execution_options(synchronize_session=False)
    ).all()
    if not changed:
        raise FirstTakeBackAbsence
    if arrived is not None:
        session.execute(sa.insert(Attendance), [_row(day, wish, author)])
    note(
        session, "attendance.entered", f"care_day:{day_id}", actor_id=author.actor_id,
        facility_id=author.facility_id, now=author.now,
        detail=f"{_span(wish.arrived, wish.left)} was {before}",
    )  # fmt: skip


def _refuse(day: CareDay, wish: EntryWish, author: Author) -> None:
    today, minute = clock.day_of(author.now), clock.minute_of(author.now)
    if day.state is not CareState.BOOKED:
        raise FirstTakeBackAbsence
    if (today - day.day).days > MOST_DAYS_BACK:
        raise TooLongAgo
    for field, at in (("arrived", wish.arrived), ("left", wish.left)):
        if day.day > today or (at is not None and day.day == today and at > minute):
            raise NotYet(field)
    if wish.left is not None and (wish.arrived is None or wish.left <= wish.arrived):
        raise LeftBeforeArrived


def _row(day: CareDay, wish: EntryWish, author: Author) -> dict[str, object]:
    has_left = wish.left is not None
    return {
        "care_day_id": day.id,
        "arrived_by": author.actor_id,
        "left_at": _at(day.day, wish.left),
        "left_by": author.actor_id if has_left else None,
        "left_with": wish.left_with if has_left else "",
        "entered_back": True,
    }


def _at(day: date, minute: int | None) -> object:
    return None if minute is None else clock.instant_at(day, minute)


def _before(session: Session, day: CareDay) -> str:
    last = attendance_of(session, day.id)
    left = clock.minute_of(last.left_at) if last and last.left_at else None
    if last is not None:
        session.expunge(last)
    return _span(clock.minute_of(day.arrived_at) if day.arrived_at else None, left)


def _span(arrived: int | None, left: int | None) -> str:
    first, last = (text_from_minute(one) if one is not None else "" for one in (arrived, left))
    return f"{first}–{last}"

"""A day entered afterwards, or put right: with its author, and what stood before in the journal."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.errors import (
    FirstTakeBackAbsence,
    LeftBeforeArrived,
    NotATaker,
    NotYet,
    TooLongAgo,
)
from ylyx_site.attendance.models import Attendance
from ylyx_site.attendance.queries.days import attendance_of, day_of_house
from ylyx_site.attendance.rules.wishes import MOST_DAYS_BACK, SAME, Author, EntryWish
from ylyx_site.attendance.service.leaving import Handed, handed_to
from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.entry.policy import refuse_unready
from ylyx_site.handover.queries.takers import takers_of
from ylyx_site.journal.service import note
from ylyx_site.shared import clock
from ylyx_site.shared.spans import text_from_minute


def enter(session: Session, day_id: int, wish: EntryWish, author: Author) -> None:
    """Write the times of a day down; without an arrival the child did not come.

    An arrival that was not on record passes the entry gate, as of that day. Raises `NotFound`,
    `PapersMissing`, `StillAway`, `NotATaker`, `FirstTakeBackAbsence`, `TooLongAgo`,
    `NotYet`, `LeftBeforeArrived`.
    """
    day = day_of_house(session, author.facility_id, day_id)
    _refuse(day, wish, author)
    if wish.arrived is not None and day.arrived_at is None:
        refuse_unready(session, author.facility_id, day.child_id, day.day)
    before, handed = _before(session, day), _handed(session, day, wish)
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
        session.execute(sa.insert(Attendance), [_row(day, wish, handed, author)])
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


def _row(day: CareDay, wish: EntryWish, handed: Handed, author: Author) -> dict[str, object]:
    has_left = wish.left is not None
    return {
        "care_day_id": day.id,
        "arrived_by": author.actor_id,
        "left_at": _at(day.day, wish.left),
        "left_by": author.actor_id if has_left else None,
        "left_with": handed.left_with if has_left else "",
        "handed_sealed": handed.sealed if has_left else None,
        "entered_back": True,
    }


def _handed(session: Session, day: CareDay, wish: EntryWish) -> Handed:
    """Who took the child: somebody who might that day, whoever stands there already, or nobody."""
    if wish.left_with == SAME:
        last = attendance_of(session, day.id)
        return Handed(last.left_with, last.handed_sealed) if last else Handed("", None)
    if not wish.left_with:
        return Handed("", None)
    takers = {one.handle: one for one in takers_of(session, day.child_id, day.day)}
    if wish.left_with not in takers:
        raise NotATaker("left_with")
    return handed_to(takers[wish.left_with])


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

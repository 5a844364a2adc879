"""Handing a child over: to a guardian, an authorised adult, the bringer of today's code.

To anybody else only by the head, with a reason. Who took the child is sealed with the day.
"""

import json
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.errors import (
    ChooseTaker,
    NotATaker,
    NotHere,
    OnlyTheHead,
    ReasonForTaker,
)
from ylyx_site.attendance.models import Attendance
from ylyx_site.attendance.rules.wishes import Author, HandoverWish
from ylyx_site.attendance.service.steps import mark_of, note_step, today_of
from ylyx_site.childcare.models import CareDay
from ylyx_site.handover.kinds import TakerKind
from ylyx_site.handover.queries.takers import Taker, takers_of
from ylyx_site.handover.service.codes import Entry, use_code
from ylyx_site.shared import vault


@dataclass(frozen=True, slots=True)
class Handed:
    """By what right somebody takes the child (`left_with`), and who it is, sealed."""

    left_with: str
    sealed: str | None


def hand_over(
    session: Session, day_id: int, wish: HandoverWish, author: Author, *, is_head: bool = False
) -> bool:
    """The child goes with somebody. False for a wrong code: commit that, the try is counted.

    Raises `NotToday`, `NotHere`, `ChooseTaker`, `NotATaker`, `OnlyTheHead`, `ReasonForTaker`.
    """
    day = today_of(session, day_id, author)
    _refuse_absent(session, day_id)
    handed = _by_whom(session, day, wish, author, is_head=is_head)
    if handed is None:
        return False
    left = session.scalars(
        sa.update(Attendance)
        .where(Attendance.care_day_id == day_id, Attendance.left_at.is_(None))
        .values(
            left_at=author.now, left_by=author.actor_id, left_with=handed.left_with,
            handed_sealed=handed.sealed, **mark_of(author),
        )
        .returning(Attendance.care_day_id)
        .execution_options(synchronize_session=False)
    ).all()  # fmt: skip
    if not left:
        raise NotHere
    note_step(session, "left", day_id, author)
    return True


def handed_to(taker: Taker) -> Handed:
    """Somebody of the list, as it is kept."""
    left_with = taker.guardian.value if taker.guardian else TakerKind.ADULT.value
    return Handed(left_with, _seal(name=taker.name, relation=taker.relation))


def _refuse_absent(session: Session, day_id: int) -> None:
    """Before a code is used up."""
    there = sa.select(Attendance.care_day_id).where(
        Attendance.care_day_id == day_id, Attendance.left_at.is_(None)
    )
    if session.scalar(there) is None:
        raise NotHere


def _by_whom(
    session: Session, day: CareDay, wish: HandoverWish, author: Author, *, is_head: bool
) -> Handed | None:
    if wish.taker:
        return _by_list(session, day, wish.taker)
    if wish.code:
        return _by_code(session, day, wish.code, author)
    if wish.name or wish.reason:
        return _by_head(wish, is_head=is_head)
    raise ChooseTaker


def _by_list(session: Session, day: CareDay, handle: str) -> Handed:
    takers = {one.handle: one for one in takers_of(session, day.child_id, day.day)}
    if handle not in takers:
        raise NotATaker
    return handed_to(takers[handle])


def _by_code(session: Session, day: CareDay, code: str, author: Author) -> Handed | None:
    name = use_code(
        session, Entry(day.child_id, code, author.facility_id, author.actor_id, author.now)
    )
    return Handed(TakerKind.CODE.value, _seal(name=name)) if name is not None else None


def _by_head(wish: HandoverWish, *, is_head: bool) -> Handed:
    if not is_head:
        raise OnlyTheHead
    if not wish.name or not wish.reason:
        raise ReasonForTaker
    return Handed(TakerKind.OVERRULED.value, _seal(name=wish.name, reason=wish.reason))


def _seal(**told: str) -> str:
    return vault.seal(json.dumps(told, ensure_ascii=False))

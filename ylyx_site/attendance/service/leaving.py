"""Handing a child over: to a guardian, an authorised adult, the bringer of today's code.

To anybody else only by the head, with a reason. Who took the child is sealed with the day.
"""

import json
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.errors import (
    ChooseTaker,
    NotATaker,
    NotHere,
    OnlyTheHead,
    ReasonForTaker,
    TakenWithoutNetwork,
)
from ylyx_site.attendance.models import Attendance
from ylyx_site.attendance.rules.wishes import Author, HandoverWish
from ylyx_site.attendance.service.steps import mark_of, note_step, today_of
from ylyx_site.attendance.service.telling import tell_of_doubt
from ylyx_site.childcare.models import CareDay
from ylyx_site.handover.errors import WrongPickupCode
from ylyx_site.handover.kinds import TakerKind
from ylyx_site.handover.queries.takers import Taker, takers_of
from ylyx_site.handover.service.codes import Entry, use_code
from ylyx_site.shared import vault
from ylyx_site.shared.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Handed:
    """By what right somebody takes the child (`left_with`), and who it is, sealed."""

    left_with: str
    sealed: str | None


def hand_over(
    session: Session, day_id: int, wish: HandoverWish, author: Author, *, is_head: bool = False
) -> Refusal | None:
    """The child goes with somebody. A refusal that is returned is raised after the commit.

    That is a wrong code, whose try is counted, and a tap kept without a network for somebody who
    must not take the child by now, about whom everybody is told. Raises `NotToday`, `NotHere`,
    `ChooseTaker`, `NotATaker`, `OnlyTheHead`, `ReasonForTaker`.
    """
    day = today_of(session, day_id, author)
    _refuse_absent(session, day_id, author)
    handed = _by_whom(session, day, wish, author, is_head=is_head)
    if isinstance(handed, Refusal):
        return handed
    left = session.scalars(
        sa.update(Attendance)
        .where(Attendance.care_day_id == day_id, _is_here(author))
        .values(
            left_at=_not_before(day, author), left_by=author.actor_id, forgotten=False,
            left_with=handed.left_with, handed_sealed=handed.sealed,
            entered_back=Attendance.entered_back if author.tapped is None else True,
            **mark_of(author),
        )
        .returning(Attendance.care_day_id)
        .execution_options(synchronize_session=False)
    ).all()  # fmt: skip
    if not left:
        raise NotHere
    note_step(session, "left", day_id, author)
    return None


def handed_to(taker: Taker) -> Handed:
    """Somebody of the list, as it is kept."""
    left_with = taker.guardian.value if taker.guardian else TakerKind.ADULT.value
    return Handed(left_with, _seal(name=taker.name, relation=taker.relation))


def _is_here(author: Author) -> sa.ColumnElement[bool]:
    """A kept tap knows better than the worker, who ended the day at closing time."""
    here = Attendance.left_at.is_(None)
    return here if author.tapped is None else sa.or_(here, Attendance.forgotten)


def _not_before(day: CareDay, author: Author) -> datetime:
    """When the child left; a device's word is not taken for a time before it came."""
    return max(author.at, day.arrived_at) if day.arrived_at else author.at


def _refuse_absent(session: Session, day_id: int, author: Author) -> None:
    """Before a code is used up."""
    there = sa.select(Attendance.care_day_id).where(
        Attendance.care_day_id == day_id, _is_here(author)
    )
    if session.scalar(there) is None:
        raise NotHere


def _by_whom(
    session: Session, day: CareDay, wish: HandoverWish, author: Author, *, is_head: bool
) -> Handed | Refusal:
    if wish.taker:
        return _by_list(session, day, wish.taker, author)
    if wish.code:
        return _by_code(session, day, wish.code, author)
    if wish.name or wish.reason:
        return _by_head(wish, is_head=is_head)
    raise ChooseTaker


def _by_list(session: Session, day: CareDay, handle: str, author: Author) -> Handed | Refusal:
    takers = {one.handle: one for one in takers_of(session, day.child_id, day.day)}
    if handle in takers:
        return handed_to(takers[handle])
    if author.tapped is None:
        raise NotATaker
    tell_of_doubt(session, day, author)  # the child may have gone with them already
    return TakenWithoutNetwork()


def _by_code(session: Session, day: CareDay, code: str, author: Author) -> Handed | Refusal:
    name = use_code(
        session, Entry(day.child_id, code, author.facility_id, author.actor_id, author.now)
    )
    return Handed(TakerKind.CODE.value, _seal(name=name)) if name is not None else WrongPickupCode()


def _by_head(wish: HandoverWish, *, is_head: bool) -> Handed:
    if not is_head:
        raise OnlyTheHead
    if not wish.name or not wish.reason:
        raise ReasonForTaker
    return Handed(TakerKind.OVERRULED.value, _seal(name=wish.name, reason=wish.reason))


def _seal(**told: str) -> str:
    return vault.seal(json.dumps(told, ensure_ascii=False))

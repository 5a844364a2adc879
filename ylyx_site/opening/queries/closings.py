"""Whom an emergency touches, and how far each family has come."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from ylyx_site.childcare.models import CareBooking, CareDay, CareState
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.facilities.models import CareClass, Facility
from ylyx_site.families.kinds import BondState
from ylyx_site.families.models import Bond, Person
from ylyx_site.families.queries.people import acted_for
from ylyx_site.identity.models import Account
from ylyx_site.notices.models import Notice
from ylyx_site.opening.kinds import Reach
from ylyx_site.opening.models import CareClosing, ClosedCare
from ylyx_site.opening.rules.wishes import ClosingWish
from ylyx_site.shared.refusals import NotFound


class Touched(NamedTuple):
    """A day of care that an emergency touches. `arrived_at`: the child is in the house."""

    id: int
    booking_id: int
    code: str
    child_id: int
    child: str
    class_id: int
    class_name: str
    kind: CareKind
    day: date
    starts: int
    ends: int
    pay_fen: int
    arrived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Guardian:
    """Whom to telephone."""

    account_id: int
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """A child that a closing has touched, its days, who is telephoned, how far they have come."""

    child_id: int
    child: str
    days: tuple[Touched, ...]
    guardians: tuple[Guardian, ...]
    reach: Reach


def touched_by(session: Session, facility_id: int, wish: ClosingWish) -> list[Touched]:
    """The live days of care in it, by day and name; those of children who are here too."""
    where = [
        CareDay.facility_id == facility_id, CareDay.state == CareState.BOOKED,
        CareDay.day.between(wish.days.first, wish.days.last),
    ]  # fmt: skip
    if wish.class_id is not None:
        where.append(CareDay.class_id == wish.class_id)
    return _read(session, *where)


def closing_of(session: Session, facility_id: int, closing_id: int) -> CareClosing:
    """A closing of this house; raises `NotFound`."""
    found = session.get(CareClosing, closing_id)
    if found is None or found.facility_id != facility_id:
        raise NotFound
    return found


def closings_of(session: Session, facility_id: int, most: int = 20) -> list[CareClosing]:
    """The house's closings, the latest first."""
    return list(
        session.scalars(
            sa.select(CareClosing)
            .where(CareClosing.facility_id == facility_id)
            .order_by(CareClosing.id.desc())
            .limit(most)
        )
    )


def ended_by(session: Session, closing_id: int) -> list[Touched]:
    """The days of care that the closing has ended."""
    ids = sa.select(ClosedCare.care_day_id).where(ClosedCare.closing_id == closing_id)
    return _read(session, CareDay.id.in_(ids))


def ended_for(session: Session, account_id: int, code: str) -> list[tuple[Touched, str, str]]:
    """Days of a booking that a closing has ended, of one's own children, with house and reason.

    Raises `NotFound` when there is none.
    """
    ids = sa.select(ClosedCare.care_day_id)
    days = _read(
        session,
        CareBooking.code == code,
        CareDay.child_id.in_(acted_for(account_id)),
        CareDay.id.in_(ids),
    )
    if not days:
        raise NotFound
    why = {
        row.care_day_id: (row.name, row.reason)
        for row in session.execute(
            sa.select(ClosedCare.care_day_id, Facility.name, CareClosing.reason)
            .join(CareClosing, CareClosing.id == ClosedCare.closing_id)
            .join(Facility, Facility.id == CareClosing.facility_id)
            .where(ClosedCare.care_day_id.in_([one.id for one in days]))
        )
    }
    return [(one, *why[one.id]) for one in days]


def families_of(session: Session, closing: CareClosing) -> list[FamilyLine]:
    """Each child that the closing has touched; five queries for one family and for fifty."""
    days: dict[int, list[Touched]] = {}
    for one in ended_by(session, closing.id):
        days.setdefault(one.child_id, []).append(one)
    guardians = guardians_of(session, days)
    accounts = {one.account_id for found in guardians.values() for one in found}
    read = _read_by(session, closing, accounts)
    moved = _moved(session, closing, days)
    return [
        FamilyLine(
            child_id, found[0].child, tuple(found), tuple(guardians.get(child_id, ())),
            _reach(found, guardians.get(child_id, ()), read, moved),
        )
        for child_id, found in days.items()
    ]  # fmt: skip


def guardians_of(session: Session, child_ids: Collection[int]) -> dict[int, list[Guardian]]:
    """Who may act for these children, with whole numbers: journal who reads them."""
    rows = session.execute(
        sa.select(Bond.person_id, Account.id, Account.name, Account.phone)
        .join(Account, Account.id == Bond.account_id)
        .where(Bond.person_id.in_(child_ids), Bond.state == BondState.LIVE, Bond.ended_at.is_(None))
        .order_by(Bond.person_id, Bond.asked_at, Account.id)
    )
    found: dict[int, list[Guardian]] = {}
    for person_id, account_id, name, phone in rows:
        found.setdefault(person_id, []).append(Guardian(account_id, name, phone))
    return found


def subject_of(closing_id: int) -> str:
    """Under which subject the families are told, so that it can be seen who has read it."""
    return f"closing:{closing_id}"


def _reach(
    days: Collection[Touched],
    guardians: Collection[Guardian],
    read: set[int],
    moved: set[tuple[int, date]],
) -> Reach:
    if all((one.child_id, one.day) in moved for one in days):
        return Reach.MOVED
    return Reach.READ if any(one.account_id in read for one in guardians) else Reach.TOLD


def _read_by(session: Session, closing: CareClosing, accounts: Collection[int]) -> set[int]:
    return set(
        session.scalars(
            sa.select(Notice.account_id).where(
                Notice.account_id.in_(accounts),
                Notice.subject == subject_of(closing.id),
                Notice.read_at.is_not(None),
            )
        )
    )


def _moved(
    session: Session, closing: CareClosing, child_ids: Collection[int]
) -> set[tuple[int, date]]:
    """The children's days on which they have care again, here or elsewhere."""
    again = aliased(CareDay)
    rows = session.execute(
        sa.select(again.child_id, again.day).where(
            again.child_id.in_(child_ids), again.state == CareState.BOOKED,
            again.day.between(closing.first_day, closing.last_day),
        )
    )  # fmt: skip
    return {(row.child_id, row.day) for row in rows}


def _read(session: Session, *where: sa.ColumnElement[bool]) -> list[Touched]:
    rows: Iterable[Any] = session.execute(
        sa.select(
            CareDay.id, CareDay.booking_id, CareBooking.code, CareDay.child_id, Person.name,
            CareDay.class_id, CareClass.name, CareBooking.kind, CareDay.day, CareDay.starts,
            CareDay.ends, CareDay.price_fen - CareDay.benefit_fen, CareDay.arrived_at,
        )
        .join(CareBooking, CareBooking.id == CareDay.booking_id)
        .join(CareClass, CareClass.id == CareDay.class_id)
        .join(Person, Person.id == CareDay.child_id)
        .where(*where)
        .order_by(CareDay.day, Person.name, CareDay.id)
    )  # fmt: skip
    return [Touched(*row) for row in rows]

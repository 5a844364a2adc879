"""Whom a nursery's desk may see: families with a child booked there within a year, or met there.

Everybody else exists for it only by the whole telephone number that was told, with a masked name,
until somebody opens the record: from then on the desk has met the family, and the journal says so.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareBooking, CareDay
from ylyx_site.counter.models import DeskPerson
from ylyx_site.counter.queries.people import KNOWN_FOR, MOST_FOUND, MOST_RECENT
from ylyx_site.counter.rules.asking import Asked
from ylyx_site.families.kinds import BondState, PersonKind
from ylyx_site.families.models import Bond, Person
from ylyx_site.families.queries import PersonFacts, children_of, handle_of
from ylyx_site.identity.models import Account
from ylyx_site.shared.identifiers import mask_name
from ylyx_site.shared.refusals import NotFound

TAIL = 4


@dataclass(frozen=True, slots=True)
class FoundFamily:
    """A line of the list: a child and the guardian by whom it was found.

    Of a family that the desk does not know only the guardian's masked name is told.
    """

    child_id: int
    child: str
    born_on: date | None
    guardian: str
    phone_tail: str
    handle: str
    is_known: bool


def find_families(
    session: Session, facility_id: int, asked: Asked, today: date
) -> list[FoundFamily]:
    """Who is meant, at most twelve, by the child's name; one query.

    A child with two guardians is one line, unless it is found by a telephone number.
    """
    is_known = known_children(facility_id, today)
    rows = session.execute(
        _families(is_known)
        .where(_matches(asked), sa.true() if asked.is_whole else is_known)
        .order_by(is_known.desc(), Person.name, Person.id, Bond.asked_at, Bond.account_id)
        .limit(MOST_FOUND * 3)
    ).all()
    return _lines(rows)


def recent_families(session: Session, facility_id: int, today: date) -> list[FoundFamily]:
    """For whom something was booked here last, the latest first; one query."""
    latest = (
        sa.select(CareDay.child_id, sa.func.max(CareBooking.booked_at).label("at"))
        .join(CareBooking, CareBooking.id == CareDay.booking_id)
        .where(CareDay.facility_id == facility_id, CareDay.day >= today - KNOWN_FOR)
        .group_by(CareDay.child_id)
        .subquery()
    )
    rows = session.execute(
        _families(sa.true())
        .join(latest, latest.c.child_id == Person.id)
        .order_by(latest.c.at.desc(), Person.id, Bond.asked_at, Bond.account_id)
        .limit(MOST_RECENT * 3)
    ).all()
    return _lines(rows)[:MOST_RECENT]


def refuse_unknown_child(session: Session, facility_id: int, child_id: int, today: date) -> None:
    """Raise `NotFound` for a child whose family this desk does not know; one query."""
    known = session.scalar(
        sa.select(
            sa.exists().where(
                Person.id == child_id, _is_child(), known_children(facility_id, today)
            )
        )
    )
    if not known:
        raise NotFound


def family_of_number(session: Session, child_id: int, asked: Asked) -> list[PersonFacts]:
    """The children of the guardian of this child whose whole number was told; else none."""
    account_id = session.scalar(
        sa.select(Bond.account_id)
        .join(Account, Account.id == Bond.account_id)
        .join(Person, Person.id == Bond.person_id)
        .where(Bond.person_id == child_id, _is_child(), *_live(), Account.phone == asked.phone)
    )
    return children_of(session, account_id) if asked.phone and account_id else []


def known_children(facility_id: int, today: date) -> sa.ColumnElement[bool]:
    """Of `Person`: who was booked here within a year, or whom the desk has met."""
    booked = sa.select(CareDay.child_id).where(
        CareDay.facility_id == facility_id, CareDay.day >= today - KNOWN_FOR
    )
    met = sa.select(DeskPerson.person_id).where(DeskPerson.facility_id == facility_id)
    return sa.or_(Person.id.in_(booked), Person.id.in_(met))


def _families(is_known: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    made: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            Person.id, Person.name, Person.born_on, Account.id, Account.name, Account.phone,
            is_known,
        )
        .join(Bond, Bond.person_id == Person.id)
        .join(Account, Account.id == Bond.account_id)
        .where(_is_child(), *_live())
    )  # fmt: skip
    return made


def _is_child() -> sa.ColumnElement[bool]:
    return sa.and_(Person.kind == PersonKind.CHILD, Person.ended_at.is_(None))


def _live() -> tuple[sa.ColumnElement[bool], ...]:
    return Bond.state == BondState.LIVE, Bond.ended_at.is_(None), Account.closed_at.is_(None)


def _matches(asked: Asked) -> sa.ColumnElement[bool]:
    if asked.tail:
        return Account.phone.endswith(asked.tail, autoescape=True)
    if asked.phone:
        return Account.phone == asked.phone
    if asked.pinyin:
        return sa.or_(
            Person.search_text.startswith(asked.pinyin, autoescape=True),
            Person.search_text.contains(f" {asked.pinyin}", autoescape=True),
        )
    return Person.name.contains(asked.name, autoescape=True)


def _lines(rows: Any) -> list[FoundFamily]:
    """One line for each known child, one for each family that the desk does not know."""
    known: dict[int, FoundFamily] = {}
    strangers: dict[int, FoundFamily] = {}
    for child_id, name, born_on, account_id, guardian, phone, is_known in rows:
        handle = handle_of(child_id, account_id)
        if is_known:
            line = FoundFamily(
                child_id, name, born_on, mask_name(guardian), phone[-TAIL:], handle, is_known=True
            )
            known.setdefault(child_id, line)
        else:
            line = FoundFamily(
                child_id, "", None, mask_name(guardian), "", handle, is_known=False
            )  # fmt: skip
            strangers.setdefault(account_id, line)
    return [*known.values(), *strangers.values()][:MOST_FOUND]

"""Whom a desk may see: those who have ordered there within a year, and those whom it has met.

Everybody else exists for it only by the whole telephone or ID number that was told, with a masked
name, until the clerk opens the record: from then on the desk has met them, and the journal says so.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.counter.models import DeskPerson
from ylyx_site.counter.rules.asking import Asked
from ylyx_site.facilities.models import Division
from ylyx_site.families.kinds import BondState, PersonKind
from ylyx_site.families.models import Bond, ElderProfile, Person, PersonAddress
from ylyx_site.families.queries import number_index, phone_index
from ylyx_site.identity.models import Account
from ylyx_site.meals.models import MealOrder, OrderedMeal
from ylyx_site.shared.identifiers import mask_name
from ylyx_site.shared.refusals import NotFound

KNOWN_FOR = timedelta(days=366)
MOST_FOUND = 12
MOST_RECENT = 8
FAMILY_TAIL = 4  # fewer digits of a child's number would mean too many people


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the list. Of whom the desk does not know, the name is masked and no more told."""

    id: int
    name: str
    born_on: date
    phone_tail: str
    community: str
    is_known: bool


def find(session: Session, facility_id: int, asked: Asked, today: date) -> list[Found]:
    """Who is meant, at most twelve, known ones first and by name; one query.

    Often the daughter calls: whom the desk knows is found by the number of a child too.
    """
    is_known = known_here(facility_id, today)
    rows = session.execute(
        _people(is_known)
        .where(
            sa.or_(
                sa.and_(_matches(asked), sa.true() if asked.is_whole else is_known),
                sa.and_(is_known, _family_calls(asked)),
            )
        )
        .order_by(is_known.desc(), Person.name, Person.born_on)
        .limit(MOST_FOUND)
    )
    return [_found(row) for row in rows]


def recent(session: Session, facility_id: int, today: date) -> list[Found]:
    """For whom something was ordered here last, the latest first; one query."""
    latest = (
        sa.select(OrderedMeal.person_id, sa.func.max(MealOrder.ordered_at).label("at"))
        .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
        .where(OrderedMeal.facility_id == facility_id, OrderedMeal.day >= today - KNOWN_FOR)
        .group_by(OrderedMeal.person_id)
        .subquery()
    )
    rows = session.execute(
        _people(sa.true())
        .join(latest, latest.c.person_id == Person.id)
        .order_by(latest.c.at.desc(), Person.id)
        .limit(MOST_RECENT)
    )
    return [_found(row) for row in rows]


def refuse_unknown(session: Session, facility_id: int, person_id: int, today: date) -> None:
    """Raise `NotFound` for somebody whom this desk does not know; one query."""
    known = session.scalar(
        sa.select(
            sa.exists().where(
                Person.id == person_id, _is_elder(), known_here(facility_id, today)
            )
        )
    )  # fmt: skip
    if not known:
        raise NotFound


def has_number(session: Session, person_id: int, asked: Asked) -> bool:
    """Whether the whole number that was told is this person's."""
    return bool(
        session.scalar(
            sa.select(Person.id)
            .outerjoin(ElderProfile, ElderProfile.person_id == Person.id)
            .where(Person.id == person_id, _is_elder(), _matches(asked))
        )
    )


def known_here(facility_id: int, today: date) -> sa.ColumnElement[bool]:
    """Of `Person`: who has ordered here within a year, or whom the desk has met."""
    ordered = sa.select(OrderedMeal.person_id).where(
        OrderedMeal.facility_id == facility_id, OrderedMeal.day >= today - KNOWN_FOR
    )
    met = sa.select(DeskPerson.person_id).where(DeskPerson.facility_id == facility_id)
    return sa.or_(Person.id.in_(ordered), Person.id.in_(met))


def _people(is_known: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    made: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            Person.id, Person.name, Person.born_on,
            sa.func.coalesce(ElderProfile.phone_tail, ""), sa.func.coalesce(Division.name, ""),
            is_known,
        )
        .outerjoin(ElderProfile, ElderProfile.person_id == Person.id)
        .outerjoin(PersonAddress, PersonAddress.person_id == Person.id)
        .outerjoin(Division, Division.code == PersonAddress.division_code)
        .where(_is_elder())
    )  # fmt: skip
    return made


def _is_elder() -> sa.ColumnElement[bool]:
    return sa.and_(Person.kind == PersonKind.ELDER, Person.ended_at.is_(None))


def _matches(asked: Asked) -> sa.ColumnElement[bool]:
    if asked.tail:
        return ElderProfile.phone_tail.endswith(asked.tail, autoescape=True)
    if asked.phone:
        return ElderProfile.phone_index == phone_index(asked.phone)
    if asked.number:
        return Person.id_number_index == number_index(asked.number)
    if asked.pinyin:
        return sa.or_(
            Person.search_text.startswith(asked.pinyin, autoescape=True),
            Person.search_text.contains(f" {asked.pinyin}", autoescape=True),
        )
    return Person.name.contains(asked.name, autoescape=True)


def _family_calls(asked: Asked) -> sa.ColumnElement[bool]:
    """Of `Person`: whether the number, or its last four digits, is of an account that is bound."""
    if asked.phone:
        is_it = Account.phone == asked.phone
    elif len(asked.tail) == FAMILY_TAIL:
        is_it = Account.phone.endswith(asked.tail, autoescape=True)
    else:
        return sa.false()
    return sa.exists().where(
        Bond.person_id == Person.id, Bond.account_id == Account.id, Account.closed_at.is_(None),
        Bond.state == BondState.LIVE, Bond.ended_at.is_(None), is_it,
    )  # fmt: skip


def _found(row: Any) -> Found:
    person_id, name, born_on, tail, community, is_known = row
    if is_known:
        return Found(person_id, name, born_on, tail, community, is_known=True)
    return Found(person_id, mask_name(name), born_on, "", "", is_known=False)

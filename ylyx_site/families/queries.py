"""Reading families. People are fetched through an account that may act for them.

Only live bonds to people who are still here count; whoever only asked sees nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.kinds import BondState, PersonKind, Relation
from ylyx_site.families.models import Bond, Person
from ylyx_site.identity.models import Account
from ylyx_site.shared.refusals import NotFound

LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Somebody cared for. `relation` is what the account that asks is to this person."""

    id: int
    kind: PersonKind
    name: str
    born_on: date
    relation: Relation


@dataclass(frozen=True, slots=True)
class GuardianFacts:
    """An account bound to a person, live or asking."""

    account_id: int
    name: str
    phone: str
    relation: Relation
    state: BondState
    asked_at: datetime


def people_of(session: Session, account_id: int) -> list[PersonFacts]:
    """Everybody the account may act for, children first, the oldest of each kind first."""
    return _facts(session, account_id)


def children_of(session: Session, account_id: int) -> list[PersonFacts]:
    """The children the account may act for, the oldest first."""
    return _facts(session, account_id, Person.kind == PersonKind.CHILD)


def person_of(session: Session, account_id: int, person_id: int) -> PersonFacts:
    """Somebody whom the account may act for; raises `NotFound` for everybody else."""
    if not 0 < person_id <= LARGEST_ID:
        raise NotFound
    found = _facts(session, account_id, Person.id == person_id)
    if not found:
        raise NotFound
    return found[0]


def child_of(session: Session, account_id: int, child_id: int) -> PersonFacts:
    """As `person_of`, but only a child."""
    child = person_of(session, account_id, child_id)
    if child.kind != PersonKind.CHILD:
        raise NotFound
    return child


def guardians_of(session: Session, person_id: int) -> list[GuardianFacts]:
    """Who is bound to the person or asks to be, in the order in which they asked.

    For pages that have fetched the person through its owner already.
    """
    rows = session.execute(
        sa.select(
            Bond.account_id, Account.name, Account.phone, Bond.relation, Bond.state, Bond.asked_at
        )
        .join(Account, Account.id == Bond.account_id)
        .where(Bond.person_id == person_id, Bond.ended_at.is_(None))
        .order_by(Bond.asked_at, Bond.account_id)
    )
    return [GuardianFacts(*row) for row in rows]


def _facts(
    session: Session, account_id: int, *narrower: sa.ColumnElement[bool]
) -> list[PersonFacts]:
    rows = session.execute(
        sa.select(Person.id, Person.kind, Person.name, Person.born_on, Bond.relation)
        .join(Bond, Bond.person_id == Person.id)
        .where(
            Bond.account_id == account_id,
            Bond.state == BondState.LIVE,
            Bond.ended_at.is_(None),
            Person.ended_at.is_(None),
            *narrower,
        )
        .order_by(Person.kind, Person.born_on, Person.id)
    )
    return [PersonFacts(*row) for row in rows]

"""Reading families. People are fetched through an account that may act for them.

Only live bonds to people who are still here count; whoever only asked sees nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.kinds import BondState, PersonKind, Relation
from ylyx_site.families.models import Bond, Consent, Person
from ylyx_site.identity.models import Account
from ylyx_site.shared import identifiers, vault
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
    """An account bound to a person, live or asking. `handle` names it in addresses."""

    account_id: int
    name: str
    phone: str
    relation: Relation
    state: BondState
    asked_at: datetime
    handle: str

    @property
    def masked_phone(self) -> str:
        """`138****5678`."""
        return identifiers.mask_phone(self.phone)


@dataclass(frozen=True, slots=True)
class ChildRecord:
    """All that is kept about a child; of the ID number only the masked form."""

    facts: PersonFacts
    sex: str
    masked_id: str
    note: str
    consent_by: int
    consent_given_at: datetime


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
    return [GuardianFacts(*row, handle=handle_of(person_id, row.account_id)) for row in rows]


def live_guardians(session: Session, person_id: int) -> frozenset[int]:
    """The accounts that may act for the person."""
    guardians = guardians_of(session, person_id)
    return frozenset(one.account_id for one in guardians if one.state == BondState.LIVE)


def other_guardians(
    session: Session, people: Collection[int], actor_id: int
) -> tuple[str, frozenset[int]]:
    """The actor's name, and the other accounts that may act for one of these people; one query."""
    rows = session.execute(
        sa.select(Account.id, Account.name).where(
            sa.or_(
                Account.id == actor_id,
                Account.id.in_(
                    sa.select(Bond.account_id)
                    .join(Person, Person.id == Bond.person_id)
                    .where(Bond.person_id.in_(people), *_live())
                ),
            )
        )
    ).all()
    names = {row.id: row.name for row in rows}
    return names.pop(actor_id, ""), frozenset(names)


def guardian_by_handle(session: Session, person_id: int, handle: str) -> GuardianFacts:
    """The guardian, live or asking, that an address names; raises `NotFound`."""
    for guardian in guardians_of(session, person_id):
        if guardian.handle == handle:
            return guardian
    raise NotFound


def handle_of(person_id: int, account_id: int) -> str:
    """A name for a guardian of this person that tells nothing of the account."""
    return vault.blind_index(f"guardian:{person_id}:{account_id}")[:12]


def record_of(session: Session, account_id: int, child_id: int) -> ChildRecord:
    """A child's record for its guardian; raises `NotFound`. The page journals this read."""
    facts = child_of(session, account_id, child_id)
    person, consent = session.execute(
        sa.select(Person, Consent)
        .join(Consent, Consent.id == Person.consent_id)
        .where(Person.id == facts.id)
    ).one()
    sealed_id, sealed_note = person.id_number_sealed, person.note_sealed
    return ChildRecord(
        facts=facts,
        sex=person.sex,
        masked_id=identifiers.mask_id(vault.unseal(sealed_id)) if sealed_id else "",
        note=vault.unseal(sealed_note) if sealed_note else "",
        consent_by=consent.account_id,
        consent_given_at=consent.given_at,
    )


def rows_of(session: Session, account_id: int, child_id: int) -> tuple[Person, Bond]:
    """The rows of a child and of the account's bond to it, for a command; raises `NotFound`."""
    child_of(session, account_id, child_id)
    person = session.get_one(Person, child_id, populate_existing=True)
    return person, session.get_one(Bond, (child_id, account_id), populate_existing=True)


def asked_by(session: Session, account_id: int) -> int:
    """How many children the account has asked for, without an answer as yet."""
    asked = session.scalar(_asked(sa.func.count(), Bond.account_id == account_id))
    return asked or 0


def children_asked_for(session: Session, account_id: int) -> frozenset[int]:
    """Those of the account's children for whom somebody else waits to be confirmed."""
    mine = sa.select(Bond.person_id).where(
        Bond.account_id == account_id, Bond.state == BondState.LIVE, Bond.ended_at.is_(None)
    )
    return frozenset(session.scalars(_asked(Bond.person_id, Bond.person_id.in_(mine))))


def _asked(what: Any, whose: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return (
        sa.select(what)
        .select_from(Bond)
        .join(Person, Person.id == Bond.person_id)
        .where(
            whose,
            Bond.state == BondState.ASKED,
            Bond.ended_at.is_(None),
            Person.ended_at.is_(None),
        )
    )


def children_rows(account_id: sa.BindParameter[int]) -> sa.Subquery:
    """(id, name, born_on) of `children_of` an account, as a part of another room's query."""
    return (
        sa.select(Person.id, Person.name, Person.born_on)
        .join(Bond, Bond.person_id == Person.id)
        .where(*_live(), Bond.account_id == account_id, Person.kind == PersonKind.CHILD)
        .subquery()
    )


def guardian_rows(people: sa.BindParameter[int]) -> sa.Subquery:
    """(person_id, account_id, name) of who may act for some people; a part of another query."""
    return (
        sa.select(Bond.person_id, Bond.account_id, Account.name)
        .join(Person, Person.id == Bond.person_id)
        .join(Account, Account.id == Bond.account_id)
        .where(Bond.person_id.in_(people), *_live())
        .subquery()
    )


def acted_for(account_id: int) -> sa.Select[int]:
    """The people whom this account may act for, by number; a part of other rooms' queries."""
    return (
        sa.select(Bond.person_id)
        .join(Person, Person.id == Bond.person_id)
        .where(Bond.account_id == account_id, *_live())
    )


def _live() -> tuple[sa.ColumnElement[bool], ...]:
    """Bonds that let an account act for somebody who is still here."""
    return (
        Bond.state == BondState.LIVE,
        Bond.ended_at.is_(None),
        Person.ended_at.is_(None),
    )


def _facts(
    session: Session, account_id: int, *narrower: sa.ColumnElement[bool]
) -> list[PersonFacts]:
    statement = _ACTED_FOR.where(*narrower) if narrower else _ACTED_FOR
    rows = session.connection().execute(statement, {"account_id": account_id})
    return [PersonFacts(*row) for row in rows]


_ACTED_FOR = (
    sa.select(Person.id, Person.kind, Person.name, Person.born_on, Bond.relation)
    .join(Bond, Bond.person_id == Person.id)
    .where(Bond.account_id == sa.bindparam("account_id"), *_live())
    .order_by(Person.kind, Person.born_on, Person.id)
)

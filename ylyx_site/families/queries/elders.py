"""Elders as rows, for commands, and who is bound to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.kinds import BondState, PersonKind, Relation
from ylyx_site.families.models import Bond, ElderProfile, ElderRequest, Person
from ylyx_site.families.queries.people import handle_of
from ylyx_site.identity.models import Account
from ylyx_site.identity.scopes import DIVISION
from ylyx_site.shared import identifiers, vault
from ylyx_site.shared.identifiers import IdNumber
from ylyx_site.shared.refusals import NotFound


@dataclass(frozen=True, slots=True)
class KnownElder:
    """An elder who is here already, and the telephone on record (None: none)."""

    person: Person
    profile: ElderProfile
    phone: str | None


@dataclass(frozen=True, slots=True)
class BindingFacts:
    """An account that acts for an elder, as somebody sees it who holds the elder's telephone."""

    person_id: int
    handle: str
    masked_elder: str
    masked_name: str
    masked_phone: str
    relation: Relation
    since: datetime


@dataclass(frozen=True, slots=True)
class Town:
    """A town or street with its communities, as (code, name) pairs."""

    code: str
    name: str
    communities: tuple[tuple[str, str], ...]


def phone_index(phone: str) -> str:
    """The digest under which an elder's telephone is found; several elders may share one."""
    return vault.blind_index(f"telephone:{phone}")


def number_index(number: IdNumber) -> str:
    """The digest under which an ID number is found."""
    return vault.blind_index(number.value)


def known_elder(
    session: Session, name: str, born_on: date, phone: str | None, number: IdNumber | None
) -> KnownElder | None:
    """Who is meant: the same ID number, or else the same telephone, name and birth date."""
    if number is not None:
        found = _known(session, Person.id_number_index == number_index(number))
        if found is not None:
            return found
    if phone is None:
        return None
    return _known(
        session,
        ElderProfile.phone_index == phone_index(phone),
        Person.name == name,
        Person.born_on == born_on,
    )


def request_of(session: Session, account_id: int, request_id: int) -> ElderRequest:
    """A request of this account; raises `NotFound`."""
    request = session.get(ElderRequest, request_id, populate_existing=True)
    if request is None or request.asked_by != account_id:
        raise NotFound
    return request


def profile_of(session: Session, person_id: int) -> ElderProfile:
    """The row of an elder who was fetched through the owner."""
    return session.get_one(ElderProfile, person_id, populate_existing=True)


def is_oneself(session: Session, account_id: int, person_id: int) -> bool:
    """Whether the account is the elder's own."""
    return Relation.SELF in session.scalars(
        sa.select(Bond.relation).where(
            Bond.person_id == person_id, Bond.account_id == account_id, Bond.ended_at.is_(None)
        )
    )


def is_an_elder(session: Session, account_id: int) -> bool:
    """Whether the account has entered itself already."""
    return bool(
        session.scalar(
            sa.select(
                sa.exists().where(
                    Bond.account_id == account_id,
                    Bond.relation == Relation.SELF,
                    Bond.ended_at.is_(None),
                )
            )
        )
    )


def bindings_by_phone(session: Session, phone: str) -> list[BindingFacts]:
    """Who acts for the elders with this telephone; everything masked. One query."""
    rows = session.execute(
        sa.select(Person.id, Person.name, Account.id, Account.name, Account.phone,
                  Bond.relation, Bond.asked_at)
        .join(ElderProfile, ElderProfile.person_id == Person.id)
        .join(Bond, Bond.person_id == Person.id)
        .join(Account, Account.id == Bond.account_id)
        .where(
            ElderProfile.phone_index == phone_index(phone),
            Person.ended_at.is_(None),
            Bond.state == BondState.LIVE,
            Bond.ended_at.is_(None),
            Bond.relation != Relation.SELF,
        )
        .order_by(Person.born_on, Person.id, Bond.asked_at)
    )  # fmt: skip
    return [
        BindingFacts(
            person_id, handle_of(person_id, account_id), identifiers.mask_name(elder),
            identifiers.mask_name(name), identifiers.mask_phone(of_account), relation, since,
        )
        for person_id, elder, account_id, name, of_account, relation, since in rows
    ]  # fmt: skip


def towns(session: Session) -> list[Town]:
    """Towns and streets by code, each with its communities. One query.

    The register stands above this room; its table is read by name, as scopes of roles are.
    """
    rows = session.execute(sa.select(DIVISION.c.code, DIVISION.c.name).order_by(DIVISION.c.code))
    divisions: Sequence[tuple[str, str]] = [(code, name) for code, name in rows]
    return [
        Town(code, name, tuple(one for one in divisions if _is_in(one[0], code)))
        for code, name in divisions
        if len(code) == 9
    ]


def division_name(session: Session, code: str) -> str:
    """「棠香街道水峰社区」; the code where the register does not know it."""
    rows = session.execute(
        sa.select(DIVISION.c.code, DIVISION.c.name)
        .where(DIVISION.c.code.in_([code[:9], code]))
        .order_by(DIVISION.c.code)
    )
    return "".join(row.name for row in rows) or code


def is_division(session: Session, code: str) -> bool:
    """Whether the register has this town or community."""
    return bool(session.scalar(sa.select(sa.exists().where(DIVISION.c.code == code))))


def _is_in(code: str, town: str) -> bool:
    return len(code) == 12 and code.startswith(town)


def _known(session: Session, *where: sa.ColumnElement[bool]) -> KnownElder | None:
    row = session.execute(
        sa.select(Person, ElderProfile)
        .join(ElderProfile, ElderProfile.person_id == Person.id)
        .where(Person.kind == PersonKind.ELDER, Person.ended_at.is_(None), *where)
        .order_by(Person.id)
        .limit(1)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        return None
    person, profile = row
    phone = vault.unseal(profile.phone_sealed) if profile.phone_sealed else None
    return KnownElder(person, profile, phone)

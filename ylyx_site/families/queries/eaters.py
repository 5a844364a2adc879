"""Elders as those who eat: diet, what is avoided, groups, address.

What is sealed is opened here and nowhere else; a page that shows it journals the read.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.kinds import BondState, Diet, Group, PersonKind, Relation, Texture
from ylyx_site.families.models import Bond, ElderProfile, Person, PersonAddress, PersonGroup
from ylyx_site.families.queries.people import LARGEST_ID
from ylyx_site.shared import vault
from ylyx_site.shared.refusals import NotFound


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What somebody is recognised as, by which document, from and to (both included)."""

    group: Group
    evidence: str
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class EaterFacts:
    """An elder who eats. `relation` is what the account that asks is to the elder (else None).

    `division_code` is that of the address; `hukou_division` and `residence_division` those that
    benefits ask for. `groups` holds expired ones too, the newest first.
    """

    id: int
    name: str
    born_on: date
    relation: Relation | None
    diet: frozenset[Diet]
    avoids: tuple[str, ...]
    texture: Texture
    division_code: str | None
    hukou_division: str | None
    residence_division: str | None
    groups: tuple[GroupFacts, ...]

    @property
    def has_address(self) -> bool:
        """Whether meals can be brought."""
        return self.division_code is not None

    def groups_on(self, day: date) -> frozenset[Group]:
        """What the elder is recognised as on a day."""
        return frozenset(one.group for one in self.groups if one.holds_on(day))


@dataclass(frozen=True, slots=True)
class DeliveryAddress:
    """Where meals are brought to, opened; `note` is for the door: 「听力不好请多敲」."""

    division_code: str
    street: str
    building: str
    floor: str
    door: str
    note: str


def eater_of(session: Session, account_id: int, person_id: int) -> EaterFacts:
    """An elder for whom the account may act; raises `NotFound` for everybody else. Two queries."""
    if not 0 < person_id <= LARGEST_ID:
        raise NotFound
    found = _eaters(session, _bound_to(account_id).where(Person.id == person_id))
    if not found:
        raise NotFound
    return found[0]


def eaters_of(session: Session, account_id: int) -> list[EaterFacts]:
    """The elders for whom the account may act, the oldest first. Two queries."""
    return _eaters(session, _bound_to(account_id))


def diets_of(session: Session, account_id: int) -> list[EaterFacts]:
    """As `eaters_of` for who only asks what they eat: `groups` is empty. One query."""
    rows = session.execute(_bound_to(account_id))
    return [
        _facts(person, profile, division, relation, ())
        for person, profile, division, relation in rows
    ]


def eaters(session: Session, person_ids: Collection[int]) -> dict[int, EaterFacts]:
    """These elders as far as they are still here, by id. Two queries.

    For kitchens and desks, which have come to them through an order.
    """
    rows = _people(sa.null()).where(Person.id.in_(person_ids))
    return {one.id: one for one in _eaters(session, rows)}


def accounts_of(session: Session, person_ids: Collection[int]) -> dict[int, set[int]]:
    """The accounts that may act for each of these people, by person; one query."""
    rows = session.execute(
        sa.select(Bond.person_id, Bond.account_id).where(
            Bond.person_id.in_(person_ids), Bond.state == BondState.LIVE, Bond.ended_at.is_(None)
        )
    )
    found: dict[int, set[int]] = {}
    for person_id, account_id in rows:
        found.setdefault(person_id, set()).add(account_id)
    return found


def address_of(session: Session, person_id: int) -> DeliveryAddress:
    """Where meals are brought to, for pages that may show it; raises `NotFound` without one."""
    found = addresses_of(session, [person_id])
    if not found:
        raise NotFound
    return found[person_id]


def addresses_of(session: Session, person_ids: Collection[int]) -> dict[int, DeliveryAddress]:
    """The addresses of these people, by their ids; who has none is left out. One query."""
    rows = session.scalars(sa.select(PersonAddress).where(PersonAddress.person_id.in_(person_ids)))
    return {
        row.person_id: DeliveryAddress(row.division_code, **json.loads(vault.unseal(row.sealed)))
        for row in rows
    }


def opened_avoids(sealed: str | None) -> tuple[str, ...]:
    """What somebody avoids, opened, for lists that read the column itself."""
    return tuple(json.loads(vault.unseal(sealed))) if sealed else ()


def _people(relation: Any) -> sa.Select[Any]:
    return (
        sa.select(Person, ElderProfile, PersonAddress.division_code, relation)
        .outerjoin(ElderProfile, ElderProfile.person_id == Person.id)
        .outerjoin(PersonAddress, PersonAddress.person_id == Person.id)
        .where(Person.kind == PersonKind.ELDER, Person.ended_at.is_(None))
        .order_by(Person.born_on, Person.id)
    )


def _bound_to(account_id: int) -> sa.Select[Any]:
    return (
        _people(Bond.relation)
        .join(Bond, Bond.person_id == Person.id)
        .where(
            Bond.account_id == account_id,
            Bond.state == BondState.LIVE,
            Bond.ended_at.is_(None),
        )
    )


def _eaters(session: Session, people: sa.Select[Any]) -> list[EaterFacts]:
    rows = session.execute(people).all()
    groups = _groups(session, [row[0].id for row in rows]) if rows else {}
    return [
        _facts(person, profile, division, relation, groups.get(person.id, ()))
        for person, profile, division, relation in rows
    ]


def _groups(session: Session, person_ids: Sequence[int]) -> dict[int, tuple[GroupFacts, ...]]:
    rows = session.scalars(
        sa.select(PersonGroup)
        .where(PersonGroup.person_id.in_(person_ids))
        .order_by(PersonGroup.valid_from.desc(), PersonGroup.id)
    )
    groups: dict[int, tuple[GroupFacts, ...]] = {}
    for row in rows:
        one = GroupFacts(row.group, row.evidence, row.valid_from, row.valid_to)
        groups[row.person_id] = (*groups.get(row.person_id, ()), one)
    return groups


def _facts(
    person: Person,
    profile: ElderProfile | None,
    division_code: str | None,
    relation: Relation | None,
    groups: tuple[GroupFacts, ...],
) -> EaterFacts:
    return EaterFacts(
        id=person.id,
        name=person.name,
        born_on=person.born_on,
        relation=relation,
        diet=frozenset(map(Diet, profile.diets.split())) if profile else frozenset(),
        avoids=opened_avoids(profile.avoids_sealed) if profile else (),
        texture=profile.texture if profile else Texture.ORDINARY,
        division_code=division_code,
        hukou_division=person.hukou_division,
        residence_division=person.residence_division,
        groups=groups,
    )

"""Whom to call about a check, and where the person lives. Whoever shows it journals it."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.kinds import BondState, Relation
from ylyx_site.families.models import ElderProfile
from ylyx_site.families.queries import (
    DeliveryAddress,
    GuardianFacts,
    addresses_of,
    division_name,
    guardians_of,
)
from ylyx_site.shared import vault


@dataclass(frozen=True, slots=True)
class Contacts:
    """The person's own telephone (empty: none on record), address, and who is bound to them."""

    phone: str
    address: DeliveryAddress | None
    division: str
    bound: tuple[GuardianFacts, ...]


def contacts_of(session: Session, person_id: int) -> Contacts:
    """All that is needed to look after a person; the check was fetched through its canteen."""
    sealed = session.scalar(
        sa.select(ElderProfile.phone_sealed).where(ElderProfile.person_id == person_id)
    )
    address = addresses_of(session, [person_id]).get(person_id)
    bound = tuple(
        one
        for one in guardians_of(session, person_id)
        if one.state is BondState.LIVE and one.relation is not Relation.SELF
    )
    return Contacts(
        vault.unseal(sealed) if sealed else "",
        address,
        division_name(session, address.division_code) if address else "",
        bound,
    )

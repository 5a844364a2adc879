"""All that is kept about an elder, for the elder and for whoever is bound."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.kinds import BondState, Relation
from ylyx_site.families.models import ElderProfile, Person
from ylyx_site.families.queries.eaters import (
    DeliveryAddress,
    EaterFacts,
    addresses_of,
    eater_of,
)
from ylyx_site.families.queries.elders import division_name
from ylyx_site.families.queries.people import GuardianFacts, guardians_of
from ylyx_site.shared import identifiers, vault


@dataclass(frozen=True, slots=True)
class ElderRecord:
    """An elder's page: `division` is the name of the address's town; numbers are masked."""

    eater: EaterFacts
    sex: str
    masked_phone: str
    masked_id: str
    address: DeliveryAddress | None
    division: str
    bound: list[GuardianFacts]

    @property
    def is_oneself(self) -> bool:
        """Whether the elder looks at the own page."""
        return self.eater.relation == Relation.SELF


def elder_record(session: Session, account_id: int, person_id: int) -> ElderRecord:
    """An elder's record; raises `NotFound` for others'. The page journals this read."""
    eater = eater_of(session, account_id, person_id)
    sex, phone, number = session.execute(
        sa.select(Person.sex, ElderProfile.phone_sealed, Person.id_number_sealed)
        .outerjoin(ElderProfile, ElderProfile.person_id == Person.id)
        .where(Person.id == person_id)
    ).one()
    address = addresses_of(session, [person_id]).get(person_id)
    return ElderRecord(
        eater=eater,
        sex=sex,
        masked_phone=identifiers.mask_phone(vault.unseal(phone)) if phone else "",
        masked_id=identifiers.mask_id(vault.unseal(number)) if number else "",
        address=address,
        division=division_name(session, address.division_code) if address else "",
        bound=[one for one in guardians_of(session, person_id) if one.state == BondState.LIVE],
    )

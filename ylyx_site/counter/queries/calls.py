"""What a clerk needs to see of a caller. Opening it is journaled: address and health are on it."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.counter.queries.people import refuse_unknown
from ylyx_site.families.kinds import BondState
from ylyx_site.families.models import ElderProfile
from ylyx_site.families.queries import (
    DeliveryAddress,
    EaterFacts,
    GuardianFacts,
    addresses_of,
    division_name,
    eaters,
    guardians_of,
)
from ylyx_site.meals.queries.desk import coming_here, latest_here
from ylyx_site.meals.queries.orders import MealRow
from ylyx_site.meals.queries.payments import balances
from ylyx_site.shared import vault
from ylyx_site.shared.identifiers import mask_phone
from ylyx_site.shared.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Caller:
    """An elder as the desk sees one. `balance_fen`: paid ahead here and not used."""

    eater: EaterFacts
    masked_phone: str
    address: DeliveryAddress | None
    division: str
    last: MealRow | None
    coming: tuple[MealRow, ...]
    balance_fen: int


def eater_here(session: Session, facility_id: int, person_id: int, today: date) -> EaterFacts:
    """An elder whom this desk knows; raises `NotFound`. Three queries."""
    refuse_unknown(session, facility_id, person_id, today)
    found = eaters(session, [person_id]).get(person_id)
    if found is None:
        raise NotFound
    return found


def caller_of(session: Session, facility_id: int, person_id: int, today: date) -> Caller:
    """All of a caller's card; raises `NotFound`. The page journals this read. Eleven queries."""
    eater = eater_here(session, facility_id, person_id, today)
    phone = session.scalar(
        sa.select(ElderProfile.phone_sealed).where(ElderProfile.person_id == person_id)
    )
    address = addresses_of(session, [person_id]).get(person_id)
    return Caller(
        eater=eater,
        masked_phone=mask_phone(vault.unseal(phone)) if phone else "",
        address=address,
        division=division_name(session, address.division_code) if address else "",
        last=latest_here(session, facility_id, [person_id]).get(person_id),
        coming=tuple(coming_here(session, facility_id, person_id, today)),
        balance_fen=balances(session, facility_id, [person_id]).get(person_id, 0),
    )


def bound_to(session: Session, person_id: int) -> list[GuardianFacts]:
    """Who acts for the elder; for pages that have come to the elder through the desk."""
    return [one for one in guardians_of(session, person_id) if one.state == BondState.LIVE]

"""What a facility is: its facts as a value."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import FacilityKind, Filing, Nature
from ylyx_site.facilities.models import Division, Facility
from ylyx_site.shared.refusals import NotFound

LISTED = (Filing.FILED, Filing.IN_FILING)


@dataclass(frozen=True, slots=True)
class FacilityFacts:
    """A facility; `town` is the name of its town or street. Position in degrees."""

    id: int
    kind: FacilityKind
    nature: Nature
    name: str
    credit_code: str
    filing: Filing
    filing_number: str | None
    division_code: str
    town: str
    address: str
    latitude: float | None
    longitude: float | None
    telephone: str
    inclusive: bool
    about: str

    @property
    def is_booked_online(self) -> bool:
        """Whether families book here: only houses that are filed."""
        return self.filing is Filing.FILED

    @property
    def is_nursery(self) -> bool:
        """Whether children are cared for here."""
        return self.kind is FacilityKind.NURSERY


def facility_of(session: Session, facility_id: int) -> FacilityFacts:
    """Return the facts of a facility, listed or not; raises `NotFound`."""
    found = facilities_of(session, [facility_id]).get(facility_id)
    if found is None:
        raise NotFound
    return found


def public_facility(session: Session, facility_id: int) -> FacilityFacts:
    """As `facility_of`, but a suspended facility does not exist for the public."""
    found = facility_of(session, facility_id)
    if found.filing not in LISTED:
        raise NotFound
    return found


def facilities_of(session: Session, facility_ids: Collection[int]) -> dict[int, FacilityFacts]:
    """Return the facts of many facilities by id, in one query; unknown ids are left out."""
    rows = session.execute(_select().where(Facility.id.in_(facility_ids)))
    return {row[0]: FacilityFacts(*row) for row in rows}


def town_of_facility() -> sa.ColumnElement[bool]:
    """Join a facility with the division that is its town (or its district, when that is all)."""
    return Division.code == sa.func.substr(Facility.division_code, 1, 9)


def _select() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(
        Facility.id,
        Facility.kind,
        Facility.nature,
        Facility.name,
        Facility.credit_code,
        Facility.filing,
        Facility.filing_number,
        Facility.division_code,
        sa.func.coalesce(Division.name, ""),
        Facility.address,
        Facility.latitude,
        Facility.longitude,
        Facility.telephone,
        Facility.inclusive,
        Facility.about,
    ).outerjoin(Division, town_of_facility())

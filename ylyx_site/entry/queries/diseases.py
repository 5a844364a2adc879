"""The district's table of infectious diseases, and a child's cases."""

import json
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.entry.kinds import Source
from ylyx_site.entry.models import ChildCase, Disease
from ylyx_site.entry.queries.gate import DISTRICT
from ylyx_site.facilities.models import Facility
from ylyx_site.shared import vault
from ylyx_site.shared.refusals import NotFound


class DiseaseFacts(NamedTuple):
    """A row of the table."""

    id: int
    name: str
    days: int
    needs_paper: bool


class CaseFacts(NamedTuple):
    """A case with its disease: whoever shows it journals it."""

    id: int
    facility_id: int
    disease: str
    source: Source
    fell_ill_on: date
    back_on: date
    needs_paper: bool


def diseases_of_district(session: Session, division_code: str) -> list[DiseaseFacts]:
    """The rows in use, by name in the order in which they were entered."""
    rows = session.execute(
        sa.select(Disease.id, Disease.name, Disease.days, Disease.needs_paper)
        .where(Disease.division_code == division_code, Disease.ended_at.is_(None))
        .order_by(Disease.id)
    )
    return [DiseaseFacts(*row) for row in rows]


def diseases_of_house(session: Session, facility_id: int) -> list[DiseaseFacts]:
    """The table of the district in which a nursery is."""
    return diseases_of_district(session, district_of_house(session, facility_id))


def disease_of_district(session: Session, division_code: str, disease_id: int) -> DiseaseFacts:
    """One row in use; raises `NotFound`."""
    found = [one for one in diseases_of_district(session, division_code) if one.id == disease_id]
    if not found:
        raise NotFound
    return found[0]


def district_of_house(session: Session, facility_id: int) -> str:
    """The six digits of a nursery's district."""
    code = session.scalar(sa.select(Facility.division_code).where(Facility.id == facility_id))
    return (code or "")[:DISTRICT]


def cases_of_child(session: Session, child_id: int) -> list[CaseFacts]:
    """A child's cases, latest first; for pages that fetched the child through its owner."""
    rows = session.scalars(
        sa.select(ChildCase)
        .where(ChildCase.child_id == child_id, ChildCase.ended_at.is_(None))
        .order_by(ChildCase.fell_ill_on.desc(), ChildCase.id)
    )
    return [_facts(one) for one in rows]


def _facts(case: ChildCase) -> CaseFacts:
    told = json.loads(vault.unseal(case.sealed))
    return CaseFacts(
        case.id, case.facility_id, told["disease"], Source(told["source"]), case.fell_ill_on,
        case.back_on, case.needs_paper,
    )  # fmt: skip

"""What keeps children from being checked in: four queries, however many children there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.queries.children import last_days_there
from ylyx_site.entry.kinds import Lack, PaperState
from ylyx_site.entry.models import ChildCase, ChildPaper, DistrictEntry
from ylyx_site.entry.rules.gate import Case, EntryTerms, Filed, Record, lacks
from ylyx_site.facilities.models import Facility

DISTRICT = 6  # digits of a district's code


class Stay(Protocol):
    """A day of care as a family's pages have it."""

    @property
    def child_id(self) -> int: ...
    @property
    def child(self) -> str: ...
    @property
    def facility_id(self) -> int: ...
    @property
    def day(self) -> date: ...
    @property
    def arrived_at(self) -> datetime | None: ...


class Missing(NamedTuple):
    """A child and what it lacks at a nursery."""

    child_id: int
    child: str
    lacks: tuple[Lack, ...]


def lacks_of(
    session: Session, facility_id: int, child_ids: Collection[int], day: date
) -> dict[int, tuple[Lack, ...]]:
    """What each child lacks at this nursery on this day; children who lack nothing are left out."""
    if not child_ids:
        return {}
    terms = terms_of_house(session, facility_id)
    records = records_of(session, child_ids, day)
    found = {one: lacks(record, facility_id, day, terms) for one, record in records.items()}
    return {child_id: missing for child_id, missing in found.items() if missing}


def missing_of(session: Session, rows: Iterable[Stay], today: date) -> list[Missing]:
    """What is missing before these days of care, each child and nursery once; four queries."""
    first: dict[tuple[int, int], Stay] = {}
    for row in rows:
        if row.arrived_at is None and row.day >= today:
            first.setdefault((row.child_id, row.facility_id), row)
    if not first:
        return []
    terms = terms_of_houses(session, {house for _child, house in first})
    records = records_of(session, {child for child, _house in first}, today)
    found = [
        Missing(child, row.child, lacks(records[child], house, row.day, terms[house]))
        for (child, house), row in first.items()
    ]
    return [one for one in found if one.lacks]


def records_of(session: Session, child_ids: Collection[int], day: date) -> dict[int, Record]:
    """All that decides about each child on this day; three queries."""
    papers, cases = _papers(session, child_ids), cases_of(session, child_ids)
    there = last_days_there(session, child_ids, day)
    return {
        one: Record(papers.get(one, ()), cases.get(one, ()), there.get(one)) for one in child_ids
    }


def cases_of(session: Session, child_ids: Collection[int]) -> dict[int, list[Case]]:
    """The illnesses of each child that were not written down by mistake."""
    found: dict[int, list[Case]] = defaultdict(list)
    rows: Any = session.execute(
        sa.select(
            ChildCase.child_id, ChildCase.id, ChildCase.fell_ill_on, ChildCase.back_on,
            ChildCase.needs_paper,
        )
        .where(ChildCase.child_id.in_(child_ids), ChildCase.ended_at.is_(None))
        .order_by(ChildCase.fell_ill_on, ChildCase.id)
    )  # fmt: skip
    for child_id, *case in rows:
        found[child_id].append(Case(*case))
    return found


def terms_of_house(session: Session, facility_id: int) -> EntryTerms:
    """The figures of the district in which a nursery is."""
    code = sa.select(Facility.division_code).where(Facility.id == facility_id).scalar_subquery()
    return _terms(session, sa.func.substr(code, 1, DISTRICT))


def terms_of_district(session: Session, division_code: str) -> EntryTerms:
    """A district's figures, its own or the defaults."""
    return _terms(session, sa.literal(division_code))


def terms_of_houses(session: Session, facility_ids: Collection[int]) -> dict[int, EntryTerms]:
    """The figures of the districts in which these nurseries are; one query."""
    rows = session.execute(
        sa.select(Facility.id, DistrictEntry.away_months, DistrictEntry.keep_months)
        .join(
            DistrictEntry,
            DistrictEntry.division_code == sa.func.substr(Facility.division_code, 1, DISTRICT),
        )
        .where(Facility.id.in_(facility_ids))
    )
    own = {house: EntryTerms(away, keep) for house, away, keep in rows}
    return {house: own.get(house, EntryTerms()) for house in facility_ids}


def _terms(session: Session, code: sa.ColumnElement[str]) -> EntryTerms:
    row = session.execute(
        sa.select(DistrictEntry.away_months, DistrictEntry.keep_months).where(
            DistrictEntry.division_code == code
        )
    ).first()
    return EntryTerms(*row) if row else EntryTerms()


def _papers(session: Session, child_ids: Collection[int]) -> dict[int, list[Filed]]:
    found: dict[int, list[Filed]] = defaultdict(list)
    rows: Any = session.execute(
        sa.select(
            ChildPaper.child_id, ChildPaper.kind, ChildPaper.facility_id, ChildPaper.dated_on,
            ChildPaper.valid_until, ChildPaper.case_id,
        ).where(
            ChildPaper.child_id.in_(child_ids),
            ChildPaper.state == PaperState.CONFIRMED,
            ChildPaper.dated_on.is_not(None),
        )
    )  # fmt: skip
    for child_id, *paper in rows:
        found[child_id].append(Filed(*paper))
    return found

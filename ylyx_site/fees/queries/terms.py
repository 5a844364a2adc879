"""A nursery's table, by day."""

from collections.abc import Callable, Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.rules import in_force
from ylyx_site.fees.models import FeeTerms
from ylyx_site.fees.rules.terms import UNSET, Terms

COLUMNS = [FeeTerms.__table__.c[name] for name in Terms.__dataclass_fields__]


def versions_of(session: Session, facility_id: int) -> list[Terms]:
    """All that were ever set, the earliest first."""
    rows = session.execute(
        sa.select(*COLUMNS).where(FeeTerms.facility_id == facility_id).order_by(FeeTerms.from_day)
    )
    return [Terms(*row) for row in rows]


def terms_of(session: Session, facility_id: int) -> Callable[[date], Terms]:
    """The table in force on a day; one query for any number of days."""
    versions = versions_of(session, facility_id)
    return lambda day: in_force(versions, day) or UNSET


def terms_of_houses(
    session: Session, facility_ids: Collection[int]
) -> Callable[[int, date], Terms]:
    """The table in force at one of these nurseries on a day; one query for any number."""
    rows = session.execute(
        sa.select(FeeTerms.facility_id, *COLUMNS)
        .where(FeeTerms.facility_id.in_(facility_ids))
        .order_by(FeeTerms.from_day)
    )
    versions: dict[int, list[Terms]] = {one: [] for one in facility_ids}
    for facility_id, *row in rows:
        versions[facility_id].append(Terms(*row))
    return lambda facility_id, day: in_force(versions[facility_id], day) or UNSET

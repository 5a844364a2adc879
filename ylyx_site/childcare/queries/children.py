"""Children as a nursery knows them: by their days there."""

from collections.abc import Collection
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.families.models import Person
from ylyx_site.shared.refusals import NotFound

KNOWN_FOR = timedelta(
    days=31
)  # after the last day there; the same as for entering a day afterwards


def child_of_house(session: Session, facility_id: int, child_id: int, today: date) -> str:
    """The name of a child that comes to this nursery, or came within a month; or `NotFound`."""
    name = session.scalar(
        sa.select(Person.name).where(
            Person.id == child_id,
            Person.ended_at.is_(None),
            Person.id.in_(_known(facility_id, today - KNOWN_FOR)),
        )
    )
    if name is None:
        raise NotFound
    return name


def children_coming(session: Session, facility_id: int, today: date) -> dict[int, tuple[str, date]]:
    """Name and next day of each child that is booked at this nursery from today on, by day."""
    rows = session.execute(
        sa.select(Person.id, Person.name, sa.func.min(CareDay.day))
        .join(CareDay, CareDay.child_id == Person.id)
        .where(
            CareDay.facility_id == facility_id,
            CareDay.day >= today,
            CareDay.state == CareState.BOOKED,
            Person.ended_at.is_(None),
        )
        .group_by(Person.id, Person.name)
        .order_by(sa.func.min(CareDay.day), Person.name, Person.id)
    )
    return {child_id: (name, day) for child_id, name, day in rows}


def nurseries_of(session: Session, child_id: int, today: date) -> list[int]:
    """The nurseries at which the child is booked from today on."""
    rows = session.scalars(
        sa.select(CareDay.facility_id)
        .where(
            CareDay.child_id == child_id,
            CareDay.day >= today,
            CareDay.state == CareState.BOOKED,
        )
        .distinct()
        .order_by(CareDay.facility_id)
    )
    return list(rows)


def last_days_there(session: Session, child_ids: Collection[int], before: date) -> dict[int, date]:
    """The last day before this one on which each child was at any nursery."""
    rows = session.execute(
        sa.select(CareDay.child_id, sa.func.max(CareDay.day))
        .where(
            CareDay.child_id.in_(child_ids),
            CareDay.day < before,
            CareDay.arrived_at.is_not(None),
        )
        .group_by(CareDay.child_id)
    )
    return {child_id: day for child_id, day in rows}  # noqa: C416 rows are not pairs


def _known(facility_id: int, since: date) -> sa.Select[int]:
    return sa.select(CareDay.child_id).where(
        CareDay.facility_id == facility_id,
        CareDay.day >= since,
        CareDay.state != CareState.CANCELLED,
    )

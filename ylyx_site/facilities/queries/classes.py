"""Classes and their caps by day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import ClassKind
from ylyx_site.facilities.models import CareClass, ClassCap
from ylyx_site.facilities.queries.dated import by_day
from ylyx_site.shared.spans import DaySpan


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """A class on a day. Ages in months on the day of care, `to_months` not included."""

    id: int
    facility_id: int
    kind: ClassKind
    name: str
    from_months: int
    to_months: int
    children_per_carer: int
    cap: int


def classes_of(session: Session, facility_id: int, day: date) -> list[ClassFacts]:
    """Return the classes that a facility has on a day, the youngest children first."""
    return classes_on(session, [facility_id], day).get(facility_id, [])


def classes_on(
    session: Session, facility_ids: Collection[int], day: date
) -> dict[int, list[ClassFacts]]:
    """Return the classes of many facilities on a day, in one query.

    A class lives from its first cap until `ended_on`, the first day without it.
    """
    newest = sa.func.max(ClassCap.from_day).over(partition_by=ClassCap.class_id)
    caps = _caps(facility_ids, day, day).add_columns(newest.label("newest")).subquery()
    rows = session.execute(
        sa.select(CareClass, caps.c.children)
        .join(caps, CareClass.id == caps.c.class_id)
        .where(caps.c.from_day == caps.c.newest)
        .order_by(CareClass.from_months, CareClass.to_months, CareClass.name, CareClass.id)
    )
    found: dict[int, list[ClassFacts]] = {}
    for row, cap in rows:
        found.setdefault(row.facility_id, []).append(_facts(row, cap))
    return found


def class_caps_between(
    session: Session, facility_ids: Collection[int], first: date, last: date
) -> dict[tuple[int, date], int]:
    """Return how many children each class holds, by class id and day, in one query.

    Days before a class begins and from the day it has ended are left out.
    """
    rows = session.execute(_caps(facility_ids, first, last)).all()
    ends = {row.class_id: row.ended_on for row in rows}
    caps = by_day(
        rows, lambda row: row.class_id, lambda row: int(row.children), DaySpan(first, last)
    )
    return {
        (class_id, day): children
        for (class_id, day), children in caps.items()
        if ends[class_id] is None or day < ends[class_id]
    }


def _caps(
    facility_ids: Collection[int], first: date, last: date
) -> sa.Select[int, date, int, date | None]:
    return (
        sa.select(ClassCap.class_id, ClassCap.from_day, ClassCap.children, CareClass.ended_on)
        .join(CareClass, CareClass.id == ClassCap.class_id)
        .where(
            CareClass.facility_id.in_(facility_ids),
            ClassCap.from_day <= last,
            sa.or_(CareClass.ended_on.is_(None), CareClass.ended_on > first),
        )
    )


def _facts(row: CareClass, cap: int) -> ClassFacts:
    return ClassFacts(
        row.id,
        row.facility_id,
        row.kind,
        row.name,
        row.from_months,
        row.to_months,
        row.children_per_carer,
        cap,
    )

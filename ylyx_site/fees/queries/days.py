"""How the days of a nursery's children went, as far as they cost; two queries."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.models import Absence, Attendance
from ylyx_site.childcare.models import CareBenefit, CareBooking, CareDay, CareState
from ylyx_site.fees.rules.lines import Benefit, DayFacts
from ylyx_site.shared import clock
from ylyx_site.shared.spans import DaySpan


def facts_of(
    session: Session, facility_id: int, days: DaySpan, *, now: datetime, child_id: int | None = None
) -> list[DayFacts]:
    """The days of all children (of one) that cost something by now, by child and day.

    A day to come, and today until the child came or the hours are over, is not among them.
    """
    at = (clock.day_of(now), clock.minute_of(now))
    where = [
        CareDay.facility_id == facility_id, CareDay.day.between(days.first, days.last),
        CareDay.state != CareState.CANCELLED,
    ]  # fmt: skip
    if child_id is not None:
        where.append(CareDay.child_id == child_id)
    benefits = _benefits(session, where)
    rows = session.execute(_select(where))
    return [_facts(row, benefits[row.id]) for row in rows if _has_been(row, at)]


def days_as_booked(session: Session, day_ids: Collection[int]) -> dict[int, tuple[int, DayFacts]]:
    """These days of care by id, each with its nursery, however they went; two queries."""
    where: list[sa.ColumnElement[bool]] = [CareDay.id.in_(day_ids)]
    benefits = _benefits(session, where)
    rows = session.execute(_select(where))
    return {row.id: (row.facility_id, _facts(row, benefits[row.id])) for row in rows}


def _select(where: list[sa.ColumnElement[bool]]) -> Any:
    return (
        sa.select(
            CareDay.id, CareDay.facility_id, CareDay.child_id, CareDay.day, CareBooking.kind,
            CareBooking.half, CareDay.starts, CareDay.ends, CareDay.price_fen, CareDay.state,
            CareDay.arrived_at, Attendance.left_at, Attendance.forgotten, Absence.told_at,
        )
        .join(CareBooking, CareBooking.id == CareDay.booking_id)
        .outerjoin(Attendance, Attendance.care_day_id == CareDay.id)
        .outerjoin(Absence, Absence.care_day_id == CareDay.id)
        .where(*where)
        .order_by(CareDay.child_id, CareDay.day, CareDay.starts, CareDay.id)
    )  # fmt: skip


def _benefits(
    session: Session, where: list[sa.ColumnElement[bool]]
) -> defaultdict[int, tuple[Benefit, ...]]:
    found: defaultdict[int, tuple[Benefit, ...]] = defaultdict(tuple)
    rows: Any = session.execute(
        sa.select(CareBenefit.care_day_id, CareBenefit.payer, CareBenefit.title, CareBenefit.fen)
        .join(CareDay, CareDay.id == CareBenefit.care_day_id)
        .where(*where)
        .order_by(CareBenefit.position, CareBenefit.id)
    )
    for day_id, *line in rows:
        found[day_id] += (Benefit(*line),)
    return found


def _has_been(row: Any, at: tuple[date, int]) -> bool:
    is_over = (row.day, row.ends) <= at
    return row.arrived_at is not None or row.state is CareState.ABSENT or is_over


def _facts(row: Any, benefits: tuple[Benefit, ...]) -> DayFacts:
    return DayFacts(
        row.child_id, row.day, row.kind, row.half, row.starts, row.ends, row.price_fen, benefits,
        arrived=_minute(row.arrived_at), left=_minute(row.left_at),
        is_forgotten=bool(row.forgotten), is_absent=row.state is CareState.ABSENT,
        told=(clock.day_of(row.told_at), clock.minute_of(row.told_at)) if row.told_at else None,
    )  # fmt: skip


def _minute(instant: datetime | None) -> int | None:
    return None if instant is None else clock.minute_of(instant)

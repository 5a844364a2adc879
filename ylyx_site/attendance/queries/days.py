"""Days of care, fetched through the nursery at which they are."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.kinds import CheckKind, Result
from ylyx_site.attendance.models import Absence, Attendance, HealthCheck
from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.shared.refusals import NotFound


def day_of_house(session: Session, facility_id: int, day_id: int) -> CareDay:
    """A day of care of this nursery that was not cancelled, as it stands now; or `NotFound`."""
    found = session.scalar(
        sa.select(CareDay)
        .where(
            CareDay.id == day_id,
            CareDay.facility_id == facility_id,
            CareDay.state != CareState.CANCELLED,
        )
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def attendance_of(session: Session, day_id: int) -> Attendance | None:
    """What is on record for the day."""
    return session.get(Attendance, day_id, populate_existing=True)


def absence_of(session: Session, day_id: int) -> Absence | None:
    """The absence that was told for the day."""
    return session.get(Absence, day_id, populate_existing=True)


def latest_results(
    session: Session, day_ids: Collection[int], kind: CheckKind | None = None
) -> dict[int, Result]:
    """The result of the latest check of each day that had one, of a kind or of any."""
    rows = session.execute(
        sa.select(HealthCheck.care_day_id, HealthCheck.result)
        .where(
            HealthCheck.care_day_id.in_(day_ids),
            HealthCheck.kind == kind if kind else sa.true(),
        )
        .order_by(HealthCheck.id)
    )
    return {day_id: result for day_id, result in rows}  # noqa: C416 rows are not pairs


def expected_days(
    session: Session, facility_id: int, day: date, class_id: int | None, minute: int
) -> dict[int, int]:
    """Day and child where hours run at this minute (or begin within the hour); nobody came."""
    rows = session.execute(
        sa.select(CareDay.id, CareDay.child_id)
        .where(
            CareDay.facility_id == facility_id,
            CareDay.day == day,
            CareDay.class_id == class_id if class_id is not None else sa.true(),
            CareDay.state == CareState.BOOKED,
            CareDay.arrived_at.is_(None),
            CareDay.starts <= minute + 60,
            CareDay.ends > minute,
        )
        .order_by(CareDay.id)
    )
    return {day_id: child_id for day_id, child_id in rows}  # noqa: C416 rows are not pairs


def unwell(session: Session, facility_id: int, day: date) -> list[int]:
    """The days of care whose latest check was not all right, of children still at the house."""
    rows = session.execute(
        sa.select(HealthCheck.care_day_id, HealthCheck.result)
        .join(CareDay, CareDay.id == HealthCheck.care_day_id)
        .outerjoin(Attendance, Attendance.care_day_id == CareDay.id)
        .where(
            CareDay.facility_id == facility_id,
            CareDay.day == day,
            CareDay.state == CareState.BOOKED,
            Attendance.left_at.is_(None),
        )
        .order_by(HealthCheck.id)
    )
    latest: dict[int, Result] = {day_id: result for day_id, result in rows}  # noqa: C416 see above
    return [day_id for day_id, result in latest.items() if result is not Result.OK]

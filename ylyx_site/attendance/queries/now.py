"""How a nursery's day stands at this moment, without a name; two queries."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.kinds import Standing
from ylyx_site.attendance.models import Attendance
from ylyx_site.attendance.queries.days import unwell
from ylyx_site.attendance.rules.standing import Counts, count, overdue_minutes, standing_of
from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.shared import clock

NOT_COME = 30  # minutes after the booked start; many come some minutes later every day


@dataclass(frozen=True, slots=True)
class Now:
    """How many are where, and of them how many are late, not fetched in time, or not well."""

    counts: Counts
    late: int
    overdue: int
    unwell: int

    @property
    def listed(self) -> int:
        """All who were booked for the day and not cancelled."""
        return self.counts.expected + self.counts.absent


def now_at(session: Session, facility_id: int, now: datetime) -> Now:
    """The figures of today."""
    today, minute = clock.day_of(now), clock.minute_of(now)
    rows = session.execute(
        sa.select(
            CareDay.state, CareDay.arrived_at, Attendance.left_at, CareDay.starts, CareDay.ends
        )
        .outerjoin(Attendance, Attendance.care_day_id == CareDay.id)
        .where(
            CareDay.facility_id == facility_id,
            CareDay.day == today,
            CareDay.state != CareState.CANCELLED,
        )
    )
    children = [
        (
            standing_of(
                is_absent=state is CareState.ABSENT, has_arrived=arrived is not None,
                has_left=left is not None, check=None,
            ),
            starts, ends,
        )
        for state, arrived, left, starts, ends in rows
    ]  # fmt: skip
    return Now(
        count(standing for standing, _starts, _ends in children),
        sum(
            one is Standing.EXPECTED and starts + NOT_COME < minute
            for one, starts, _ends in children
        ),
        sum(overdue_minutes(one, ends, minute) > 0 for one, _starts, ends in children),
        len(unwell(session, facility_id, today)),
    )

"""What days of care hold about a child's health and its family goes when the consent goes."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.models import Absence, Attendance, DailyNote, HealthCheck
from ylyx_site.childcare.models import CareDay


def erase(session: Session, child_id: int) -> None:
    """Erase checks, notes, reasons, who fetched the child; times stay for what is to be paid."""
    days = sa.select(CareDay.id).where(CareDay.child_id == child_id)
    for statement in (
        sa.delete(HealthCheck).where(HealthCheck.care_day_id.in_(days)),
        sa.delete(DailyNote).where(DailyNote.care_day_id.in_(days)),
        sa.update(Absence).where(Absence.care_day_id.in_(days)).values(reason_sealed=None),
        sa.update(Attendance).where(Attendance.care_day_id.in_(days)).values(handed_sealed=None),
    ):
        session.execute(statement.execution_options(synchronize_session=False))

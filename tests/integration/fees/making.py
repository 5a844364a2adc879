"""A nursery's November: days of care as they went."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import makers
from ylyx_site.attendance.models import Absence, Attendance
from ylyx_site.childcare.models import CareBooking, CareDay, CareState
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.facilities.models import CareClass, Facility
from ylyx_site.fees.models import FeeTerms
from ylyx_site.shared import clock
from ylyx_site.shared.identifiers import public_code

NOVEMBER, OCTOBER = "2026-11", "2026-10"


def a_table(session: Session, facility_id: int, **figures: int) -> FeeTerms:
    """Ten minutes are free, then 5 yuan each quarter; lunch 15 yuan; 20 yuan a month."""
    usual = {
        "late_grace": 10, "late_step": 15, "late_step_fen": 500, "meal_fen": 1500,
        "meal_minute": 690, "told_days_before": 0, "told_minute": 510, "told_back": 100,
        "untold_back": 0, "month_fen": 2000,
    }  # fmt: skip
    made = FeeTerms(facility_id=facility_id, from_day=date(2026, 1, 1), **(usual | figures))
    session.add(made)
    session.flush()
    return made


def a_day(
    session: Session,
    nursery: Facility,
    child_id: int,
    day: date,
    *,
    arrived: int | None = 485,
    left: int | None = 1050,
    told: int | None = None,
) -> CareDay:
    """A whole day at 68 yuan: came from `arrived` to `left`, or stayed away as `told` then."""
    account = makers.an_account(session, f"139{nursery.id:03d}{child_id:03d}{day:%d}", "家长")
    booking = CareBooking(
        code=public_code(), facility_id=nursery.id, kind=CareKind.FULL_DAY, account_id=account.id,
        booked_at=clock.instant_at(date(2026, 9, 1), 600),
    )  # fmt: skip
    session.add(booking)
    session.flush()
    made = CareDay(
        booking_id=booking.id, facility_id=nursery.id, class_id=_class(session, nursery),
        child_id=child_id, day=day, starts=450, ends=1050, price_fen=6800,
        state=CareState.BOOKED if told is None else CareState.ABSENT,
        arrived_at=None if told is not None or arrived is None else clock.instant_at(day, arrived),
    )  # fmt: skip
    session.add(made)
    session.flush()
    if told is not None:
        session.add(
            Absence(care_day_id=made.id, told_by=account.id, told_at=clock.instant_at(day, told))
        )
    elif arrived is not None:
        session.add(
            Attendance(
                care_day_id=made.id, arrived_by=account.id,
                left_at=None if left is None else clock.instant_at(day, left),
            )
        )  # fmt: skip
    session.flush()
    return made


def _class(session: Session, nursery: Facility) -> int:
    return session.scalars(
        sa.select(CareClass.id).where(CareClass.facility_id == nursery.id).order_by(CareClass.id)
    ).all()[0]

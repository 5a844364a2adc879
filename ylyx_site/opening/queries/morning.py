"""A morning as the list before opening needs it; the same number of queries for every house."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.models import HealthCheck
from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.identity.models import Account
from ylyx_site.opening.models import Hazard, OpenedDay
from ylyx_site.opening.rules import Morning
from ylyx_site.shared.spans import DaySpan
from ylyx_site.staffing.kinds import ShiftKind
from ylyx_site.staffing.queries.boards import HouseDay, house_days
from ylyx_site.staffing.queries.shifts import ShiftFacts, shifts_between


@dataclass(frozen=True, slots=True)
class HazardFacts:
    """A hazard, open or dealt with."""

    id: int
    words: str
    found_by: str
    found_at: datetime
    how: str
    closed_by: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Opened:
    """Who opened the house today."""

    who: str
    at: datetime
    reason: str


def morning_of(session: Session, facility_id: int, day: date) -> tuple[HouseDay, Morning]:
    """The day's roster against its bookings, and what the list is made of."""
    one_day = DaySpan(day, day)
    shifts = shifts_between(session, facility_id, one_day)
    house = house_days(session, facility_id, one_day, shifts)[day]
    on_duty = _on_duty(shifts)
    morning = Morning(
        has_roster=bool(shifts),
        short=len(house.missing),
        without_certificate=_with(on_duty, day, "none"),
        ending_soon=_with(on_duty, day, "soon"),
        unchecked=_unchecked(session, facility_id, day),
        hazards=_open_hazards(session, facility_id),
    )
    return house, morning


def opened_on(session: Session, facility_id: int, day: date) -> Opened | None:
    """Who opened the house that day, if anybody has."""
    row = session.execute(
        sa.select(Account.name, OpenedDay.opened_at, OpenedDay.reason)
        .join(Account, Account.id == OpenedDay.opened_by)
        .where(OpenedDay.facility_id == facility_id, OpenedDay.day == day)
    ).first()
    return Opened(*row) if row else None


def hazards_of(session: Session, facility_id: int, most: int = 30) -> list[HazardFacts]:
    """Open ones first, then those dealt with, the latest first."""
    finder, closer = sa.orm.aliased(Account), sa.orm.aliased(Account)
    rows = session.execute(
        sa.select(
            Hazard.id, Hazard.words, finder.name, Hazard.found_at, Hazard.how,
            sa.func.coalesce(closer.name, ""), Hazard.closed_at,
        )
        .join(finder, finder.id == Hazard.found_by)
        .outerjoin(closer, closer.id == Hazard.closed_by)
        .where(Hazard.facility_id == facility_id)
        .order_by(Hazard.closed_at.is_not(None), Hazard.id.desc())
        .limit(most)
    )  # fmt: skip
    return [HazardFacts(*row) for row in rows]


def _on_duty(shifts: Sequence[ShiftFacts]) -> list[ShiftFacts]:
    by_carer = {one.carer.id: one for one in shifts if one.kind is ShiftKind.DUTY}
    return [by_carer[number] for number in sorted(by_carer)]


def _with(shifts: Sequence[ShiftFacts], day: date, standing: str) -> list[str]:
    return [one.carer.name for one in shifts if one.carer.health_ends(day) == standing]


def _unchecked(session: Session, facility_id: int, day: date) -> int:
    checked = sa.exists().where(HealthCheck.care_day_id == CareDay.id)
    found: int = session.scalars(
        sa.select(sa.func.count()).where(
            CareDay.facility_id == facility_id, CareDay.day == day,
            CareDay.state == CareState.BOOKED, CareDay.arrived_at.is_not(None), ~checked,
        )
    ).one()  # fmt: skip
    return found


def _open_hazards(session: Session, facility_id: int) -> int:
    found: int = session.scalars(
        sa.select(sa.func.count()).where(
            Hazard.facility_id == facility_id, Hazard.closed_at.is_(None)
        )
    ).one()
    return found

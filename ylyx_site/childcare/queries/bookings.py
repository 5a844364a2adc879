"""Bookings, fetched through the guardians of the children in them."""

from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareBooking, CareDay, CareState
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.facilities.models import CareClass, Facility
from ylyx_site.families.models import Person
from ylyx_site.families.queries.people import acted_for
from ylyx_site.shared.refusals import NotFound

PAGE = 30


class DayRow(NamedTuple):
    """A day of care in a list of the family's."""

    id: int
    code: str
    facility_id: int
    facility: str
    child_id: int
    child: str
    class_name: str
    kind: CareKind
    half: str
    day: date
    starts: int
    ends: int
    price_fen: int
    state: CareState
    arrived_at: datetime | None
    benefit_fen: int

    @property
    def pay_fen(self) -> int:
        """What the family pays."""
        return self.price_fen - self.benefit_fen


def own_booking(session: Session, account_id: int, code: str) -> CareBooking:
    """The booking with this code, if one of its children is theirs; raises `NotFound`."""
    booking = session.scalar(
        sa.select(CareBooking).where(
            CareBooking.code == code,
            sa.exists().where(
                CareDay.booking_id == CareBooking.id, CareDay.child_id.in_(acted_for(account_id))
            ),
        )
    )
    if booking is None:
        raise NotFound
    return booking


def own_live_days(session: Session, account_id: int, booking_id: int) -> list[CareDay]:
    """The days of a booking that still stand, of the children that are theirs, in order.

    A day on which the child has arrived is nothing to cancel or change.
    """
    return list(
        session.scalars(
            sa.select(CareDay)
            .where(
                CareDay.booking_id == booking_id,
                CareDay.state == CareState.BOOKED,
                CareDay.arrived_at.is_(None),
                CareDay.child_id.in_(acted_for(account_id)),
            )
            .order_by(CareDay.day, CareDay.id)
        )
    )


def days_of_booking(session: Session, account_id: int, booking_id: int) -> list[DayRow]:
    """All days of a booking, ended ones too, of the children that are theirs."""
    rows = session.execute(
        _rows(account_id).where(CareDay.booking_id == booking_id).order_by(CareDay.day, CareDay.id)
    )
    return [DayRow(*row) for row in rows]


def coming_days(
    session: Session,
    account_id: int,
    today: date,
    most: int = 200,
    *,
    facility_id: int | None = None,
) -> list[DayRow]:
    """The days of care from today on that still stand, of all children that are theirs.

    With `facility_id` those at that nursery only.
    """
    rows = session.execute(
        _rows(account_id)
        .where(CareDay.day >= today, CareDay.state == CareState.BOOKED, _at(facility_id))
        .order_by(CareDay.day, CareDay.starts, CareDay.id)
        .limit(most)
    )
    return [DayRow(*row) for row in rows]


def latest_day(
    session: Session, account_id: int, *, facility_id: int | None = None
) -> DayRow | None:
    """The day of care that was booked last and not cancelled; for booking the same again."""
    row = session.execute(
        _rows(account_id)
        .where(CareDay.state == CareState.BOOKED, _at(facility_id))
        .order_by(CareBooking.booked_at.desc(), CareDay.id.desc())
        .limit(1)
    ).first()
    return DayRow(*row) if row else None


def past_days(session: Session, account_id: int, today: date, page: int = 1) -> list[DayRow]:
    """Days of care before today and those that were cancelled or missed, latest first.

    One row more than a page tells that there is another page.
    """
    rows = session.execute(
        _rows(account_id)
        .where(sa.or_(CareDay.day < today, CareDay.state != CareState.BOOKED))
        .order_by(CareDay.day.desc(), CareDay.id.desc())
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    return [DayRow(*row) for row in rows]


def _at(facility_id: int | None) -> sa.ColumnElement[bool]:
    return sa.true() if facility_id is None else CareDay.facility_id == facility_id


def _rows(account_id: int) -> Any:
    return (
        sa.select(
            CareDay.id,
            CareBooking.code,
            CareDay.facility_id,
            Facility.name,
            CareDay.child_id,
            Person.name,
            CareClass.name,
            CareBooking.kind,
            CareBooking.half,
            CareDay.day,
            CareDay.starts,
            CareDay.ends,
            CareDay.price_fen,
            CareDay.state,
            CareDay.arrived_at,
            CareDay.benefit_fen,
        )
        .join(CareBooking, CareBooking.id == CareDay.booking_id)
        .join(Facility, Facility.id == CareDay.facility_id)
        .join(Person, Person.id == CareDay.child_id)
        .join(CareClass, CareClass.id == CareDay.class_id)
        .where(CareDay.child_id.in_(acted_for(account_id)))
    )

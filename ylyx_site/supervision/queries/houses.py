"""One facility's day as a supervisor asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.identity.models import Account
from ylyx_site.opening.models import CareClosing, OpenedDay
from ylyx_site.opening.queries.morning import HazardFacts, hazards_of
from ylyx_site.places.boards import Board, boards, resource_names
from ylyx_site.shared.spans import DaySpan
from ylyx_site.staffing.queries.boards import HouseDay, house_days
from ylyx_site.staffing.queries.shifts import shifts_between


class Opened(NamedTuple):
    """Who opened the house; `not_good` are words of `Point` then, `reason` why all the same."""

    who: str
    at: datetime
    not_good: str
    reason: str


@dataclass(frozen=True, slots=True)
class CareHouse:
    """A nursery's day: opened or not, children against carers by half hour, hazards, closings."""

    opened: Opened | None
    house: HouseDay
    has_roster: bool
    board: Board
    names: Mapping[int, str]
    hazards: list[HazardFacts]
    closings: list[CareClosing]


def care_house(session: Session, facility_id: int, day: date) -> CareHouse:
    """What there is to know of a day; the same number of queries for every house."""
    one_day = DaySpan(day, day)
    shifts = shifts_between(session, facility_id, one_day)
    return CareHouse(
        opened=_opened(session, facility_id, day),
        house=house_days(session, facility_id, one_day, shifts)[day],
        has_roster=bool(shifts),
        board=boards(session, facility_id, [day])[day],
        names=resource_names(session, [facility_id]),
        hazards=hazards_of(session, facility_id),
        closings=list(session.scalars(_closings(facility_id, day))),
    )


def _opened(session: Session, facility_id: int, day: date) -> Opened | None:
    row = session.execute(
        sa.select(Account.name, OpenedDay.opened_at, OpenedDay.not_good, OpenedDay.reason)
        .join(Account, Account.id == OpenedDay.opened_by)
        .where(OpenedDay.facility_id == facility_id, OpenedDay.day == day)
    ).first()
    return Opened(*row) if row else None


def _closings(facility_id: int, day: date) -> sa.Select[CareClosing]:
    return (
        sa.select(CareClosing)
        .where(
            CareClosing.facility_id == facility_id,
            CareClosing.first_day <= day,
            CareClosing.last_day >= day,
        )
        .order_by(CareClosing.id)
    )

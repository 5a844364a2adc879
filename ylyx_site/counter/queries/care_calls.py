"""What a nursery needs to see of a caller. Opening it is journaled."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareBooking, CareDay
from ylyx_site.childcare.queries.bookings import DayRow, coming_days, latest_day
from ylyx_site.counter.queries.families import refuse_unknown_child
from ylyx_site.counter.queries.people import KNOWN_FOR
from ylyx_site.entry.kinds import Lack
from ylyx_site.entry.queries.gate import lacks_of
from ylyx_site.families.kinds import BondState
from ylyx_site.families.queries import GuardianFacts, PersonFacts, children_of, guardians_of
from ylyx_site.shared.refusals import NotFound


@dataclass(frozen=True, slots=True)
class FamilyCard:
    """A family as a nursery's desk sees it, opened by one of its children.

    `guardian` is who calls; `children` those for whom that guardian may act. `coming` and `last`
    are days at this nursery only.
    """

    child_id: int
    guardian: GuardianFacts
    guardians: tuple[GuardianFacts, ...]
    children: tuple[PersonFacts, ...]
    coming: tuple[DayRow, ...]
    last: DayRow | None

    @property
    def child(self) -> PersonFacts:
        """The child by which it was opened."""
        return next(one for one in self.children if one.id == self.child_id)


def caller_here(
    session: Session, facility_id: int, child_id: int, handle: str, today: date
) -> tuple[GuardianFacts, tuple[GuardianFacts, ...]]:
    """Who calls, and all who may act for the child; raises `NotFound`. Two queries.

    `handle` names the guardian; without one it is the one who has been there longest.
    """
    refuse_unknown_child(session, facility_id, child_id, today)
    live = tuple(one for one in guardians_of(session, child_id) if one.state == BondState.LIVE)
    caller = next((one for one in live if not handle or one.handle == handle), None)
    if caller is None:
        raise NotFound
    return caller, live


def family_card(
    session: Session, facility_id: int, child_id: int, handle: str, today: date
) -> FamilyCard:
    """All of a family's card; raises `NotFound`. The page journals this read. Five queries."""
    caller, live = caller_here(session, facility_id, child_id, handle, today)
    who = caller.account_id
    return FamilyCard(
        child_id=child_id,
        guardian=caller,
        guardians=live,
        children=tuple(children_of(session, who)),
        coming=tuple(coming_days(session, who, today, facility_id=facility_id)),
        last=latest_day(session, who, facility_id=facility_id),
    )


def lacking(
    session: Session, facility_id: int, card: FamilyCard, day: date
) -> dict[int, tuple[Lack, ...]]:
    """What each child would lack at the gate on that day; those who lack nothing are left out."""
    return lacks_of(session, facility_id, [one.id for one in card.children], day)


def booking_here(session: Session, facility_id: int, code: str, today: date) -> CareBooking:
    """A booking at this nursery with a day within the year; raises `NotFound`."""
    booking = session.scalar(
        sa.select(CareBooking).where(
            CareBooking.code == code,
            CareBooking.facility_id == facility_id,
            sa.exists().where(
                CareDay.booking_id == CareBooking.id, CareDay.day >= today - KNOWN_FOR
            ),
        )
    )
    if booking is None:
        raise NotFound
    return booking

"""Who waits in the demo: a full nursery, five families in its queue, one open offer for wang.

And the nursery that keeps a place while the form is filled in.
"""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareBooking, CareDay, CareState
from ylyx_site.childcare.rules.wishes import CancelWish, CareWish
from ylyx_site.childcare.service.endings import cancel
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.families.kinds import BondState, PersonKind
from ylyx_site.families.models import Bond, Person
from ylyx_site.places.busy import CHILD
from ylyx_site.places.models import BusyDay, HoldTerms
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import Refusal
from ylyx_site.waiting.models import PriorityGroup
from ylyx_site.waiting.rules.wishes import JoinWish
from ylyx_site.waiting.service.joining import join
from ylyx_site.waiting.service.running import run

OTHERS = 4
AHEAD = range(3, 12)


def enter_waiting(session: Session, wang: int, *, division: str, now: datetime) -> None:
    """A group that comes first, a queue at a full nursery, a place that has just become free."""
    session.add(
        PriorityGroup(
            division_code=division, name="双职工困难家庭（示例）", paper="社区开的证明", rank=10,
            valid_from=date(clock.day_of(now).year, 1, 1),
        )
    )  # fmt: skip
    session.flush()
    for day in (clock.day_of(now) + timedelta(days=n) for n in AHEAD):
        child_id = _free_child(session, wang, day)
        for facility_id in _busiest(session, day) if child_id else ():
            care = CareWish(facility_id, (child_id or 0,), (day,), CareKind.FULL_DAY)
            if _joins(session, wang, care, now):
                _others(session, wang, facility_id, day, now)
                _cancel_one(session, facility_id, day, now)
                return


def keep_places(session: Session, facility_id: int) -> None:
    """Let this nursery hold places for whoever fills in its form."""
    session.add(HoldTerms(facility_id=facility_id))


def _busiest(session: Session, day: date) -> list[int]:
    """The nurseries with most children that day."""
    count = sa.func.count(CareDay.id)
    rows = session.execute(
        sa.select(CareDay.facility_id, count)
        .where(CareDay.day == day, CareDay.state == CareState.BOOKED)
        .group_by(CareDay.facility_id)
        .order_by(count.desc(), CareDay.facility_id)
        .limit(12)
    )
    return [facility_id for facility_id, _ in rows]


def _free_child(session: Session, account_id: int, day: date) -> int | None:
    """A child of the account that is nowhere that day."""
    return session.scalar(
        _free(day).where(Bond.account_id == account_id).order_by(Person.born_on.desc()).limit(1)
    )


def _free(day: date) -> sa.Select[int]:
    busy = sa.exists().where(
        BusyDay.who == CHILD, BusyDay.who_id == Person.id, BusyDay.day == day, BusyDay.slots != 0
    )
    return (
        sa.select(Person.id)
        .join(Bond, Bond.person_id == Person.id)
        .where(Person.kind == PersonKind.CHILD, Bond.state == BondState.LIVE, ~busy)
    )


def _joins(session: Session, account_id: int, care: CareWish, now: datetime) -> bool:
    """Whether they could join; what is not full is refused before anything is written."""
    try:
        join(session, JoinWish((care.facility_id,), care), actor_id=account_id, now=now)
    except Refusal:
        return False
    return True


def _others(session: Session, wang: int, facility_id: int, day: date, now: datetime) -> None:
    """Some more families whose children are free that day."""
    rows = session.execute(
        _free(day)
        .add_columns(Bond.account_id)
        .where(Bond.account_id != wang)
        .order_by(Person.born_on.desc(), Person.id)
    ).all()
    joined = 0
    for child_id, account_id in rows:
        if joined == OTHERS:
            return
        care = CareWish(facility_id, (child_id,), (day,), CareKind.FULL_DAY)
        joined += _joins(session, account_id, care, now)


def _cancel_one(session: Session, facility_id: int, day: date, now: datetime) -> None:
    """Somebody cancels the day: the first in the queue is asked."""
    code, account_id = session.execute(
        sa.select(CareBooking.code, CareBooking.account_id)
        .join(CareDay, CareDay.booking_id == CareBooking.id)
        .where(
            CareDay.facility_id == facility_id,
            CareDay.day == day,
            CareDay.state == CareState.BOOKED,
            CareBooking.kind == CareKind.FULL_DAY,
        )
        .order_by(CareDay.id)
        .limit(1)
    ).one()
    cancel(session, CancelWish(code, (day,)), actor_id=account_id, now=now)
    run(session, facility_id, now)

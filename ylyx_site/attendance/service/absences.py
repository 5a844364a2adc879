"""Staying away: the place goes back to the ledger at once; staff may take it back while free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.errors import (
    ChildElsewhere,
    ChildIsHere,
    NoDay,
    NothingToExcuse,
    PlaceGone,
)
from ylyx_site.attendance.kinds import Reason
from ylyx_site.attendance.models import Absence
from ylyx_site.attendance.queries.days import day_of_house
from ylyx_site.attendance.rules.wishes import AbsenceWish, Author
from ylyx_site.attendance.service.telling import tell_of_absence
from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.childcare.queries.bookings import days_of_booking, own_booking, own_live_days
from ylyx_site.childcare.service.benefits import claim_again, give_up_benefits
from ylyx_site.journal.service import note
from ylyx_site.places.busy import CHILD, Presence, free, occupy
from ylyx_site.places.claims import Claim
from ylyx_site.places.errors import AlreadySomewhere, Full
from ylyx_site.places.gains import mark
from ylyx_site.places.models import ResourceKind
from ylyx_site.places.queries import resource_ids
from ylyx_site.places.service import give_back, take
from ylyx_site.shared import clock, vault
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import TimeSpan


@dataclass(frozen=True, slots=True)
class Telling:
    """Who tells, when, as what, and why."""

    actor_id: int
    now: datetime
    by_staff: bool = False
    reason: Reason | None = None
    step: str | None = None


def tell_absence(session: Session, wish: AbsenceWish, *, actor_id: int, now: datetime) -> int:
    """A family tells; returns how many days of care were freed.

    Allowed until the care ends, after the limit for cancelling too. Raises what `to_excuse`
    raises, and `ChildIsHere` when the arrival was written down meanwhile.
    """
    days = to_excuse(session, wish, actor_id=actor_id, now=now)
    excuse(session, days, Telling(actor_id, now, reason=wish.reason))
    return len(days)


def to_excuse(
    session: Session, wish: AbsenceWish, *, actor_id: int, now: datetime
) -> list[CareDay]:
    """The days of care that the wish means, all or none of them.

    Raises `NotFound` for a booking or child of others, `NoDay`, `NothingToExcuse`.
    """
    booking = own_booking(session, actor_id, wish.code)
    own = {row.child_id for row in days_of_booking(session, actor_id, booking.id)}
    if not set(wish.child_ids) <= own:
        raise NotFound
    if not wish.days:
        raise NoDay
    days = [
        one
        for one in excusable_days(session, wish.code, actor_id=actor_id, now=now)
        if one.day in wish.days and (not wish.child_ids or one.child_id in wish.child_ids)
    ]
    if {one.day for one in days} != set(wish.days):
        raise NothingToExcuse
    return days


def excusable_days(session: Session, code: str, *, actor_id: int, now: datetime) -> list[CareDay]:
    """The days of a booking of theirs for which absence can be told; raises `NotFound`."""
    booking = own_booking(session, actor_id, code)
    at = (clock.day_of(now), clock.minute_of(now))
    live = own_live_days(session, actor_id, booking.id)
    return [one for one in live if (one.day, one.ends) > at]


def excuse(session: Session, days: Sequence[CareDay], telling: Telling) -> None:
    """Write down that these booked days are missed and give their places back, all or none."""
    wanted = sorted(one.id for one in days)
    changed = session.scalars(
        sa.update(CareDay)
        .where(
            CareDay.id.in_(wanted),
            CareDay.state == CareState.BOOKED,
            CareDay.arrived_at.is_(None),
        )
        .values(state=CareState.ABSENT, ended_at=telling.now, ended_by=telling.actor_id)
        .returning(CareDay.id)
        .execution_options(synchronize_session=False)
    ).all()
    if sorted(changed) != wanted:
        _refuse(session, wanted)
    session.execute(sa.insert(Absence), [_row(day_id, telling) for day_id in wanted])
    _note(session, "attendance.absent", days, telling)
    give_up_benefits(session, days)
    free(session, CHILD, _presences(days))
    mark(session, {one.facility_id for one in days})
    give_back(session, _claims(session, days))


def come_after_all(session: Session, day: CareDay, author: Author) -> None:
    """Take an absence back: the place must still be free, and the child nowhere else.

    Benefits are quoted anew. Raises `PlaceGone`, `ChildElsewhere`, `NothingToExcuse`; the
    transaction is then rolled back.
    """
    changed = session.scalars(
        sa.update(CareDay)
        .where(CareDay.id == day.id, CareDay.state == CareState.ABSENT)
        .values(state=CareState.BOOKED, ended_at=None, ended_by=None)
        .returning(CareDay.id)
        .execution_options(synchronize_session=False)
    ).all()
    if not changed:
        raise NothingToExcuse
    session.execute(sa.delete(Absence).where(Absence.care_day_id == day.id))
    _note(session, "attendance.came_after_all", [day], Telling(author.actor_id, author.now))
    claim_again(session, day, now=author.now)
    try:
        occupy(session, CHILD, _presences([day]))
        take(session, _claims(session, [day]), now=author.now)
    except AlreadySomewhere as elsewhere:
        raise ChildElsewhere from elsewhere
    except Full as full:
        raise PlaceGone from full


def _refuse(session: Session, day_ids: Sequence[int]) -> None:
    arrived = session.scalar(
        sa.select(sa.func.count())
        .select_from(CareDay)
        .where(CareDay.id.in_(day_ids), CareDay.arrived_at.is_not(None))
    )
    raise ChildIsHere if arrived else NothingToExcuse


def _row(day_id: int, telling: Telling) -> dict[str, object]:
    return {
        "care_day_id": day_id,
        "told_by": telling.actor_id,
        "told_at": telling.now,
        "by_staff": telling.by_staff,
        "reason_sealed": vault.seal(telling.reason.value) if telling.reason else None,
        "step": telling.step,
        "step_by": telling.actor_id if telling.step else None,
        "step_at": telling.now if telling.step else None,
    }


def _note(session: Session, action: str, days: Sequence[CareDay], telling: Telling) -> None:
    for one in days:
        note(
            session, action, f"care_day:{one.id}", actor_id=telling.actor_id,
            facility_id=one.facility_id, detail=one.day.isoformat(), now=telling.now,
        )  # fmt: skip


def _presences(days: Sequence[CareDay]) -> list[Presence]:
    return [Presence(one.child_id, one.day, TimeSpan(one.starts, one.ends)) for one in days]


def _claims(session: Session, days: Sequence[CareDay]) -> list[Claim]:
    resources = resource_ids(session, sorted({one.facility_id for one in days}))
    return [
        Claim(resources[key], one.day, TimeSpan(one.starts, one.ends))
        for one in days
        for key in (
            (ResourceKind.FACILITY, one.facility_id),
            (ResourceKind.CLASS, one.class_id),
        )
    ]


def excuse_by_staff(session: Session, day_id: int, author: Author) -> None:
    """Staff write down that a child stays away, and the guardians are told.

    Raises `NotFound` and what `excuse` raises.
    """
    day = day_of_house(session, author.facility_id, day_id)
    at = (clock.day_of(author.now), clock.minute_of(author.now))
    if (day.day, day.ends) <= at:
        raise NothingToExcuse
    excuse(session, [day], Telling(author.actor_id, author.now, by_staff=True, step=author.key))
    tell_of_absence(session, day, now=author.now)

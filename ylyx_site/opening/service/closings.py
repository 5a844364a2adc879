"""Shutting the house or one class in an emergency, and opening again."""

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.service.closing import end_for_the_house
from ylyx_site.facilities import service as register
from ylyx_site.facilities.kinds import ClosureKind
from ylyx_site.facilities.service.pauses import pause_class, resume_class
from ylyx_site.families.queries.eaters import accounts_of
from ylyx_site.journal.service import note
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.opening.errors import (
    ChangedMeanwhile,
    ClosingTooLong,
    StartsInThePast,
    WordsMissing,
)
from ylyx_site.opening.models import CareClosing, ClosedCare
from ylyx_site.opening.queries.closings import Touched, closing_of, subject_of, touched_by
from ylyx_site.opening.rules.wishes import LONGEST_CLOSING, ClosingWish
from ylyx_site.places import publishing
from ylyx_site.places.service.balance import balanced
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import N_, NotFound
from ylyx_site.shared.spans import DaySpan

LONGEST_REASON = 100


def shut(
    session: Session, facility_id: int, wish: ClosingWish, *, actor_id: int, now: datetime
) -> int:
    """End all care in it that has not begun, let nobody in, and tell each family at once.

    Returns the number of the closing. Children who are in the house stay on the list until they
    are fetched; their families are told to come. Raises `StartsInThePast`, `ClosingTooLong`,
    `WordsMissing`, `NotFound` for a class of another house, and `ChangedMeanwhile` when the
    families are not those that were shown.
    """
    _check(wish, clock.day_of(now))
    closing = CareClosing(
        facility_id=facility_id, class_id=wish.class_id, first_day=wish.days.first,
        last_day=wish.days.last, reason=wish.reason.strip(), closed_by=actor_id, closed_at=now,
    )  # fmt: skip
    with balanced(session, facility_id, wish.days.first, confirmed=True):
        _let_nobody_in(session, facility_id, wish, actor_id, now)
        session.add(closing)
        session.flush()
    # Publishing holds the days' headers: nobody who is not seen here can still get in.
    touched = touched_by(session, facility_id, wish)
    if {one.id for one in touched} != set(wish.shown):
        raise ChangedMeanwhile
    waiting = [one for one in touched if one.arrived_at is None]
    _end(session, closing, waiting, actor_id, now)
    _tell_ended(session, closing, waiting, now)
    _tell_to_fetch(session, closing, [one for one in touched if one.arrived_at], now)
    note(
        session, "opening.shut", subject_of(closing.id),
        actor_id=actor_id, facility_id=facility_id, now=now,
        detail=f"{wish.days.first} to {wish.days.last}, {len(waiting)} days of care",
    )  # fmt: skip
    return closing.id


def reopen(
    session: Session, facility_id: int, closing_id: int, *, actor_id: int, now: datetime
) -> None:
    """Let a class in again from today on; done already is done.

    What was ended stays ended: families have made other plans. A closed house is opened on the
    page of its closures. Raises `NotFound`.
    """
    closing = closing_of(session, facility_id, closing_id)
    first = max(closing.first_day, clock.day_of(now))
    if closing.class_id is None:
        raise NotFound
    if closing.reopened_at is not None or closing.last_day < first:
        return
    closing.reopened_at = now
    with balanced(session, facility_id, first, confirmed=True):
        resume_class(
            session, facility_id, closing.class_id, DaySpan(first, closing.last_day),
            actor_id=actor_id, now=now,
        )  # fmt: skip


def _check(wish: ClosingWish, today: date) -> None:
    if wish.days.first < today:
        raise StartsInThePast(field="first_day")
    if len(wish.days.days()) > LONGEST_CLOSING:
        raise ClosingTooLong(field="last_day", most=LONGEST_CLOSING)
    if not 2 <= len(wish.reason.strip()) <= LONGEST_REASON:
        raise WordsMissing(field="reason")


def _let_nobody_in(
    session: Session, facility_id: int, wish: ClosingWish, actor_id: int, now: datetime
) -> None:
    if wish.class_id is not None:
        pause_class(session, facility_id, wish.class_id, wish.days, actor_id=actor_id, now=now)
        return
    register.close_days(
        session, facility_id, ClosureKind.EMERGENCY, wish.days.first, wish.days.last,
        reason=wish.reason, actor_id=actor_id, now=now,
    )  # fmt: skip


def _end(
    session: Session,
    closing: CareClosing,
    waiting: list[Touched],
    actor_id: int,
    now: datetime,
) -> None:
    ended = end_for_the_house(
        session, closing.facility_id, [one.id for one in waiting], actor_id=actor_id, now=now
    )
    if ended:
        rows = [{"care_day_id": one.id, "closing_id": closing.id} for one in ended]
        session.execute(sa.insert(ClosedCare), rows)
        publishing.republish(session, closing.facility_id, closing.first_day)


def _tell_ended(
    session: Session, closing: CareClosing, touched: Iterable[Touched], now: datetime
) -> None:
    """One message for each booking to everybody who may act for one of its children."""
    for code, days in _by_code(touched).items():
        news = News(
            NoticeKind.EMERGENCY,
            N_("%(day)s起，约好的托育临时停了，不收钱。请看看可以换到哪里。"),
            {"day": min(one.day for one in days)}, f"/childcare/bookings/{code}/closed",
            subject_of(closing.id), f"{subject_of(closing.id)}:{code}",
        )  # fmt: skip
        accounts = accounts_of(session, {one.child_id for one in days})
        plan(session, set().union(*accounts.values()), news, now=now)


def _tell_to_fetch(
    session: Session, closing: CareClosing, touched: Iterable[Touched], now: datetime
) -> None:
    for code, days in _by_code(touched).items():
        news = News(
            NoticeKind.EMERGENCY, N_("托育机构今天临时关门，请现在就来接孩子。"), {},
            f"/childcare/bookings/{code}", subject_of(closing.id),
            f"{subject_of(closing.id)}:fetch:{code}",
        )  # fmt: skip
        accounts = accounts_of(session, {one.child_id for one in days})
        plan(session, set().union(*accounts.values()), news, now=now)


def _by_code(touched: Iterable[Touched]) -> dict[str, list[Touched]]:
    found: dict[str, list[Touched]] = {}
    for one in touched:
        found.setdefault(one.code, []).append(one)
    return found

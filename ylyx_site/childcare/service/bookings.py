"""Booking: plan, write down, keep the children's time, take the places; all or nothing."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.errors import (
    AlreadyBooked,
    CodeTakenError,
    DayFull,
    NoDays,
    PriceChanged,
    SomeDays,
    WeekendWorked,
)
from ylyx_site.childcare.models import CareBooking, CareDay
from ylyx_site.childcare.policy import Planned, make_plan
from ylyx_site.childcare.rules.planning import Plan
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service.endings import give_up
from ylyx_site.journal.service import note
from ylyx_site.places.busy import CHILD, Presence, occupy
from ylyx_site.places.claims import Claim
from ylyx_site.places.errors import AlreadySomewhere
from ylyx_site.places.service import take
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Author:
    """Who books, under which fresh code."""

    account_id: int
    code: str
    now: datetime


def book(session: Session, wish: CareWish, *, actor_id: int, code: str, now: datetime) -> None:
    """Book all of the wish, or refuse with what to do.

    Named days: every one of them, or `SomeDays` / the day's own refusal. A pattern: its open days;
    holidays and the like are left out as the preview says, a full day refuses. With `instead`, a
    day of an earlier booking is given up for it in the same transaction. Raises `Full` when a
    place went while we looked: try again, another class may have one.
    """
    made = make_plan(session, wish, account_id=actor_id, now=now)
    refuse_incomplete(wish, made.plan)
    refuse_other_price(wish, made.plan)
    author = Author(actor_id, code, now)
    _write(session, wish, made.plan, author)
    given_back = []
    if made.given_up is not None:
        given_back = give_up(session, made.given_up, actor_id=actor_id, now=now)
    _keep_time(session, made.plan)
    take(session, [*claims_of(made), *given_back])


def refuse_incomplete(wish: CareWish, plan: Plan) -> None:
    """Refuse a plan that leaves out a day that the family counts on."""
    refused = [
        one
        for one in plan.left_out
        if wish.pattern is None or isinstance(one.refusal, (DayFull, AlreadyBooked))
    ]
    if len(refused) == 1 and not plan.booked and wish.pattern is None:
        raise refused[0].refusal
    if refused:
        raise SomeDays(refused)
    if not plan.booked:
        left = [one.refusal for one in plan.left_out if not isinstance(one.refusal, WeekendWorked)]
        raise _only(left) or NoDays()


def refuse_other_price(wish: CareWish, plan: Plan) -> None:
    """Refuse when a day costs something else than its page showed."""
    shown = dict(wish.quoted)
    if any(shown.get(day, fen) != fen for day, fen in plan.fen_by_day().items()):
        raise PriceChanged


def _only(refusals: list[Refusal]) -> Refusal | None:
    kinds = {type(one) for one in refusals}
    return refusals[0] if len(kinds) == 1 else None


def claims_of(made: Planned) -> list[Claim]:
    """Each day of care takes from its class and from the house."""
    house = made.terms.resource_id
    assert house is not None  # noqa: S101 nothing is planned without published days
    return [
        Claim(resource_id, one.day, one.span)
        for one in made.plan.booked
        for resource_id in (one.care_class.resource_id, house)
    ]


def _write(session: Session, wish: CareWish, plan: Plan, author: Author) -> None:
    booking_id = session.execute(
        on_conflict(session, CareBooking)
        .values(
            code=author.code,
            facility_id=wish.facility_id,
            kind=wish.kind,
            half=wish.half,
            account_id=author.account_id,
            note=wish.note,
            booked_at=author.now,
        )
        .on_conflict_do_nothing(index_elements=["code"])
        .returning(CareBooking.id)
    ).scalar()
    if booking_id is None:
        raise CodeTakenError
    session.execute(
        sa.insert(CareDay),
        [
            {
                "booking_id": booking_id,
                "facility_id": wish.facility_id,
                "class_id": one.care_class.id,
                "child_id": one.child_id,
                "day": one.day,
                "starts": one.span.start,
                "ends": one.span.end,
                "price_fen": one.fen,
            }
            for one in plan.booked
        ],
    )
    note(
        session,
        "childcare.booked",
        f"booking:{author.code}",
        actor_id=author.account_id,
        facility_id=wish.facility_id,
        detail=f"{len(plan.booked)} {plan.days[0]}..{plan.days[-1]}",
        now=author.now,
    )


def _keep_time(session: Session, plan: Plan) -> None:
    presences = [Presence(one.child_id, one.day, one.span) for one in plan.booked]
    try:
        occupy(session, CHILD, presences)
    except AlreadySomewhere as clash:
        raise AlreadyBooked from clash

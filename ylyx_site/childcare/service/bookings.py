"""Booking: plan, write down, keep the children's time, take the places; all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.childcare.errors import (
    AlreadyBooked,
    DayFull,
    NoDays,
    PriceChanged,
    SomeDays,
    WeekendWorked,
)
from ylyx_site.childcare.news import tell_guardians
from ylyx_site.childcare.policy import Planned, make_plan, moment
from ylyx_site.childcare.rules.planning import Care, Plan, is_too_late
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service.benefits import claim_quoted
from ylyx_site.childcare.service.endings import give_up
from ylyx_site.childcare.service.writing import Author, write
from ylyx_site.facilities.kinds import Deed
from ylyx_site.places.claims import Claim
from ylyx_site.places.gains import give_turn
from ylyx_site.places.rules import turned
from ylyx_site.places.service.letting_go import let_go
from ylyx_site.shared.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Desk:
    """A nursery's clerk who books for a caller; `late_reason`: why after the limit for adding."""

    clerk_id: int
    late_reason: str = ""


def book(
    session: Session,
    wish: CareWish,
    *,
    actor_id: int,
    code: str,
    now: datetime,
    kept: Sequence[Claim] = (),
    desk: Desk | None = None,
) -> None:
    """Book all of the wish, or refuse with what to do.

    Named days: every one of them, or `SomeDays` / the day's own refusal. A pattern: its open days;
    holidays and the like are left out as the preview says, a full day refuses. With `instead`, a
    day of an earlier booking is given up for it in the same transaction. `kept` are places that
    the ledger holds for this very wish (an offer): given back in the same step, as is what the
    account holds at the nursery, so that a held place becomes the booked one. Raises `Full` when
    a place went while we looked: try again, another class may have one. With a `desk`, `actor_id`
    is the caller's account and the booking is theirs; a reason overrules the limit for adding,
    and stays with the booking when it was needed.
    """
    reason = desk.late_reason if desk else ""
    made = plan_in_turn(session, wish, kept, account_id=actor_id, now=now, may_be_late=bool(reason))
    refuse_incomplete(wish, made.plan)
    refuse_other_price(wish, made)
    late_reason = reason if late_days(wish, made, now) else ""
    author = Author(actor_id, code, now, desk.clerk_id if desk else None, late_reason)
    given_back = turned([*kept, *let_go(session, made.hold_ids, now)])
    if made.given_up is not None:
        given_back += give_up(session, made.given_up, actor_id=author.actor_id, now=now)
    _tell(session, made, author)
    claim_quoted(session, made.quotes, now=now)
    write(session, wish, made, author, given_back)  # last: it holds what others wait for


def plan_in_turn(
    session: Session,
    wish: CareWish,
    kept: Sequence[Claim],
    *,
    account_id: int,
    now: datetime,
    may_be_late: bool = False,
) -> Planned:
    """The plan, once those who wait for a place have had their turn with what was gained."""
    made = make_plan(
        session, wish, account_id=account_id, now=now, kept=kept, may_be_late=may_be_late
    )
    is_full = any(isinstance(one.refusal, DayFull) for one in made.plan.left_out)
    if kept or not (made.has_gained or is_full):
        return made
    if not give_turn(session, wish.facility_id, now):
        return made
    return make_plan(session, wish, account_id=account_id, now=now, may_be_late=may_be_late)


def _tell(session: Session, made: Planned, author: Author) -> None:
    action = "childcare.booked" if made.given_up is None else "childcare.changed"
    tell_guardians(
        session, action, author.code, {one.child_id for one in made.plan.booked}, made.plan.days,
        actor_id=author.actor_id, now=author.now, by_desk=author.clerk_id is not None,
        known=made.others(author.actor_id),
    )  # fmt: skip


def late_days(wish: CareWish, made: Planned, now: datetime) -> list[date]:
    """The planned days that are past their limit for adding."""
    at = moment(now)
    cares = {
        one.day: Care(wish.kind, wish.half, one.day, one.span) for one in made.plan.booked
    }  # fmt: skip
    return [day for day, care in cares.items() if is_too_late(made.terms, Deed.ADD, care, at)]


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


def refuse_other_price(wish: CareWish, made: Planned) -> None:
    """Refuse when the family would pay something else for a day than its page showed."""
    shown = dict(wish.quoted)
    if any(shown.get(day, fen) != fen for day, fen in made.pay_by_day().items()):
        raise PriceChanged


def _only(refusals: list[Refusal]) -> Refusal | None:
    kinds = {type(one) for one in refusals}
    return refusals[0] if len(kinds) == 1 else None

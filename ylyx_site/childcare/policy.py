"""Planning a wish from what the database holds: shown before booking, checked again in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.childcare.errors import NotBookedOnline, TooManyDays
from ylyx_site.childcare.queries.look import look
from ylyx_site.childcare.queries.terms import terms_of
from ylyx_site.childcare.rules.planning import Child, Moment, Plan, Scene, Terms, plan
from ylyx_site.childcare.rules.wishes import MOST_DAYS, CareWish
from ylyx_site.facilities.kinds import Filing
from ylyx_site.facilities.queries import FacilityFacts, public_facility
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import DaySpan

LONGEST_PATTERN = 120  # days from first to last: what is published and a margin


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with the terms it rests on and the children it is for."""

    plan: Plan
    terms: Terms
    children: tuple[Child, ...]


def make_plan(session: Session, wish: CareWish, *, account_id: int, now: datetime) -> Planned:
    """Plan the wish for the children of this account.

    One query, while the register is as it was. Raises `NotFound` for somebody else's child or no
    nursery, `NotBookedOnline`, `TooManyDays`, and refusals of the wish as a whole.
    """
    days = days_of(wish)
    seen = look(
        session, facility_id=wish.facility_id, account_id=account_id, child_ids=wish.child_ids,
        days=days.days() if wish.pattern else sorted(set(wish.days)),
    )  # fmt: skip
    if seen.filing is None:
        raise NotFound
    if seen.filing is not Filing.FILED:
        raise NotBookedOnline
    children = _own(seen.children, wish.child_ids)
    terms = terms_of(session, wish.facility_id, days, seen.stamps)
    scene = Scene(children, terms, seen.free, seen.busy, moment(now))
    return Planned(plan(wish, scene), terms, children)


def public_nursery(session: Session, facility_id: int) -> FacilityFacts:
    """A nursery that the public may see; raises `NotFound` for suspended ones and for canteens."""
    facility = public_facility(session, facility_id)
    if not facility.is_nursery:
        raise NotFound
    return facility


def _own(own: Mapping[int, Child], child_ids: tuple[int, ...]) -> tuple[Child, ...]:
    """These children of the account's; raises `NotFound` when one is not theirs."""
    try:
        return tuple(own[child_id] for child_id in dict.fromkeys(child_ids))
    except KeyError:
        raise NotFound from None


def days_of(wish: CareWish) -> DaySpan:
    """From the first to the last day of the wish; raises `TooManyDays`."""
    days: tuple[date, ...] = wish.days
    if wish.pattern is not None:
        if (wish.pattern.days.last - wish.pattern.days.first).days >= LONGEST_PATTERN:
            raise TooManyDays("last", most=MOST_DAYS)
        return wish.pattern.days
    if len(set(days)) > MOST_DAYS or (max(days) - min(days)).days > 2 * LONGEST_PATTERN:
        raise TooManyDays("date", most=MOST_DAYS)
    return DaySpan(min(days), max(days))


def moment(now: datetime) -> Moment:
    """An instant as a day and a minute in Shanghai."""
    return Moment(clock.day_of(now), clock.minute_of(now))

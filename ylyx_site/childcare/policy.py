"""Planning a wish from what the database holds: shown before booking, checked again in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.benefits.kinds import Service
from ylyx_site.benefits.models import STAMP as BENEFITS
from ylyx_site.benefits.queries import Entitled, rules_kept
from ylyx_site.benefits.rules import Quote, Rule, may_give
from ylyx_site.childcare.errors import (
    NotBookedOnline,
    NothingToChange,
    TooLateToChange,
    TooManyDays,
)
from ylyx_site.childcare.models import CareBooking, CareDay
from ylyx_site.childcare.queries.benefits import quotes_of_days
from ylyx_site.childcare.queries.bookings import own_booking, own_live_days
from ylyx_site.childcare.queries.look import Acting, Look, look
from ylyx_site.childcare.queries.terms import terms_of
from ylyx_site.childcare.rules.planning import (
    Care,
    Child,
    Moment,
    Plan,
    Scene,
    Terms,
    is_too_late,
    plan,
)
from ylyx_site.childcare.rules.wishes import MOST_DAYS, CareWish
from ylyx_site.facilities.kinds import Deed, Filing
from ylyx_site.facilities.queries import FacilityFacts, public_facility
from ylyx_site.places.claims import Claim
from ylyx_site.places.gains import gain_name
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import DaySpan, TimeSpan

LONGEST_PATTERN = 120  # days from first to last: what is published and a margin


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The days of care of an earlier booking that the new one takes the place of."""

    booking: CareBooking
    days: tuple[CareDay, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with the terms it rests on, the children it is for, and what is given up for it.

    `has_gained`: the nursery gained places that those who wait have not been asked about yet.
    `quotes` go with `plan.booked`, one by one; none where no benefit could be given. `keeps`: the
    nursery holds places while a form is filled in; `hold_ids`: the account's own hold there, which
    a booking takes the place of. `acting`: who may act for the children.
    """

    plan: Plan
    terms: Terms
    children: tuple[Child, ...]
    given_up: GivenUp | None = None
    has_gained: bool = False
    quotes: tuple[Quote, ...] = ()
    keeps: bool = False
    hold_ids: tuple[int, ...] = ()
    acting: tuple[Acting, ...] = ()

    @property
    def benefit_fen(self) -> int:
        """What others pay of it."""
        return sum(one.benefit_fen for one in self.quotes)

    @property
    def pay_fen(self) -> int:
        """What the family pays."""
        return self.plan.total_fen - self.benefit_fen

    def pay_by_day(self) -> dict[date, int]:
        """What the family pays for each day, all children together."""
        totals = self.plan.fen_by_day()
        for one in self.quotes:
            totals[one.day] -= one.benefit_fen
        return totals

    def others(self, actor_id: int) -> tuple[str, frozenset[int]]:
        """The actor's name, if they act for a planned child, and the accounts that also do."""
        planned = {one.child_id for one in self.plan.booked}
        names = {one.account_id: one.name for one in self.acting if one.child_id in planned}
        return names.pop(actor_id, ""), frozenset(names)


def make_plan(
    session: Session,
    wish: CareWish,
    *,
    account_id: int,
    now: datetime,
    kept: Sequence[Claim] = (),
    explain: bool = False,
    may_be_late: bool = False,
) -> Planned:
    """Plan the wish for the children of this account; `kept` places count as free for it.

    One query, while the register is as it was; one more where a benefit has a limit to look up.
    `explain`: also say of other benefits why they are not given. `may_be_late`: the limit for
    adding is overruled. Raises `NotFound` for somebody else's child or no nursery,
    `NotBookedOnline`, `TooManyDays`, and refusals of the wish as a whole.
    """
    days = days_of(wish)
    seen = look(
        session, facility_id=wish.facility_id, account_id=account_id, child_ids=wish.child_ids,
        days=days.days() if wish.pattern else sorted(set(wish.days)), now=now,
    )  # fmt: skip
    if seen.filing is None:
        raise NotFound
    if seen.filing is not Filing.FILED:
        raise NotBookedOnline
    children = _own(seen.children, wish.child_ids)
    terms = terms_of(session, wish.facility_id, days, seen.stamps)
    given_up = _given_up(session, wish, account_id, now)
    if given_up is not None:
        _as_if_gone(seen, given_up, terms)
    _as_if_free(seen, kept)
    scene = Scene(children, terms, seen.free, seen.busy, moment(now), may_be_late)
    has_gained = seen.lapsed or gain_name(wish.facility_id) in seen.stamps
    made = Planned(plan(wish, scene), terms, children, given_up, has_gained)
    rules = rules_kept(session, Service.CHILDCARE, seen.stamps.get(BENEFITS))
    quotes = _quotes(session, wish, made, rules, seen.entitled(), explain=explain)
    return replace(
        made, quotes=quotes, keeps=seen.keeps, hold_ids=tuple(seen.hold_ids),
        acting=tuple(seen.acting),
    )  # fmt: skip


def _quotes(
    session: Session,
    wish: CareWish,
    made: Planned,
    rules: Sequence[Rule],
    people: Mapping[int, Entitled],
    *,
    explain: bool,
) -> tuple[Quote, ...]:
    """Who pays what of each planned day; nothing is asked where no rule could give anything."""
    at, planned = (wish.facility_id, made.terms.place), made.plan.booked
    if not explain and planned:
        days = DaySpan(planned[0].day, planned[-1].day)
        rules = [one for one in rules if may_give(one, wish.kind, at, days)]
    old = made.given_up.days if made.given_up else ()
    return tuple(
        quotes_of_days(
            session, rules, wish.kind, made.terms, planned, people=people, instead_of=old
        )
    )


def _as_if_free(seen: Look, kept: Sequence[Claim]) -> None:
    for claim in kept:
        left = seen.free.get((claim.resource_id, claim.day), {})
        for slot in claim.span.slots:
            if slot in left:
                left[slot] += claim.count


def _given_up(session: Session, wish: CareWish, account_id: int, now: datetime) -> GivenUp | None:
    """What the wish takes the place of; raises `NothingToChange`, `TooLateToChange`, `NotFound`."""
    if wish.instead is None:
        return None
    booking = own_booking(session, account_id, wish.instead.code)
    days = tuple(
        one
        for one in own_live_days(session, account_id, booking.id)
        if one.day == wish.instead.day and one.child_id in wish.child_ids
    )
    if not days or booking.facility_id != wish.facility_id:
        raise NothingToChange
    first = days[0]
    care = Care(booking.kind, booking.half, first.day, TimeSpan(first.starts, first.ends))
    terms = terms_of(session, booking.facility_id, DaySpan(first.day, first.day))
    if not may_change(terms, care, now):
        raise TooLateToChange
    return GivenUp(booking, days)


def may_change(terms: Terms, care: Care, now: datetime) -> bool:
    """Whether the care has not begun and its limit for changing has not passed."""
    at = moment(now)
    begun = (care.day, care.span.start) <= (at.day, at.minute)
    return not begun and not is_too_late(terms, Deed.CHANGE, care, at)


def _as_if_gone(seen: Look, given_up: GivenUp, terms: Terms) -> None:
    """Look at the days as they will be once the old ones are given back."""
    classes = {one.id: one.resource_id for one in terms.classes}
    for day in given_up.days:
        span = TimeSpan(day.starts, day.ends)
        if (day.child_id, day.day) in seen.busy:
            seen.busy[day.child_id, day.day] &= ~span.mask
        for resource_id in (terms.resource_id, classes.get(day.class_id)):
            left = seen.free.get((resource_id or 0, day.day), {})
            for slot in span.slots:
                if slot in left:
                    left[slot] += 1


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

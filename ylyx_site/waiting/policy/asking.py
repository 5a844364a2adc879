"""What can be offered to somebody who waits: planned by the very rules by which it is booked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from ylyx_site.childcare import errors as care_errors
from ylyx_site.childcare.policy import moment
from ylyx_site.childcare.queries.terms import slots_left, terms_of
from ylyx_site.childcare.rules.planning import (
    Care,
    Child,
    Plan,
    Scene,
    Terms,
    classes_at,
    deadline,
    plan,
)
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.facilities.kinds import Deed
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.rules import waits
from ylyx_site.notices.service.planning import when_due
from ylyx_site.places.claims import Claim
from ylyx_site.places.queries import last_published_day
from ylyx_site.shared import clock
from ylyx_site.shared.ages import months_on
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.spans import DaySpan, TimeSpan
from ylyx_site.waiting.kinds import EntryState, Skip
from ylyx_site.waiting.queries.queue import Queued
from ylyx_site.waiting.rules.hours import LEAST_MINUTES, time_to_answer

Free = dict[tuple[int, date], dict[int, int]]
Busy = Mapping[tuple[int, date], int]


@dataclass(slots=True)
class Room:
    """What a facility has left, counted down as it is offered."""

    terms: Terms
    free: Free
    answer_minutes: int

    def days(self) -> list[date]:
        """The days on which some class and the house have an hour left."""
        house = self.terms.resource_id
        return sorted(
            {
                day
                for one in self.terms.classes
                for (resource_id, day), slots in self.free.items()
                if resource_id == one.resource_id and self._has_place(slots, house, day)
            }
        )

    def _has_place(self, slots: dict[int, int], house: int | None, day: date) -> bool:
        there = self.free.get((house or 0, day), {})
        return any(left > 0 and there.get(slot, 0) > 0 for slot, left in slots.items())

    def give(self, claims: list[Claim]) -> None:
        """Count these as gone."""
        for claim in claims:
            left = self.free[claim.resource_id, claim.day]
            for slot in claim.span.slots:
                left[slot] -= claim.count


@dataclass(frozen=True, slots=True)
class Askable:
    """What somebody can be asked about, and until when they may answer."""

    plan: Plan
    until: datetime


def room_of(session: Session, facility_id: int, answer_minutes: int, now: datetime) -> Room | None:
    """What is left at a facility from today on; None when it has published nothing."""
    today = clock.day_of(now)
    last = last_published_day(session, facility_id)
    if last is None or last < today:
        return None
    days = DaySpan(today, last)
    terms = terms_of(session, facility_id, days)
    resources = [one.resource_id for one in terms.classes] + [terms.resource_id or 0]
    left = slots_left(session, resources, days.days(), now)
    return Room(terms, {key: dict(slots) for key, slots in left.items()}, answer_minutes)


def askable(one: Queued, room: Room, busy: Busy, now: datetime) -> Askable | Skip:
    """What to offer, or why to go on to the next."""
    if one.state is not EntryState.WAITING:
        return Skip.PAUSED if one.state is EntryState.PAUSED else Skip.OFFERED
    if not one.children:
        return Skip.GONE
    days = _in_time(one, room, now)
    if not days or (one.together and len(days) < len(one.waiting.days)):
        return Skip.LATE
    try:
        made = plan(
            care_wish(one, days), Scene(one.children, room.terms, room.free, busy, moment(now))
        )
    except Refusal as refusal:
        return _why(one, refusal, room, days)
    if not made.booked or (one.together and made.left_out):
        return _why(one, made.left_out[0].refusal, room, days)
    return Askable(made, answer_until(one, made, room, now))


def _in_time(one: Queued, room: Room, now: datetime) -> tuple[date, ...]:
    """The days for which whoever gets the message could still answer before the limit."""
    sent = when_due(NoticeKind.OFFERS, now + waits(NoticeKind.OFFERS))
    least = sent + timedelta(minutes=LEAST_MINUTES)
    return tuple(
        day
        for day in one.waiting.days
        if day in room.terms.openings and _limit(one, day, one.waiting.span, room) >= least
    )


def _limit(one: Queued, day: date, span: TimeSpan, room: Room) -> datetime:
    care = Care(one.kind, one.half, day, span)
    return clock.instant_at(*deadline(room.terms, Deed.ADD, care))


def care_wish(one: Queued, days: tuple[date, ...]) -> CareWish:
    """The need as a wish of booking."""
    return CareWish(
        one.facility_id, tuple(child.id for child in one.children), days, one.kind,
        half=one.half, start=one.starts, end=one.ends,
    )  # fmt: skip


def answer_until(one: Queued, made: Plan, room: Room, now: datetime) -> datetime:
    """Until when they may answer: hours by day, and never past the limit for booking."""
    minutes = time_to_answer(clock.minute_of(now), room.answer_minutes)
    limits = [_limit(one, day, one.waiting.span, room) for day in made.days]
    return min(now + timedelta(minutes=minutes), *limits)


def claims_of(made: Plan, terms: Terms) -> list[Claim]:
    """Each day of care takes from its class and from the house."""
    return [
        Claim(resource_id, one.day, one.span)
        for one in made.booked
        for resource_id in (one.care_class.resource_id, terms.resource_id or 0)
    ]


WHY: dict[type[Refusal], Skip] = {
    care_errors.AlreadyBooked: Skip.BUSY,
    care_errors.TooYoung: Skip.AGE,
    care_errors.TooOld: Skip.AGE,
    care_errors.NoClass: Skip.AGE,
    care_errors.TooLateToAdd: Skip.LATE,
    care_errors.PastDay: Skip.LATE,
}


def _why(one: Queued, refusal: Refusal, room: Room, days: Iterable[date]) -> Skip:
    if not isinstance(refusal, care_errors.DayFull):
        return WHY.get(type(refusal), Skip.SHUT)
    if not any(_has_class(child, day, one, room) for child in one.children for day in days):
        return Skip.AGE
    return Skip.SIBLINGS if len(one.children) > 1 else Skip.HOURS


def _has_class(child: Child, day: date, one: Queued, room: Room) -> bool:
    """Whether a class for the child's age has a place for an hour of what is wanted."""
    fitting = classes_at(room.terms.classes, months_on(child.born_on, day), day)
    return any(
        room.free.get((each.resource_id, day), {}).get(slot, 0) > 0
        for each in fitting
        for slot in one.waiting.span.slots
    )

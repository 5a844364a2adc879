"""From a wish to a plan: which child in which class on which day at which price, and why not.

Pure: the same plan is shown before booking and checked again while booking.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ylyx_site.calendar.rules import DayKind, WorkingCalendar
from ylyx_site.childcare import errors
from ylyx_site.childcare.rules.wishes import HOURLY_MIN, CareWish, span_of
from ylyx_site.facilities.kinds import CareKind, Deed, Tariff
from ylyx_site.facilities.rules import DayOpening, Limits, Shut, limit_moment, price_fen
from ylyx_site.facilities.rules.hours import CareHoursOf
from ylyx_site.shared.ages import months_on
from ylyx_site.shared.spans import SLOT_MINUTES, TimeSpan

Slots = Mapping[tuple[int, date], Mapping[int, int]]  # (resource, day) → half hour → left


@dataclass(frozen=True, slots=True)
class ClassTerms:
    """A class as booking sees it. Ages in months, `to_months` not included."""

    id: int
    name: str
    resource_id: int
    from_months: int
    to_months: int
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Terms:
    """All that a facility's register says about booking, for the days in question.

    `place` is the division that it lies in, which benefits ask for.
    """

    facility_id: int
    resource_id: int | None
    classes: tuple[ClassTerms, ...]
    openings: Mapping[date, DayOpening]
    prices: Callable[[date], Mapping[Tariff, int]]
    hours: CareHoursOf
    limits: Limits
    calendar: WorkingCalendar
    last_day: date | None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Child:
    """Who is to be cared for."""

    id: int
    name: str
    born_on: date


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, as a day and a minute of it in Shanghai."""

    day: date
    minute: int


@dataclass(frozen=True, slots=True)
class Care:
    """A kind of care on a day. `half` is `am`, `pm` or empty."""

    kind: CareKind
    half: str
    day: date
    span: TimeSpan


@dataclass(frozen=True, slots=True)
class PricedDay:
    """A child's day with its full price."""

    child_id: int
    day: date
    fen: int


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """One child's care on one day."""

    child_id: int
    care_class: ClassTerms
    day: date
    span: TimeSpan
    fen: int


@dataclass(slots=True)
class Plan:
    """What would be booked, what is left out, and the working weekends that are offered."""

    span: TimeSpan
    booked: list[PlannedDay] = field(default_factory=list)
    left_out: list[errors.LeftOut] = field(default_factory=list)

    @property
    def total_fen(self) -> int:
        """What all of it costs."""
        return sum(one.fen for one in self.booked)

    def fen_by_day(self) -> dict[date, int]:
        """What each day costs, all children together."""
        totals: dict[date, int] = defaultdict(int)
        for one in self.booked:
            totals[one.day] += one.fen
        return dict(totals)

    @property
    def days(self) -> list[date]:
        """The days that would be booked, each once."""
        return sorted({one.day for one in self.booked})

    @property
    def offered_weekends(self) -> list[date]:
        """Working weekends that are open and not asked for yet."""
        return [o.day for o in self.left_out if isinstance(o.refusal, errors.WeekendWorked)]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a plan rests on. `free` what is left, `busy` where the children are already.

    `may_be_late`: somebody overrules the limit for adding.
    """

    children: Sequence[Child]
    terms: Terms
    free: Slots
    busy: Mapping[tuple[int, date], int]
    now: Moment
    may_be_late: bool = False


def plan(wish: CareWish, scene: Scene) -> Plan:
    """Plan the wish. Raises refusals that concern the wish as a whole (hours, kind).

    Siblings go together: a day on which one of them cannot go is left out for all.
    """
    made = Plan(span_of(wish, scene.terms.hours))
    left = _Left(scene.free)
    for day in wanted_days(wish, scene.terms):
        care = Care(wish.kind, wish.half, day, rest_of(wish.kind, day, made.span, scene.now))
        is_offer = _is_offer(wish, care)
        try:
            refuse_day(care, scene.terms, scene.now, may_be_late=scene.may_be_late)
            if is_offer:
                raise errors.WeekendWorked
            made.booked += _place(wish, care, scene, left)
        except errors.DayRefusal as refusal:
            # Nobody asked for an offered day: when it cannot be, there is nothing to explain.
            if not is_offer or isinstance(refusal, errors.WeekendWorked):
                made.left_out.append(errors.LeftOut(day, refusal))
    return made


def rest_of(kind: CareKind, day: date, span: TimeSpan, now: Moment) -> TimeSpan:
    """The hours that are left of temporary care today: from the next half hour on, if an hour is.

    Temporary care is for the morning on which something comes up; the other kinds start on time.
    """
    if kind is not CareKind.TEMPORARY or day != now.day or now.minute < span.start:
        return span
    start = (now.minute // SLOT_MINUTES + 1) * SLOT_MINUTES
    return TimeSpan(start, span.end) if span.end - start >= HOURLY_MIN else span


def wanted_days(wish: CareWish, terms: Terms) -> list[date]:
    """The days that the wish names, or its pattern's, with the working weekends in between."""
    if wish.pattern is None:
        return sorted(set(wish.days))
    weekends = {
        day
        for day in wish.pattern.days.days()
        if terms.calendar.kind(day) is DayKind.working_weekend
        and terms.openings[day].span is not None
    }
    return sorted({*wish.pattern.dates(), *weekends})


def refuse_day(care: Care, terms: Terms, now: Moment, *, may_be_late: bool = False) -> None:
    """Raise why this care cannot be on its day, whoever it is for and whatever is left.

    `may_be_late`: the limit for adding is not looked at.
    """
    if (care.day, care.span.start) <= (now.day, now.minute):
        raise errors.PastDay
    if terms.last_day is None:
        raise errors.NothingPublished
    if care.day > terms.last_day:
        raise errors.NotYetPublished(month=terms.last_day.month, day=terms.last_day.day)
    _refuse_shut(care, terms)
    if not may_be_late and is_too_late(terms, Deed.ADD, care, now):
        raise errors.TooLateToAdd
    if price_of(care, terms) is None:
        raise errors.NotOffered


def _refuse_shut(care: Care, terms: Terms) -> None:
    opening = terms.openings[care.day]
    if opening.span is None:
        raise _shut(opening)
    if not care.span.within(opening.span):
        raise errors.OutsideOpening(hours=str(opening.span))


def _is_offer(wish: CareWish, care: Care) -> bool:
    """Whether the day is a working weekend that the family has not asked for."""
    is_extra = wish.pattern is not None and care.day not in wish.pattern.dates()
    return is_extra and not wish.with_working_weekends


def _shut(opening: DayOpening) -> errors.DayRefusal:
    if opening.why is Shut.HOLIDAY:
        return errors.HolidayShut()
    if opening.why in (Shut.OWN, Shut.EMERGENCY):
        return errors.ClosureShut(reason=opening.words)
    return errors.Shut()


def price_of(care: Care, terms: Terms) -> int | None:
    """What this care costs on its day, in fen; None when it is not offered."""
    return price_fen(terms.prices(care.day), care.kind, care.half, care.span.minutes)


def is_too_late(terms: Terms, deed: Deed, care: Care, now: Moment) -> bool:
    """Whether the limit of this deed has passed: at the very minute it is too late."""
    return (now.day, now.minute) >= deadline(terms, deed, care)


def deadline(terms: Terms, deed: Deed, care: Care) -> tuple[date, int]:
    """The day and minute before which the deed must be done."""
    limit = terms.limits[care.kind, care.half, deed]
    return limit_moment(limit, care.day, care.span.start, terms.calendar.working_days_before)


class _Left:
    """What is left while siblings are placed one after the other."""

    def __init__(self, free: Slots) -> None:
        self.free = free
        self.given: dict[tuple[int, date], int] = defaultdict(int)

    def least(self, resource_id: int, care: Care) -> int:
        """Fewest places left in these half hours; 0 where one was never published."""
        there = self.free.get((resource_id, care.day), {})
        fewest = min((there.get(slot, 0) for slot in care.span.slots), default=0)
        return fewest - self.given[resource_id, care.day]

    def give(self, resource_id: int, care: Care) -> None:
        """Count one place as given."""
        self.given[resource_id, care.day] += 1


def _place(wish: CareWish, care: Care, scene: Scene, left: _Left) -> list[PlannedDay]:
    """Each child into a class; siblings all or none."""
    house, fen = scene.terms.resource_id, price_of(care, scene.terms)
    assert house is not None and fen is not None  # noqa: PT018, S101 refuse_day has seen to it
    placed = []
    for child in scene.children:
        if scene.busy.get((child.id, care.day), 0) & care.span.mask:
            raise errors.AlreadyBooked
        chosen = _class_for(wish.class_id, child, care, scene.terms, left)
        if min(left.least(house, care), left.least(chosen.resource_id, care)) < 1:
            raise errors.DayFull
        left.give(house, care)
        left.give(chosen.resource_id, care)
        placed.append(PlannedDay(child.id, chosen, care.day, care.span, fen))
    return placed


def _class_for(
    wanted: int | None, child: Child, care: Care, terms: Terms, left: _Left
) -> ClassTerms:
    """The class with most places left among those for the child's age on that day."""
    months = months_on(child.born_on, care.day)
    fitting = classes_at(terms.classes, months, care.day)
    if not fitting:
        raise no_class(terms.classes, months)
    if wanted is not None:
        fitting = [one for one in fitting if one.id == wanted]
        if not fitting:
            raise errors.WrongClass
    return max(fitting, key=lambda one: (left.least(one.resource_id, care), -one.id))


def classes_at(classes: Iterable[ClassTerms], months: int, day: date) -> list[ClassTerms]:
    """Classes that take a child of so many months on that day."""
    return [
        one
        for one in classes
        if one.from_months <= months < one.to_months
        and (one.ended_on is None or day < one.ended_on)
    ]


def left_on(care: Care, terms: Terms, months: int, free: Slots) -> int:
    """How many children of that age could come: the best class's fewest, within the house's."""
    if terms.resource_id is None:
        return 0
    left = _Left(free)
    fitting = classes_at(terms.classes, months, care.day)
    best = max((left.least(one.resource_id, care) for one in fitting), default=0)
    return min(best, left.least(terms.resource_id, care))


def no_class(classes: Sequence[ClassTerms], months: int) -> errors.DayRefusal:
    """Why no class takes a child of that age: too young, too old, or in a gap."""
    youngest = min((one.from_months for one in classes), default=0)
    oldest = max((one.to_months for one in classes), default=0)
    if classes and months < youngest:
        return errors.TooYoung(months=youngest)
    if classes and months >= oldest:
        return errors.TooOld(months=oldest)
    return errors.NoClass()

"""A nursery, children and days as values, for the tests of the pure rules of booking."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from ylyx_site.calendar.rules import DayKind, WorkingCalendar
from ylyx_site.childcare.rules.planning import (
    Child,
    ClassTerms,
    Moment,
    Plan,
    Scene,
    Terms,
    plan,
)
from ylyx_site.childcare.rules.wishes import CareWish, Pattern
from ylyx_site.facilities.kinds import CareKind, ClosureKind, Tariff
from ylyx_site.facilities.rules import CARE_HOURS, Closing, DayOpening, day_opening, district_limits
from ylyx_site.shared.spans import DaySpan, TimeSpan

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
NOW = Moment(MONDAY, 480)
HOUSE, YOUNGER, OLDER = 100, 101, 102
OPEN = TimeSpan(450, 1050)
PRICES: Mapping[Tariff, int] = {
    Tariff.FULL_DAY: 6800, Tariff.HALF_DAY: 3800, Tariff.HOUR: 1201,
    Tariff.TEMPORARY_DAY: 8000, Tariff.TEMPORARY_HALF: 4500,
}  # fmt: skip
MING = Child(1, "明明", date(2025, 3, 10))  # 20 months old on the tests' Monday
GUO = Child(2, "果果", date(2024, 3, 10))  # 32 months

# 国庆 2026, and the Saturday that is worked instead of it.
NATIONAL_DAY = {date(2026, 10, day): DayKind.holiday for day in range(1, 8)}
WORKED = date(2026, 10, 10)
CALENDAR = WorkingCalendar({**NATIONAL_DAY, WORKED: DayKind.working_weekend}, {2026})


def a_class(
    number: int = YOUNGER, from_months: int = 12, to_months: int = 24, ended_on: date | None = None
) -> ClassTerms:
    """A class whose resource has the same number as itself."""
    return ClassTerms(number, f"班{number}", number, from_months, to_months, ended_on)


def opening(
    day: date,
    weekends: Collection[date] = (),
    closings: Mapping[date, Closing] | None = None,
) -> DayOpening:
    """Open on weekdays, and on the working weekends that are named."""
    usual = OPEN if day.isoweekday() < 6 else None
    weekend = OPEN if day in weekends else None
    return day_opening(day, CALENDAR.kind(day), usual, weekend, (closings or {}).get(day))


def terms(
    *classes: ClassTerms,
    weekends: Collection[date] = (),
    closings: Mapping[date, Closing] | None = None,
    prices: Mapping[Tariff, int] = PRICES,
    last_day: date | None = date(2026, 12, 31),
    resource_id: int | None = HOUSE,
) -> Terms:
    """The terms of a nursery for the autumn of 2026; without a class, one of 12–24 months."""
    days = DaySpan(date(2026, 9, 1), date(2027, 1, 31)).days()
    return Terms(
        facility_id=7, resource_id=resource_id, classes=classes or (a_class(),),
        openings={day: opening(day, weekends, closings) for day in days},
        prices=lambda _day: prices, hours=CARE_HOURS, limits=district_limits(),
        calendar=CALENDAR, last_day=last_day,
    )  # fmt: skip


def own_closing(reason: str = "消杀") -> Closing:
    """A closure of the nursery's own."""
    return Closing(ClosureKind.OWN, reason)


def places(
    nursery: Terms, house: int = 20, by_class: Mapping[int, int] | None = None
) -> dict[tuple[int, date], dict[int, int]]:
    """So many places left in every half hour of every open day."""
    left = {HOUSE: house} | {one.resource_id: 10 for one in nursery.classes} | dict(by_class or {})
    return {
        (resource, day): dict.fromkeys(one.span.slots, number)
        for day, one in nursery.openings.items()
        if one.span is not None
        for resource, number in left.items()
    }


def scene(
    nursery: Terms | None = None,
    children: tuple[Child, ...] = (MING,),
    *,
    house: int = 20,
    by_class: Mapping[int, int] | None = None,
    busy: Mapping[tuple[int, date], int] | None = None,
    now: Moment = NOW,
) -> Scene:
    """Children before a nursery that has places."""
    nursery = nursery or terms()
    return Scene(children, nursery, places(nursery, house, by_class), busy or {}, now)


def wish(
    *days: date,
    kind: CareKind = CareKind.FULL_DAY,
    half: str = "",
    start: int | None = None,
    end: int | None = None,
    class_id: int | None = None,
) -> CareWish:
    """A wish for some days; without any, for Tuesday."""
    return CareWish(
        7, (), days or (TUESDAY,), kind, half=half, start=start, end=end, class_id=class_id
    )


def weekly(
    weekdays: Collection[int],
    first: date,
    last: date,
    *,
    with_working_weekends: bool = False,
) -> CareWish:
    """A wish for whole days by weekdays, from–to."""
    pattern = Pattern(frozenset(weekdays), DaySpan(first, last))
    return CareWish(
        7, (), (), CareKind.FULL_DAY, pattern=pattern, with_working_weekends=with_working_weekends
    )


def why(made: Plan) -> dict[date, str]:
    """Why each day is left out, by the refusal's name."""
    return {one.day: type(one.refusal).__name__ for one in made.left_out}


def why_not(asked: CareWish, before: Scene) -> str:
    """Why the only day of a wish is left out; empty when it is booked."""
    reasons = list(why(plan(asked, before)).values())
    return reasons[0] if reasons else ""


def days_of(made: Plan) -> list[date]:
    """The days that would be booked, one entry per child and day."""
    return [one.day for one in made.booked]


def days_later(day: date, count: int) -> date:
    """So many days after."""
    return day + timedelta(days=count)

"""Which days of a wish are booked and which are left out, each with its reason."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.childcare.making import (
    MONDAY,
    NATIONAL_DAY,
    TUESDAY,
    WORKED,
    days_later,
    days_of,
    own_closing,
    scene,
    terms,
    weekly,
    why,
    why_not,
    wish,
)
from ylyx_site.childcare.rules.planning import Moment, plan
from ylyx_site.facilities.kinds import ClosureKind
from ylyx_site.facilities.rules import Closing

SEPTEMBER = Moment(date(2026, 9, 20), 600)
SATURDAY = date(2026, 11, 28)


def octobers(day: int) -> date:
    return date(2026, 10, day)


def test_several_dates_are_planned_in_order_each_once() -> None:
    made = plan(wish(days_later(TUESDAY, 2), TUESDAY, TUESDAY), scene())
    assert days_of(made) == [TUESDAY, days_later(TUESDAY, 2)]
    assert (made.left_out, made.total_fen) == ([], 13600)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (days_later(MONDAY, -3), "PastDay"),
        (MONDAY, "PastDay"),
        (TUESDAY, ""),
        (SATURDAY, "Shut"),
        (date(2026, 12, 31), ""),
        (date(2027, 1, 1), "NotYetPublished"),
        (date(2027, 1, 4), "NotYetPublished"),
    ],
)
def test_a_day_that_cannot_be_says_why(day: date, reason: str) -> None:
    assert why_not(wish(day), scene()) == reason


def test_beyond_the_published_days_names_the_last_one() -> None:
    made = plan(wish(date(2027, 1, 4)), scene())
    assert made.left_out[0].refusal.values == {"month": 12, "day": 31}


def test_a_house_that_publishes_nothing_says_so() -> None:
    assert why_not(wish(), scene(terms(last_day=None))) == "NothingPublished"


def test_national_day_is_left_out_day_by_day_by_its_name() -> None:
    made = plan(
        weekly({1, 2, 3, 4, 5}, date(2026, 9, 28), octobers(9)), scene(terms(), now=SEPTEMBER)
    )
    assert days_of(made) == [date(2026, 9, day) for day in (28, 29, 30)] + [
        octobers(8), octobers(9),
    ]  # fmt: skip
    assert why(made) == {day: "HolidayShut" for day in NATIONAL_DAY if day.isoweekday() < 6}


def test_a_working_weekend_is_offered_and_not_forced() -> None:
    house = terms(weekends=[WORKED])
    asked = weekly({5}, octobers(8), octobers(12))
    made = plan(asked, scene(house, now=SEPTEMBER))
    assert (days_of(made), made.offered_weekends) == ([octobers(9)], [WORKED])
    asked = weekly({5}, octobers(8), octobers(12), with_working_weekends=True)
    made = plan(asked, scene(house, now=SEPTEMBER))
    assert (days_of(made), made.offered_weekends) == ([octobers(9), WORKED], [])


def test_a_working_weekend_on_which_the_house_stays_shut_is_not_mentioned() -> None:
    made = plan(weekly({5}, octobers(8), octobers(12)), scene(now=SEPTEMBER))
    assert (days_of(made), why(made)) == ([octobers(9)], {})


def test_a_working_weekend_that_can_no_longer_be_booked_is_not_offered() -> None:
    house = terms(weekends=[WORKED])
    asked = weekly({1}, octobers(10), octobers(12))
    made = plan(asked, scene(house, now=Moment(octobers(9), 1430)))
    assert made.offered_weekends == [WORKED]
    made = plan(asked, scene(house, now=Moment(octobers(10), 0)))
    assert (made.offered_weekends, why(made)) == ([], {})


def test_a_pattern_that_names_saturday_takes_the_working_one_without_asking() -> None:
    house = terms(weekends=[WORKED])
    made = plan(weekly({6}, octobers(8), octobers(17)), scene(house, now=SEPTEMBER))
    assert (days_of(made), why(made)) == ([WORKED], {octobers(17): "Shut"})


@pytest.mark.parametrize("kind", list(ClosureKind))
def test_a_closure_gives_its_own_reason(kind: ClosureKind) -> None:
    house = terms(closings={TUESDAY: Closing(kind, "水管维修")})
    made = plan(wish(), scene(house))
    assert (why(made), made.left_out[0].refusal.values) == (
        {TUESDAY: "ClosureShut"},
        {"reason": "水管维修"},
    )


def test_a_weekend_stays_a_weekend_whatever_closure_covers_it() -> None:
    house = terms(closings={SATURDAY: own_closing()})
    assert why_not(wish(SATURDAY), scene(house)) == "Shut"


@given(
    weekdays=st.sets(st.integers(1, 7), min_size=1),
    first=st.dates(date(2026, 11, 1), date(2026, 12, 20)),
    length=st.integers(0, 30),
)
def test_every_day_of_a_pattern_is_booked_or_left_out_with_a_reason(
    weekdays: set[int], first: date, length: int
) -> None:
    asked = weekly(weekdays, first, days_later(first, length))
    made = plan(asked, scene())
    assert asked.pattern is not None
    assert sorted([*made.days, *why(made)]) == asked.pattern.dates()
    assert not set(made.days) & set(why(made))

"""Which class takes a child: by the completed months on the day of care, not of booking."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.childcare.making import (
    GUO,
    MING,
    OLDER,
    TUESDAY,
    YOUNGER,
    a_class,
    scene,
    terms,
    why,
    why_not,
    wish,
)
from ylyx_site.childcare import errors
from ylyx_site.childcare.rules.planning import Child, classes_at, no_class, plan
from ylyx_site.shared.ages import months_on

INFANTS = a_class(1, 6, 12)
TODDLERS = a_class(2, 12, 24)
BIG = a_class(3, 24, 36)
ALL = (INFANTS, TODDLERS, BIG)
LEAP = Child(3, "闰闰", date(2024, 2, 29))


@pytest.mark.parametrize(
    ("born_on", "taken_by"),
    [
        (date(2026, 5, 25), "TooYoung"),
        (date(2026, 5, 24), 1),
        (date(2025, 11, 25), 1),
        (date(2025, 11, 24), 2),
        (date(2024, 11, 25), 2),
        (date(2024, 11, 24), 3),
        (date(2023, 11, 25), 3),
        (date(2023, 11, 24), "TooOld"),
    ],
)
def test_class_goes_by_age_on_the_day_to_the_day(born_on: date, taken_by: int | str) -> None:
    made = plan(wish(TUESDAY), scene(terms(*ALL), (Child(1, "明明", born_on),)))
    booked = [one.care_class.id for one in made.booked]
    assert booked == ([taken_by] if isinstance(taken_by, int) else [])
    assert list(why(made).values()) == ([] if booked else [taken_by])


def test_born_on_29_february_turns_two_on_1_march_of_a_common_year() -> None:
    assert [
        [one.id for one in classes_at(ALL, months_on(LEAP.born_on, day), day)]
        for day in (date(2026, 2, 28), date(2026, 3, 1))
    ] == [[2], [3]]


def test_born_on_29_february_is_three_on_1_march() -> None:
    assert [
        len(classes_at(ALL, months_on(LEAP.born_on, day), day))
        for day in (date(2027, 2, 28), date(2027, 3, 1))
    ] == [1, 0]


def test_one_series_goes_over_into_the_next_class() -> None:
    birthday = date(2024, 11, 26)
    two_days = (date(2026, 11, 25), birthday.replace(year=2026))
    made = plan(wish(*two_days), scene(terms(*ALL), (Child(1, "明明", birthday),)))
    assert [(one.day.day, one.care_class.id) for one in made.booked] == [(25, 2), (26, 3)]


def test_too_young_names_the_months_from_which_the_house_takes_children() -> None:
    refusal = no_class(ALL, 5)
    assert (type(refusal), refusal.values) == (errors.TooYoung, {"months": 6})


def test_too_old_names_the_months_until_which_it_does() -> None:
    refusal = no_class(ALL, 36)
    assert (type(refusal), refusal.values) == (errors.TooOld, {"months": 36})


def test_a_gap_between_classes_is_neither_too_young_nor_too_old() -> None:
    assert type(no_class((INFANTS, BIG), 18)) is errors.NoClass
    assert type(no_class((), 18)) is errors.NoClass


def test_the_class_with_most_places_left_is_chosen() -> None:
    both = terms(a_class(1), a_class(2))
    made = plan(wish(), scene(both, by_class={1: 3, 2: 4}))
    assert [one.care_class.id for one in made.booked] == [2]
    made = plan(wish(), scene(both, by_class={1: 4, 2: 4}))
    assert [one.care_class.id for one in made.booked] == [1]


def test_a_full_class_gives_way_to_another_one_for_the_age() -> None:
    both = terms(a_class(1), a_class(2, 18, 36))
    made = plan(wish(), scene(both, by_class={1: 0, 2: 1}))
    assert [one.care_class.id for one in made.booked] == [2]


def test_a_class_that_was_chosen_is_kept_though_another_has_more_places() -> None:
    both = terms(a_class(1), a_class(2))
    made = plan(wish(class_id=1), scene(both, by_class={1: 1, 2: 9}))
    assert [one.care_class.id for one in made.booked] == [1]
    assert why_not(wish(class_id=1), scene(both, by_class={1: 0, 2: 9})) == "DayFull"


@pytest.mark.parametrize("class_id", [OLDER, 999, -1, 0])
def test_a_class_of_another_age_or_house_is_refused(class_id: int) -> None:
    both = terms(a_class(YOUNGER), a_class(OLDER, 24, 36))
    assert why_not(wish(class_id=class_id), scene(both, (MING,))) == "WrongClass"


def test_an_ended_class_takes_nobody_from_its_last_day_on() -> None:
    ends = terms(a_class(1, ended_on=TUESDAY))
    assert why_not(wish(TUESDAY), scene(ends)) == "NoClass"
    assert why_not(wish(TUESDAY), scene(terms(a_class(1, ended_on=date(2026, 11, 25))))) == ""


def test_siblings_of_two_ages_go_into_two_classes() -> None:
    both = terms(a_class(YOUNGER), a_class(OLDER, 24, 36))
    made = plan(wish(), scene(both, (MING, GUO)))
    assert [(one.child_id, one.care_class.id) for one in made.booked] == [
        (MING.id, YOUNGER),
        (GUO.id, OLDER),
    ]


@given(st.dates(date(2023, 1, 1), date(2026, 11, 24)))
def test_at_most_one_of_the_standards_classes_takes_an_age(born_on: date) -> None:
    months = months_on(born_on, TUESDAY)
    fitting = classes_at(ALL, months, TUESDAY)
    assert len(fitting) == (1 if 6 <= months < 36 else 0)
    tomorrow = months_on(born_on, TUESDAY + timedelta(days=1))
    assert tomorrow - months in (0, 1)

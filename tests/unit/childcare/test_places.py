"""Places: in class and house, in every half hour; siblings all or none; nobody in two places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.childcare.making import (
    GUO,
    HOUSE,
    MING,
    NOW,
    OLDER,
    TUESDAY,
    YOUNGER,
    a_class,
    days_later,
    places,
    scene,
    terms,
    why,
    why_not,
    wish,
)
from ylyx_site.childcare.rules.planning import Care, Child, Scene, left_on, plan
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.facilities.rules import CARE_HOURS
from ylyx_site.shared.spans import TimeSpan

BOTH = terms(a_class(YOUNGER), a_class(OLDER, 24, 36))
DAYS = (TUESDAY, days_later(TUESDAY, 1))
TWINS = (MING, Child(9, "亮亮", MING.born_on))


@pytest.mark.parametrize(
    ("house", "of_class", "reason"),
    [(1, 1, ""), (0, 5, "DayFull"), (5, 0, "DayFull"), (-1, 5, "DayFull")],
)
def test_a_place_is_needed_in_the_class_and_in_the_house(
    house: int, of_class: int, reason: str
) -> None:
    assert why_not(wish(), scene(house=house, by_class={YOUNGER: of_class})) == reason


@pytest.mark.parametrize("slot", [15, 20, 34])
def test_one_full_half_hour_is_enough_to_refuse(slot: int) -> None:
    free = places(terms())
    free[YOUNGER, TUESDAY][slot] = 0
    assert why_not(wish(), Scene((MING,), terms(), free, {}, NOW)) == "DayFull"


def test_half_hours_that_were_never_published_are_full() -> None:
    assert why_not(wish(), Scene((MING,), terms(), {}, {}, NOW)) == "DayFull"


def test_a_full_morning_leaves_the_afternoon() -> None:
    free = places(terms())
    free[YOUNGER, TUESDAY][23] = 0  # 11:30–12:00
    before = Scene((MING,), terms(), free, {}, NOW)
    halves = {
        half: why_not(wish(kind=CareKind.HALF_DAY, half=half), before) for half in ("am", "pm")
    }
    assert halves == {"am": "DayFull", "pm": ""}


def test_siblings_go_both_or_not_at_all() -> None:
    made = plan(wish(), scene(BOTH, (MING, GUO), house=1))
    assert (made.booked, why(made)) == ([], {TUESDAY: "DayFull"})
    made = plan(wish(), scene(BOTH, (MING, GUO), house=2))
    assert [one.child_id for one in made.booked] == [MING.id, GUO.id]


def test_twins_in_one_class_need_two_places_in_it() -> None:
    assert why_not(wish(), scene(children=TWINS, by_class={YOUNGER: 1})) == "DayFull"
    assert why_not(wish(), scene(children=TWINS, by_class={YOUNGER: 2})) == ""


def test_twins_are_parted_when_each_of_two_classes_has_one_place() -> None:
    two = terms(a_class(1), a_class(2))
    made = plan(wish(), scene(two, TWINS, by_class={1: 1, 2: 1}))
    assert [one.care_class.id for one in made.booked] == [1, 2]


def test_the_day_on_which_one_sibling_cannot_go_is_left_out_for_both() -> None:
    busy = {(GUO.id, DAYS[0]): CARE_HOURS["am"].mask}
    made = plan(wish(*DAYS), scene(BOTH, (MING, GUO), busy=busy))
    assert why(made) == {DAYS[0]: "AlreadyBooked"}
    assert [(one.child_id, one.day) for one in made.booked] == [
        (MING.id, DAYS[1]),
        (GUO.id, DAYS[1]),
    ]


def test_a_sibling_too_old_is_told_by_the_day() -> None:
    old = Child(5, "大大", days_later(MING.born_on, -1200))
    made = plan(wish(), scene(BOTH, (MING, old)))
    assert (made.booked, why(made)) == ([], {TUESDAY: "TooOld"})


def test_a_child_may_come_in_the_afternoon_after_a_morning_elsewhere() -> None:
    busy = {(MING.id, TUESDAY): CARE_HOURS["am"].mask}
    asked = {
        half: why_not(wish(kind=CareKind.HALF_DAY, half=half), scene(busy=busy))
        for half in ("am", "pm")
    }
    assert asked == {"am": "AlreadyBooked", "pm": ""}
    assert why_not(wish(), scene(busy=busy)) == "AlreadyBooked"


def test_the_siblings_price_is_the_sum() -> None:
    made = plan(wish(*DAYS), scene(BOTH, (MING, GUO)))
    assert (made.total_fen, made.fen_by_day()) == (27200, dict.fromkeys(DAYS, 13600))


@pytest.mark.parametrize(
    ("house", "by_class", "left"),
    [(20, {1: 3, 2: 5}, 5), (4, {1: 3, 2: 5}, 4), (0, {1: 3, 2: 5}, 0), (20, {1: 0, 2: 0}, 0)],
)
def test_what_is_left_is_the_best_class_within_the_house(
    house: int, by_class: dict[int, int], left: int
) -> None:
    two = terms(a_class(1), a_class(2))
    free = places(two, house, by_class)
    care = Care(CareKind.FULL_DAY, "", TUESDAY, CARE_HOURS["full_day"])
    assert left_on(care, two, 20, free) == left
    assert left_on(care, two, 5, free) == 0


@given(
    st.lists(st.integers(0, 4), min_size=20, max_size=20),
    st.lists(st.integers(0, 4), min_size=20, max_size=20),
    st.integers(15, 33),
    st.integers(1, 20),
)
def test_what_the_week_shows_as_left_is_what_booking_finds(
    house: list[int], younger: list[int], first: int, length: int
) -> None:
    """A number above zero can be booked, and a zero cannot."""
    nursery = terms()
    free = {
        (HOUSE, TUESDAY): dict(enumerate(house, 15)),
        (YOUNGER, TUESDAY): dict(enumerate(younger, 15)),
    }
    span = TimeSpan(first * 30, min(first + length, 35) * 30)
    care = Care(CareKind.HOURLY, "", TUESDAY, span)
    left = left_on(care, nursery, 20, free)
    assert left == min(min(house[s - 15], younger[s - 15]) for s in span.slots)
    if 60 <= span.minutes <= 240:
        asked = wish(kind=CareKind.HOURLY, start=span.start, end=span.end)
        assert (why_not(asked, Scene((MING,), nursery, free, {}, NOW)) == "") == (left > 0)

"""The order of stops, and which meal a round is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ylyx_site.facilities.kinds import Meal
from ylyx_site.rounds.rules.order import meal_of_now, placed

SERVED = {Meal.DINNER: 1110, Meal.LUNCH: 780}


@pytest.mark.parametrize(
    ("position", "order"),
    [(1, [9, 1, 2]), (2, [1, 9, 2]), (3, [1, 2, 9]), (0, [9, 1, 2]), (99, [1, 2, 9])],
)
def test_a_place_is_kept_within_the_list(position: int, order: list[int]) -> None:
    assert placed([1, 2], 9, position) == order
    assert placed([1, 9, 2], 9, position) == order


@pytest.mark.parametrize(
    ("minute", "meal"),
    [(480, Meal.LUNCH), (899, Meal.LUNCH), (900, Meal.DINNER), (1439, Meal.DINNER)],
)
def test_the_meal_under_way_then_the_next_then_the_last(minute: int, meal: Meal) -> None:
    assert meal_of_now(SERVED, minute) is meal


def test_without_deliveries_there_is_no_meal() -> None:
    assert meal_of_now({}, 700) is None


@given(st.lists(st.integers(1, 99), unique=True), st.integers(1, 99), st.integers(-5, 120))
def test_nobody_else_changes_places_and_nobody_is_lost(
    order: list[int], person_id: int, position: int
) -> None:
    others = [one for one in order if one != person_id]
    after = placed(order, person_id, position)
    assert [one for one in after if one != person_id] == others
    assert after.index(person_id) == min(max(position, 1), len(others) + 1) - 1
    assert placed(after, person_id, position) == after

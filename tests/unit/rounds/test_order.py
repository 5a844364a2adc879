"""The order of stops, and which meal a round is about."""

import pytest

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

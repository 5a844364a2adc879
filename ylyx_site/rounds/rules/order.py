"""The order of stops, and which meal a round is about now."""

from collections.abc import Mapping, Sequence

from ylyx_site.facilities.kinds import Meal

STILL_ON_THE_WAY = 120  # minutes after serving during which a round still shows its meal


def placed(order: Sequence[int], person_id: int, position: int) -> list[int]:
    """The order with this person at the position (from 1, kept within the list)."""
    others = [one for one in order if one != person_id]
    at = min(max(position, 1), len(others) + 1) - 1
    return [*others[:at], person_id, *others[at:]]


def meal_of_now(served_until: Mapping[Meal, int], minute: int) -> Meal | None:
    """Of the meals that are brought today the one under way or next, else the last of the day."""
    in_turn = sorted(served_until.items(), key=lambda one: one[1])
    under_way = [meal for meal, until in in_turn if minute < until + STILL_ON_THE_WAY]
    if under_way:
        return under_way[0]
    return in_turn[-1][0] if in_turn else None

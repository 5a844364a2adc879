"""Figures of the kitchen, and what the cut-off freezes."""

from datetime import UTC, datetime, timedelta

import pytest

from ylyx_site.facilities.kinds import Serving
from ylyx_site.kitchen.rules import wants
from ylyx_site.kitchen.rules.freezing import Stand, stand_of
from ylyx_site.kitchen.rules.samples import may_dispose

CUTOFF = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
BEFORE, AFTER = CUTOFF - timedelta(microseconds=1), CUTOFF + timedelta(hours=1)


@pytest.mark.parametrize(
    ("ordered", "ended", "is_late", "stand"),
    [
        (BEFORE, None, False, Stand.PLANNED),
        (CUTOFF, None, False, Stand.ADDED),
        (AFTER, None, True, Stand.ADDED),
        (BEFORE, BEFORE, False, Stand.NEVER),
        (BEFORE, CUTOFF, False, Stand.GONE),
        (BEFORE, AFTER, False, Stand.GONE),
        (AFTER, AFTER + timedelta(minutes=1), True, Stand.NEVER),
    ],
)
def test_a_meal_stands_as_it_did_at_the_cutoff(
    ordered: datetime, ended: datetime | None, is_late: bool, stand: Stand
) -> None:
    assert stand_of(ordered, ended, CUTOFF, is_late=is_late) is stand


def meal(stand: Stand, *needs: str, **items: int) -> wants.Wanted:
    """A meal collected at place 1."""
    named = tuple((name.replace("_", "-"), number) for name, number in items.items())
    return wants.Wanted(stand, 1, Serving.PICK_UP, needs, named, CUTOFF)


MEALS = [
    meal(Stand.PLANNED, "low_salt", "avoid:鱼", set_1=1),
    meal(Stand.PLANNED, "low_salt", set_1=2, dish_9=1),
    meal(Stand.ADDED, set_1=1),
    meal(Stand.GONE, "soft", set_1=1),
]


def test_lines_count_now_the_cutoff_and_what_changed() -> None:
    line = wants.lines_of(MEALS, ["set-1", "dish-9"])[0]
    assert (line.item, line.number, line.planned, line.added, line.gone) == ("set-1", 4, 4, 1, 1)
    assert line.needs == {"low_salt": 3, "avoid:鱼": 1}
    assert line.number == line.planned + line.added - line.gone


def test_needs_of_those_who_cancelled_are_not_cooked() -> None:
    assert wants.needs_of(MEALS) == {"low_salt": 2, "avoid:鱼": 1}
    assert wants.together_of(MEALS) == [
        (("low_salt", "avoid:鱼"), {"set-1": 1}), (("low_salt",), {"set-1": 2, "dish-9": 1}),
    ]  # fmt: skip


def test_dishes_inside_of_sets_add_to_those_alone() -> None:
    portions = wants.dishes_of(wants.lines_of(MEALS), {"set-1": ("dish-9", "dish-7")})
    assert portions == {"dish-9": 5, "dish-7": 4}


def test_a_sample_is_kept_for_forty_eight_hours() -> None:
    taken = CUTOFF
    assert not may_dispose(taken, taken + timedelta(hours=47, minutes=59, seconds=59))
    assert may_dispose(taken, taken + timedelta(hours=48))

"""The strip of free places: one bar per half hour, five times below."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ylyx_site.childcare.rules.strip import Strip, draw


def test_bars_grow_by_place_and_stop_at_six() -> None:
    assert draw(15, (0, 1, 6, 7, 99)) == Strip(
        free="M15 34v-5M25 34v-30M35 34v-30M45 34v-30",
        none="M5 34v-3",
        width=50,
        hours=("07:30", "08:00", "08:30", "09:30", "10:00"),
    )


def test_a_limit_lowered_under_what_is_booked_is_drawn_as_none() -> None:
    assert draw(15, (-2,)).none == "M5 34v-3"


def test_a_day_until_midnight_ends_at_24() -> None:
    assert draw(40, (1,) * 8).hours[-1] == "24:00"


def test_a_whole_day_of_care_shows_its_opening_and_closing() -> None:
    assert draw(15, (3,) * 20).hours == ("07:30", "10:00", "12:30", "15:00", "17:30")


@pytest.mark.parametrize("count", [0, 1])
def test_little_or_nothing_is_drawn_without_a_crash(count: int) -> None:
    assert draw(15, (1,) * count).width == count * 10


@given(st.integers(0, 47), st.data())
def test_every_half_hour_is_drawn_once(first: int, data: st.DataObject) -> None:
    free = tuple(data.draw(st.lists(st.integers(-3, 99), max_size=48 - first)))
    drawn = draw(first, free)
    assert (drawn.free + drawn.none).count("M") == len(free)
    assert drawn.free.count("M") == sum(left > 0 for left in free)

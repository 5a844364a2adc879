"""The published rule: whatever the queue, the order is total, stable and as it says."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ylyx_site.shared.spans import TimeSpan
from ylyx_site.waiting.rules.hours import DAYTIME, time_to_answer, wait_for_day
from ylyx_site.waiting.rules.order import (
    ORDINARY,
    Priority,
    Waiting,
    ahead_of,
    in_order,
    order_key,
    rank_on,
)

START = datetime(2026, 11, 23, tzinfo=UTC)
DAY = date(2026, 11, 24)
DAYS = [date(2026, 11, 24) + timedelta(days=n) for n in range(5)]

priorities = st.builds(
    Priority,
    st.integers(1, 99),
    st.sampled_from([date(2026, 1, 1), date(2026, 11, 25)]),
    st.sampled_from([date(2026, 11, 23), date(2026, 12, 31)]),
)
spans = st.builds(
    lambda start, half_hours: TimeSpan(start * 30, (start + half_hours) * 30),
    st.integers(14, 30),
    st.integers(1, 10),
)


@st.composite
def queues(draw: st.DrawFn) -> list[Waiting]:
    """A queue in which numbers differ and moments may be the same."""
    numbers = draw(st.lists(st.integers(1, 50), unique=True, max_size=12))
    return [
        Waiting(
            number,
            START + timedelta(seconds=draw(st.integers(0, 3))),
            draw(spans),
            tuple(sorted(draw(st.sets(st.sampled_from(DAYS), min_size=1)))),
            tuple(draw(st.lists(priorities, max_size=2))),
        )
        for number in numbers
    ]


@given(queues(), st.randoms())
def test_the_order_does_not_depend_on_how_the_rows_come(queue: list[Waiting], dice: object) -> None:
    shuffled = list(queue)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert in_order(shuffled, DAY) == in_order(queue, DAY)


@given(queues())
def test_rank_then_time_then_number(queue: list[Waiting]) -> None:
    ordered = in_order(queue, DAY)
    for first, second in itertools.pairwise(ordered):
        ranks = (first.rank_on(DAY), second.rank_on(DAY))
        assert ranks[0] <= ranks[1]
        if ranks[0] == ranks[1]:
            assert first.joined_at <= second.joined_at
            if first.joined_at == second.joined_at:
                assert first.number < second.number


@given(queues())
def test_whoever_joins_later_puts_nobody_back(queue: list[Waiting]) -> None:
    late = Waiting(99, START + timedelta(days=1), TimeSpan(480, 540), (DAY,))
    before = in_order(queue, DAY)
    after = in_order([*queue, late], DAY)
    assert [one for one in after if one != late] == before
    assert after[-1] == late or after[-1].rank_on(DAY) >= ORDINARY


@given(queues())
def test_ahead_are_those_before_who_want_an_hour_of_the_same(queue: list[Waiting]) -> None:
    for me in queue:
        for one in ahead_of(me, queue, DAY):
            assert order_key(one, DAY) < order_key(me, DAY)
            assert one.span.overlaps(me.span) and set(one.days) & set(me.days)


def test_a_priority_counts_only_on_its_days() -> None:
    held = [Priority(10, DAY, DAY)]
    assert [rank_on(held, DAY + timedelta(days=n)) for n in (-1, 0, 1)] == [100, 10, 100]


@pytest.mark.parametrize(
    ("minute", "wanted", "passes"),
    [
        (8 * 60, 240, 240),
        (17 * 60, 240, 240),
        (17 * 60 + 1, 240, 240 + 630),
        (20 * 60, 240, 60 + 630 + 180),
        (21 * 60, 240, 630 + 240),
        (0, 240, 450 + 240),
        (7 * 60 + 29, 240, 241),
        (8 * 60, 1440, 780 + 630 + 660),
    ],
)
def test_night_is_no_time_to_answer(minute: int, wanted: int, passes: int) -> None:
    assert time_to_answer(minute, wanted) == passes


@given(st.integers(0, 1439), st.integers(1, 2880))
def test_the_deadline_is_by_day_and_leaves_all_of_the_time(minute: int, wanted: int) -> None:
    passes = time_to_answer(minute, wanted)
    end = (minute + passes) % 1440
    assert 450 < end <= 1260
    by_day = sum(1 for n in range(minute, minute + passes) if 450 <= n % 1440 < 1260)
    assert by_day == wanted
    assert passes >= wanted + wait_for_day(minute) and DAYTIME == 810

"""Spans: ends not included, half hours as bits, times as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ylyx_site.shared.spans import (
    DaySpan,
    TimeSpan,
    minute_from_text,
    nearest_on_grid,
    text_from_minute,
)


def _span(ends: set[int], step: int = 1) -> TimeSpan:
    return TimeSpan(min(ends) * step, max(ends) * step)


SPANS = st.sets(st.integers(0, 1440), min_size=2, max_size=2).map(_span)
GRID_SPANS = st.sets(st.integers(0, 48), min_size=2, max_size=2).map(lambda e: _span(e, 30))

MORNING, AFTERNOON = TimeSpan(480, 720), TimeSpan(720, 1020)


def test_morning_and_afternoon_touch_and_do_not_overlap() -> None:
    assert not MORNING.overlaps(AFTERNOON)
    assert not AFTERNOON.overlaps(MORNING)
    assert MORNING.overlaps(TimeSpan(719, 1020))


@pytest.mark.parametrize(("start", "end"), [(-1, 30), (0, 0), (60, 30), (0, 1441), (1440, 1440)])
def test_a_span_that_is_empty_or_outside_the_day_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="晚于"):
        TimeSpan(start, end)


@pytest.mark.parametrize(
    ("span", "slots", "mask"),
    [
        (TimeSpan(0, 30), range(1), 0b1),
        (TimeSpan(0, 1440), range(48), 2**48 - 1),
        (TimeSpan(1410, 1440), range(47, 48), 2**47),
        (TimeSpan(29, 31), range(2), 0b11),
        (TimeSpan(60, 61), range(2, 3), 0b100),
    ],
)
def test_slots_are_the_half_hours_begun(span: TimeSpan, slots: range, mask: int) -> None:
    assert span.slots == slots
    assert span.mask == mask


@given(SPANS)
def test_the_mask_has_exactly_the_bits_of_the_slots(span: TimeSpan) -> None:
    assert [n for n in range(64) if span.mask >> n & 1] == list(span.slots)


@given(GRID_SPANS, GRID_SPANS)
def test_on_the_grid_masks_overlap_exactly_when_spans_do(one: TimeSpan, other: TimeSpan) -> None:
    assert bool(one.mask & other.mask) == one.overlaps(other)


@given(SPANS, SPANS)
def test_off_the_grid_an_overlap_is_never_missed_by_the_masks(
    one: TimeSpan, other: TimeSpan
) -> None:
    shared_minutes = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) == bool(shared_minutes)
    assert one.mask & other.mask or not shared_minutes


@given(SPANS, SPANS)
def test_within_means_every_minute(one: TimeSpan, other: TimeSpan) -> None:
    inside = set(range(one.start, one.end)) <= set(range(other.start, other.end))
    assert one.within(other) == inside


def test_a_span_reads_as_people_write_it() -> None:
    assert str(MORNING) == "08:00–12:00"
    assert str(TimeSpan(1410, 1440)) == "23:30–24:00"
    assert MORNING.minutes == 240


@pytest.mark.parametrize(
    ("span", "step", "answer"),
    [
        (TimeSpan(480, 510), 30, True),
        (TimeSpan(480, 500), 30, False),
        (TimeSpan(490, 510), 30, False),
        (TimeSpan(495, 510), 15, True),
    ],
)
def test_the_grid_binds_both_ends(span: TimeSpan, step: int, answer: bool) -> None:
    assert span.on_grid(step) is answer


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("00:00", 0),
        ("07:30", 450),
        ("7:30", 450),
        (" 07:30 ", 450),
        ("07：30", 450),
        ("０７：３０", 450),
        ("23:59", 1439),
        ("24:00", 1440),
    ],
)
def test_a_time_is_read_as_typed(text: str, minute: int) -> None:
    assert minute_from_text(text) == minute


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "0730",
        "07:3",
        "07:60",
        "24:01",
        "24:30",
        "25:00",
        "-1:00",
        "07:30:00",
        "007:30",
        "07:30\n08:00",
        "٠٧:٣٠",
        "七点半",
        "07.30",
        "1e1:00",
    ],
)
def test_a_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="时间"):
        minute_from_text(text)


@given(st.integers(0, 1440))
def test_a_minute_written_is_read_back(minute: int) -> None:
    assert minute_from_text(text_from_minute(minute)) == minute


@pytest.mark.parametrize("minute", [-1, 1441])
def test_a_minute_outside_the_day_is_not_written(minute: int) -> None:
    with pytest.raises(ValueError, match=r"0\.\.1440"):
        text_from_minute(minute)


@pytest.mark.parametrize(
    ("minute", "choices"),
    [(0, (0, 0)), (450, (450, 450)), (451, (450, 480)), (479, (450, 480)), (1439, (1410, 1440))],
)
def test_off_the_grid_the_two_nearest_times_are_offered(
    minute: int, choices: tuple[int, int]
) -> None:
    assert nearest_on_grid(minute) == choices


def test_both_ends_of_a_span_of_days_count() -> None:
    span = DaySpan(date(2028, 2, 28), date(2028, 3, 1))
    assert span.days() == [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)]
    assert DaySpan(span.first, span.first).days() == [span.first]


def test_days_come_the_right_way_round() -> None:
    with pytest.raises(ValueError, match="结束日期"):
        DaySpan(date(2026, 11, 24), date(2026, 11, 23))


def test_weekdays_are_iso_monday_being_one() -> None:
    span = DaySpan(date(2026, 11, 23), date(2026, 12, 1))
    assert span.weekdays({1, 7}) == [date(2026, 11, 23), date(2026, 11, 29), date(2026, 11, 30)]
    assert span.weekdays(set()) == []

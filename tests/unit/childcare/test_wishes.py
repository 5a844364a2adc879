"""Patterns as values, and cancellations."""

from datetime import date

from ylyx_site.childcare.rules.wishes import CancelWish, Pattern
from ylyx_site.shared.spans import DaySpan


def test_a_pattern_has_both_its_ends() -> None:
    pattern = Pattern(frozenset({2, 4}), DaySpan(date(2026, 11, 24), date(2026, 12, 3)))
    assert [day.isoformat()[5:] for day in pattern.dates()] == ["11-24", "11-26", "12-01", "12-03"]


def test_a_pattern_goes_over_the_year() -> None:
    pattern = Pattern(frozenset({5}), DaySpan(date(2026, 12, 28), date(2027, 1, 10)))
    assert pattern.dates() == [date(2027, 1, 1), date(2027, 1, 8)]


def test_a_pattern_may_meet_no_day_at_all() -> None:
    assert Pattern(frozenset({1}), DaySpan(date(2026, 11, 24), date(2026, 11, 25))).dates() == []


def test_without_days_a_cancellation_means_all() -> None:
    assert CancelWish("7K392F") == CancelWish("7K392F", ())

"""Age in completed months, at the edges where a child changes class."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ylyx_site.shared.ages import months_on

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("born_on", "day", "months"),
    [
        (date(2024, 2, 29), date(2026, 2, 28), 23),
        (date(2024, 2, 29), date(2026, 3, 1), 24),
        (date(2024, 2, 29), date(2028, 2, 28), 47),
        (date(2024, 2, 29), date(2028, 2, 29), 48),
        (date(2025, 5, 23), date(2025, 11, 22), 5),
        (date(2025, 5, 23), date(2025, 11, 23), 6),
        (date(2025, 5, 23), date(2025, 11, 24), 6),
        (date(2023, 11, 23), date(2026, 11, 22), 35),
        (date(2023, 11, 23), date(2026, 11, 23), 36),
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 31), date(2026, 3, 1), 1),
        (date(2026, 8, 31), date(2026, 9, 30), 0),
        (date(2026, 8, 31), date(2026, 10, 1), 1),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 11, 23), date(2026, 11, 22), -1),
    ],
)
def test_a_month_is_completed_on_its_day_or_on_the_first_after(
    born_on: date, day: date, months: int
) -> None:
    assert months_on(born_on, day) == months


@given(DAYS, DAYS)
def test_age_grows_by_a_month_at_most_from_one_day_to_the_next(born_on: date, day: date) -> None:
    grown = months_on(born_on, day + timedelta(days=1)) - months_on(born_on, day)
    assert grown in (0, 1)

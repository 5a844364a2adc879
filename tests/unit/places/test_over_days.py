"""What is over a limit, told by day, and what a change would make worse."""

from datetime import date

from ylyx_site.places.rules import Excess, OverDay, over_days, spans_of, worse
from ylyx_site.shared.spans import TimeSpan

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)


def test_half_hours_in_a_row_are_one_span() -> None:
    assert spans_of([15, 16, 17, 20]) == (TimeSpan(450, 540), TimeSpan(600, 630))


def test_no_half_hours_are_no_span() -> None:
    assert spans_of([]) == ()


def test_a_day_is_told_once_for_each_resource_with_its_worst_half_hour() -> None:
    found = over_days(
        [
            Excess(2, WEDNESDAY, 15, 3, 2),
            Excess(1, TUESDAY, 16, 5, 2),
            Excess(1, TUESDAY, 15, 4, 2),
        ]
    )
    assert found == [
        OverDay(TUESDAY, 1, (TimeSpan(450, 510),), 5, 2),
        OverDay(WEDNESDAY, 2, (TimeSpan(450, 480),), 3, 2),
    ]


def test_what_was_over_before_and_stays_so_is_not_brought_about() -> None:
    before = [Excess(1, TUESDAY, 15, 4, 2), Excess(1, TUESDAY, 16, 4, 2)]
    after = [
        Excess(1, TUESDAY, 15, 4, 2),
        Excess(1, TUESDAY, 16, 4, 1),
        Excess(1, TUESDAY, 17, 1, 0),
    ]
    assert worse(before, after) == after[1:]

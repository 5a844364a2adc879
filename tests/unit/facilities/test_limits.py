"""Until when one may add, change or cancel: the district's table and its boundaries."""

from datetime import date

import pytest

from ylyx_site.calendar.rules import DayKind, WorkingCalendar
from ylyx_site.facilities.kinds import Basis, CareKind, Deed
from ylyx_site.facilities.rules import Limit, district_limits, limit_moment, limits_with

FULL, HALF, HOURLY, TEMPORARY = CareKind
ADD, CHANGE, CANCEL = Deed
MONDAY, FRIDAY_BEFORE, TUESDAY = date(2026, 11, 23), date(2026, 11, 20), date(2026, 11, 24)
CALENDAR = WorkingCalendar({}, [2026])


def moment(kind: CareKind, half: str, deed: Deed, day: date, start: int) -> tuple[date, int]:
    limit = district_limits()[kind, half, deed]
    return limit_moment(limit, day, start, CALENDAR.working_days_before)


@pytest.mark.parametrize(
    ("kind", "half", "deed", "day", "start", "expected"),
    [
        (FULL, "", ADD, TUESDAY, 450, (MONDAY, 1440)),
        (FULL, "", ADD, MONDAY, 450, (FRIDAY_BEFORE, 1440)),
        (FULL, "", CHANGE, TUESDAY, 450, (TUESDAY, 510)),
        (FULL, "", CANCEL, TUESDAY, 450, (TUESDAY, 510)),
        (HALF, "am", ADD, TUESDAY, 450, (MONDAY, 1440)),
        (HALF, "pm", ADD, TUESDAY, 720, (MONDAY, 1440)),
        (HALF, "am", CANCEL, TUESDAY, 450, (TUESDAY, 510)),
        (HALF, "am", CHANGE, TUESDAY, 450, (TUESDAY, 510)),
        (HALF, "pm", CANCEL, TUESDAY, 720, (TUESDAY, 660)),
        (HALF, "pm", CHANGE, TUESDAY, 720, (TUESDAY, 660)),
        (HOURLY, "", ADD, TUESDAY, 540, (TUESDAY, 480)),
        (HOURLY, "", CANCEL, TUESDAY, 540, (TUESDAY, 420)),
        (HOURLY, "", CHANGE, TUESDAY, 540, (TUESDAY, 420)),
        (HOURLY, "", CANCEL, TUESDAY, 60, (MONDAY, 1380)),
        (HOURLY, "", CANCEL, TUESDAY, 120, (TUESDAY, 0)),
        (TEMPORARY, "", ADD, TUESDAY, 450, (TUESDAY, 450)),
        (TEMPORARY, "am", CANCEL, TUESDAY, 450, (MONDAY, 1200)),
        (TEMPORARY, "pm", CHANGE, MONDAY, 720, (date(2026, 11, 22), 1200)),
    ],
)
def test_district_limit(
    kind: CareKind, half: str, deed: Deed, day: date, start: int, expected: tuple[date, int]
) -> None:
    assert moment(kind, half, deed, day, start) == expected


def test_working_day_before_a_holiday_is_before_it() -> None:
    holidays = {date(2026, 10, day): DayKind.holiday for day in range(1, 8)}
    limit = district_limits()[FULL, "", ADD]
    before = WorkingCalendar(holidays, [2026]).working_days_before
    assert limit_moment(limit, date(2026, 10, 8), 450, before) == (date(2026, 9, 30), 1440)


def test_limits_are_complete() -> None:
    keys = {(kind, half, deed) for kind in CareKind for half in ("", "am", "pm") for deed in Deed}
    assert set(district_limits()) == keys


def test_own_line_for_both_halves_goes_before_the_districts_line_for_one() -> None:
    own = Limit(Basis.DAYS_BEFORE, 0, 420)
    limits = limits_with({(HALF, "", CANCEL): own})
    assert limits[HALF, "pm", CANCEL] == own
    assert limits[HALF, "am", CANCEL] == own


def test_own_line_for_one_half_leaves_the_other() -> None:
    own = Limit(Basis.DAYS_BEFORE, 0, 600)
    limits = limits_with({(HALF, "pm", CANCEL): own})
    assert limits[HALF, "pm", CANCEL] == own
    assert limits[HALF, "am", CANCEL] == Limit(Basis.DAYS_BEFORE, 0, 510)


def test_changing_follows_an_own_line_of_cancelling() -> None:
    own = Limit(Basis.MINUTES_BEFORE, 240)
    assert limits_with({(HOURLY, "", CANCEL): own})[HOURLY, "", CHANGE] == own


def test_changing_has_its_own_limit_where_a_facility_says_so() -> None:
    own = Limit(Basis.MINUTES_BEFORE, 30)
    limits = limits_with({(HOURLY, "", CHANGE): own})
    assert limits[HOURLY, "", CHANGE] == own
    assert limits[HOURLY, "", CANCEL] == Limit(Basis.MINUTES_BEFORE, 120)

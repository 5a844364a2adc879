"""Adding, changing and cancelling each have their own limit; at the very minute it is too late."""

from datetime import date

import pytest

from tests.unit.childcare.making import CALENDAR, MONDAY, TUESDAY, scene, terms, why_not, wish
from ylyx_site.childcare.rules.planning import Care, Moment, deadline, is_too_late
from ylyx_site.childcare.rules.wishes import span_of
from ylyx_site.facilities.kinds import CareKind, Deed
from ylyx_site.facilities.rules import CARE_HOURS

FULL, HALF, HOUR, TEMP = CareKind
FRIDAY = date(2026, 11, 20)
AFTER_HOLIDAYS = date(2026, 10, 8)


def care(kind: CareKind, half: str = "", day: date = TUESDAY) -> Care:
    start, end = (540, 660) if kind is HOUR else (None, None)
    asked = wish(day, kind=kind, half=half, start=start, end=end)
    return Care(kind, half, day, span_of(asked, CARE_HOURS))


@pytest.mark.parametrize(
    ("kind", "half", "deed", "day", "minute"),
    [
        (FULL, "", Deed.ADD, MONDAY, 1440),
        (FULL, "", Deed.CHANGE, TUESDAY, 510),
        (FULL, "", Deed.CANCEL, TUESDAY, 510),
        (HALF, "am", Deed.ADD, MONDAY, 1440),
        (HALF, "am", Deed.CANCEL, TUESDAY, 510),
        (HALF, "pm", Deed.CHANGE, TUESDAY, 660),
        (HALF, "pm", Deed.CANCEL, TUESDAY, 660),
        (HOUR, "", Deed.ADD, TUESDAY, 480),
        (HOUR, "", Deed.CANCEL, TUESDAY, 420),
        (TEMP, "", Deed.ADD, TUESDAY, 450),
        (TEMP, "pm", Deed.ADD, TUESDAY, 720),
        (TEMP, "am", Deed.CANCEL, MONDAY, 1200),
    ],
)
def test_the_districts_limits(
    kind: CareKind, half: str, deed: Deed, day: date, minute: int
) -> None:
    assert deadline(terms(), deed, care(kind, half)) == (day, minute)


@pytest.mark.parametrize("kind", list(CareKind))
@pytest.mark.parametrize("deed", list(Deed))
def test_the_minute_before_is_in_time_and_the_minute_itself_is_not(
    kind: CareKind, deed: Deed
) -> None:
    wanted = care(kind, "pm" if kind is HALF else "")
    day, minute = deadline(terms(), deed, wanted)
    assert not is_too_late(terms(), deed, wanted, Moment(day, minute - 1))
    assert is_too_late(terms(), deed, wanted, Moment(day, minute))


def test_a_whole_day_is_booked_until_midnight_of_the_working_day_before() -> None:
    assert why_not(wish(TUESDAY), scene(now=Moment(MONDAY, 1439))) == ""
    assert why_not(wish(TUESDAY), scene(now=Moment(TUESDAY, 0))) == "TooLateToAdd"


def test_monday_is_booked_by_friday() -> None:
    assert why_not(wish(MONDAY), scene(now=Moment(FRIDAY, 1439))) == ""
    assert why_not(wish(MONDAY), scene(now=Moment(date(2026, 11, 21), 0))) == "TooLateToAdd"


def test_the_day_after_the_holidays_is_booked_by_the_last_working_day_before_them() -> None:
    wanted = Care(FULL, "", AFTER_HOLIDAYS, CARE_HOURS["full_day"])
    assert deadline(terms(), Deed.ADD, wanted) == (date(2026, 9, 30), 1440)
    assert CALENDAR.kind(date(2026, 10, 1)) == "holiday"


@pytest.mark.parametrize(("minute", "reason"), [(479, ""), (480, "TooLateToAdd")])
def test_hourly_care_is_booked_an_hour_before(minute: int, reason: str) -> None:
    wanted = wish(MONDAY, kind=HOUR, start=540, end=660)
    assert why_not(wanted, scene(now=Moment(MONDAY, minute))) == reason


@pytest.mark.parametrize(
    ("half", "minute", "reason"),
    [("", 989, ""), ("", 990, "PastDay"), ("am", 659, ""), ("am", 660, "PastDay"), ("pm", 989, ""),
     ("pm", 990, "PastDay")],
)  # fmt: skip
def test_temporary_care_is_booked_while_an_hour_is_left(
    half: str, minute: int, reason: str
) -> None:
    wanted = wish(MONDAY, kind=TEMP, half=half)
    assert why_not(wanted, scene(now=Moment(MONDAY, minute))) == reason

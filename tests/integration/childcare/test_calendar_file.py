"""The calendar file: one event for each day that stands, in UTC, right in Shanghai."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from tests.integration.childcare.conftest import Family

SHANGHAI = ZoneInfo("Asia/Shanghai")


def events(family: Family, code: str) -> list[Any]:
    answer = family.browser.get(f"/childcare/bookings/{code}.ics")
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{code}.ics"'
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


def test_times_are_utc_and_right_in_shanghai(wang: Family, house: int) -> None:
    code = wang.books(house, kind="half_day", half="am")
    [event] = events(wang, code)
    start, end = event["dtstart"].dt, event["dtend"].dt
    assert b"DTSTART:20261123T233000Z" in wang.browser.get(f"/childcare/bookings/{code}.ics").data
    assert (start, end) == (
        datetime(2026, 11, 23, 23, 30, tzinfo=UTC), datetime(2026, 11, 24, 4, 0, tzinfo=UTC),
    )  # fmt: skip
    assert (start.astimezone(SHANGHAI), end.astimezone(SHANGHAI)) == (
        datetime(2026, 11, 24, 7, 30, tzinfo=SHANGHAI),
        datetime(2026, 11, 24, 12, 0, tzinfo=SHANGHAI),
    )


def test_it_names_child_house_and_code(wang: Family, house: int) -> None:
    code = wang.books(house)
    [event] = events(wang, code)
    assert (str(event["summary"]), str(event["location"]), str(event["description"])) == (
        "明明 去金星托育中心", "棠香街道 12 号", f"入托码 {code[:3]}-{code[3:]}",
    )  # fmt: skip


def test_a_cancelled_day_is_not_in_it(wang: Family, house: int) -> None:
    code = wang.books(house, date=["2026-11-24", "2026-11-25", "2026-11-26"])
    wang.browser.submit(f"/childcare/bookings/{code}/cancellation?date=2026-11-25")
    found = events(wang, code)
    assert [event["dtstart"].dt.astimezone(SHANGHAI).day for event in found] == [24, 26]
    assert len({str(event["uid"]) for event in found}) == 2
    wang.browser.submit(f"/childcare/bookings/{code}/cancellation")
    assert events(wang, code) == []

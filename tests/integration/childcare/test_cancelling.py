"""Until when one may cancel and undo, and what is never touched; the clock stands where we say."""

import pytest

from tests.integration.childcare.conftest import (
    MONDAY,
    Family,
    audit,
    more_children,
    sentences,
    states,
)
from ylyx_site.shared import clock

TOO_LATE = "已经过了免费取消的时间。请打电话给机构说明情况。"
NOTHING = "没有可以取消的日子了：都已经过去，或者已经取消。"
UNDO_OVER = "预约满 10 分钟后不能撤销了。还可以按取消规则取消。"
WEEK = ["2026-11-24", "2026-11-25", "2026-11-26"]


def at(day: str, time: str) -> str:
    """An instant in Shanghai, for `clock.standing_at`."""
    return f"2026-11-{day}T{time}+08:00"


def sends_cancellation(family: Family, code: str, *days: str) -> tuple[int, list[str]]:
    """Send the form of cancelling at once, as a page that was opened earlier does."""
    answer = family.browser.post(
        f"/childcare/bookings/{code}/cancellation",
        data={"csrf_token": family.browser.token(), "date": list(days)},
    )
    return answer.status_code, sentences(answer)


def sends_undo(family: Family, code: str) -> tuple[int, list[str]]:
    answer = family.browser.post(
        f"/childcare/bookings/{code}/undo", data={"csrf_token": family.browser.token()}
    )
    return answer.status_code, sentences(answer)


@pytest.mark.parametrize(
    ("time", "answer", "state"),
    [
        ("08:29:59", (303, []), "cancelled"),
        ("08:29:59.999999", (303, []), "cancelled"),
        ("08:30:00", (422, [TOO_LATE]), "booked"),
    ],
)
@pytest.mark.parametrize("days", [[], ["2026-11-24"]])
def test_a_day_is_cancelled_until_its_very_minute(
    wang: Family, house: int, time: str, answer: tuple[int, list[str]], state: str, days: list[str]
) -> None:
    code = wang.books(house)
    with clock.standing_at(at("24", time)):
        assert sends_cancellation(wang, code, *days) == answer
    assert states() == {"11-24": state}


def test_a_day_that_is_over_is_past(wang: Family, house: int) -> None:
    code = wang.books(house)
    with clock.standing_at(at("24", "17:30:00")):
        assert sends_cancellation(wang, code) == (422, [NOTHING])
    assert states() == {"11-24": "booked"}


@pytest.mark.parametrize(
    ("moment", "answer", "state"),
    [
        (at("23", "08:09:59"), (303, []), "cancelled"),
        (at("23", "08:10:00"), (422, [UNDO_OVER]), "booked"),
    ],
)  # fmt: skip
def test_undo_ends_after_ten_minutes(
    wang: Family, house: int, moment: str, answer: tuple[int, list[str]], state: str
) -> None:
    code = wang.books(house)
    with clock.standing_at(moment):
        assert sends_undo(wang, code) == answer
    assert states() == {"11-24": state}


def test_undo_works_though_the_limit_for_cancelling_is_over(wang: Family, house: int) -> None:
    """Temporary care for the same afternoon: cancelling ended at 20:00 the evening before."""
    code = wang.books(house, kind="temporary", half="pm", date=MONDAY)
    assert sends_cancellation(wang, code) == (422, [TOO_LATE])
    assert sends_undo(wang, code) == (303, [])
    assert states() == {"11-23": "cancelled"}


def test_undo_twice_gives_back_once(wang: Family, house: int) -> None:
    code = wang.books(house)
    assert sends_undo(wang, code) == (303, [])
    assert sends_undo(wang, code) == (422, [NOTHING])
    assert audit() == []


def test_cancelling_all_never_touches_what_is_past(wang: Family, house: int) -> None:
    code = wang.books(house, date=WEEK)
    with clock.standing_at(at("25", "12:00:00")):
        page = wang.browser.page(f"/childcare/bookings/{code}/cancellation")
        assert page.xpath("//main//li/b/text()") == ["11月26日 周四 · 明天"]
        assert sends_cancellation(wang, code) == (303, [])
        assert sends_cancellation(wang, code) == (422, [TOO_LATE])
    assert states() == {"11-24": "booked", "11-25": "booked", "11-26": "cancelled"}


@pytest.mark.parametrize("day", ["2026-11-24", "2026-11-27", "2026-12-25"])
def test_a_past_day_or_one_not_in_the_series_is_not_cancelled(
    wang: Family, house: int, day: str
) -> None:
    code = wang.books(house, date=WEEK)
    with clock.standing_at(at("25", "07:00:00")):
        assert sends_cancellation(wang, code, "2026-11-26", day) == (422, [NOTHING])
        page = wang.browser.page(f"/childcare/bookings/{code}/cancellation?date={day}")
        assert page.xpath("//main//form") == []
    assert set(states().values()) == {"booked"}


def test_asking_too_late_says_so_before_anything_is_sent(wang: Family, house: int) -> None:
    code = wang.books(house, kind="temporary", half="pm", date=MONDAY)
    page = wang.browser.page(f"/childcare/bookings/{code}/cancellation")
    assert page.xpath("//main//section/p/text()") == [TOO_LATE]


@pytest.mark.parametrize("day", ["2026-02-29", "gestern", "9999-12-31"])
def test_a_day_that_does_not_exist_is_422(wang: Family, house: int, day: str) -> None:
    code = wang.books(house)
    assert sends_cancellation(wang, code, day)[0] == 422
    page = wang.browser.get(f"/childcare/bookings/{code}/cancellation?date={day}")
    assert page.status_code == 422
    assert states() == {"11-24": "booked"}


@pytest.mark.parametrize(
    ("booked_for", "moment", "status"),
    [
        ({"kind": "half_day", "half": "am"}, at("23", "23:59:59"), 303),
        ({"kind": "half_day", "half": "am"}, at("24", "00:00:00"), 422),
        ({"kind": "half_day", "half": "pm"}, at("24", "00:00:00"), 422),
        ({"kind": "temporary", "half": "pm"}, at("24", "16:29:59"), 303),
        ({"kind": "temporary", "half": "pm"}, at("24", "16:30:00"), 422),
        ({"kind": "hourly", "start": "14:00", "end": "15:00"}, at("24", "12:59:59"), 303),
        ({"kind": "hourly", "start": "14:00", "end": "15:00"}, at("24", "13:00:00"), 422),
    ],
)
def test_booking_ends_at_the_very_minute(
    wang: Family, house: int, booked_for: dict[str, str], moment: str, status: int
) -> None:
    with clock.standing_at(moment):
        assert wang.posts(house, **booked_for).status_code == status
    assert len(states()) == (status == 303)


def test_one_sibling_of_one_day_goes_with_the_other(wang: Family, house: int) -> None:
    both = [wang.child_id, *more_children(wang, "亮亮")]
    code = wang.books(house, child_id=both, date=["2026-11-24", "2026-11-25"])
    assert sends_cancellation(wang, code, "2026-11-24") == (303, [])
    assert states() == {"11-24": "cancelled", "11-25": "booked"}

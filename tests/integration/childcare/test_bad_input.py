"""What cannot be gets 422 with a sentence, and nothing of what was typed is lost."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from lxml import html

from tests import makers
from tests.client import text_of
from tests.integration.childcare.conftest import (
    TUESDAY,
    WEDNESDAY,
    Family,
    a_house,
    audit,
    more_children,
    sentences,
    states,
    stored,
)
from ylyx_site.facilities.kinds import FacilityKind, Filing
from ylyx_site.facilities.models import Facility
from ylyx_site.families.kinds import PersonKind
from ylyx_site.shared.db import transaction

NOTE = "午睡要抱小熊🧸，对花生过敏"
BROKEN = "页面不完整，请重新打开这一页再试。"
NO_DAY = "没有这一天。请选日历上有的日子。"
PAST = "这个时间已经过去了。请选以后的时间。"
HOURLY = {"kind": "hourly", "start": "09:00", "end": "11:00"}
PATTERN = {"date": None, "weekdays": [2], "from": "2026-11-24", "to": "2026-12-01"}

BAD: dict[str, tuple[dict[str, Any], str]] = {
    "yesterday": ({"date": "2026-11-22"}, PAST),
    "today, which began": ({"date": "2026-11-23"}, PAST),
    "a Saturday": ({"date": "2026-11-28"}, "这一天机构休息。请换一天，或看看别的机构。"),
    "29 February of a common year": ({"date": "2027-02-29"}, NO_DAY),
    "31 November": ({"date": "2026-11-31"}, NO_DAY),
    "no day at all": ({"date": "明天"}, NO_DAY),
    "the year 1": ({"date": "0001-01-01"}, NO_DAY),
    "the year 9999": ({"date": "9999-12-31"}, NO_DAY),
    "beyond the published days": (
        {"date": "2027-01-04"}, "现在只能约到 12 月 31 日。请选近一点的日子，过几天再约后面的。"
    ),
    "many years ahead": (
        {"date": "2199-12-31"}, "现在只能约到 12 月 31 日。请选近一点的日子，过几天再约后面的。"
    ),
    "no date": ({"date": None}, "请选哪一天去。"),
    "an empty date": ({"date": ""}, "请选哪一天去。"),
    "off the grid": (
        {**HOURLY, "start": "09:10"}, "计时托按半小时算。最近的时间是 09:00 或 09:30。"
    ),
    "end off the grid": (
        {**HOURLY, "end": "10:45"}, "计时托按半小时算。最近的时间是 10:30 或 11:00。"
    ),
    "end before start": ({**HOURLY, "end": "08:30"}, "结束时间要晚于开始时间。"),
    "half an hour": (
        {**HOURLY, "end": "09:30"},
        "计时托一次最少 1 小时，最多 4 小时。更长请选半日托或全日托。",
    ),
    "five hours": (
        {**HOURLY, "end": "14:00"},
        "计时托一次最少 1 小时，最多 4 小时。更长请选半日托或全日托。",
    ),
    "beyond closing": (
        {**HOURLY, "start": "16:30", "end": "18:00"},
        "机构这一天只开 07:30–17:30。请把时间改在这之内。",
    ),
    "before opening": (
        {**HOURLY, "start": "06:30", "end": "08:00"},
        "机构这一天只开 07:30–17:30。请把时间改在这之内。",
    ),
    "no hours": ({"kind": "hourly"}, "请填几点到几点。"),
    "hours in words": ({**HOURLY, "start": "九点"}, "请按 08:30 这样填时间。"),
    "24:30": ({**HOURLY, "end": "24:30"}, "请按 08:30 这样填时间。"),
    "no half": ({"kind": "half_day"}, "请选上午还是下午。"),
    "an unknown half": ({"kind": "half_day", "half": "night"}, "请选上午还是下午。"),
    "an unknown kind": ({"kind": "night"}, "没有这种托育方式。请选全日、半日、计时或临时。"),
    "no kind": ({"kind": None}, "没有这种托育方式。请选全日、半日、计时或临时。"),
    "no key": ({"key": None}, BROKEN),
    "a short key": ({"key": "1"}, BROKEN),
    "a long key": ({"key": "k" * 65}, BROKEN),
    "no child": ({"child_id": None}, "请选哪个孩子去。"),
    "a child in words": ({"child_id": "明明"}, BROKEN),
    "a negative child": ({"child_id": "-1"}, BROKEN),
    "a huge child": ({"child_id": "9" * 30}, BROKEN),
    "an endless child": ({"child_id": "9" * 5000}, BROKEN),
    "a class of nobody's": (
        {"class_id": "999999"}, "孩子那一天的月龄不在这个班的范围内。请换一个班。"
    ),
    "a negative class": ({"class_id": "-3"}, BROKEN),
    "a quoted price in words": ({"quoted": "2026-11-24:cheap"}, BROKEN),
    "a negative price": ({"quoted": "2026-11-24:-1"}, BROKEN),
    "a price without a day": ({"quoted": ":6800"}, BROKEN),
    "a price of garbage": ({"quoted": "��"}, BROKEN),
    "an endless price": ({"quoted": "2026-11-24:" + "9" * 5000}, BROKEN),
    "an eighth weekday": ({**PATTERN, "weekdays": [8]}, "请选周一到周日中的几天。"),
    "no weekdays": ({**PATTERN, "weekdays": None}, "请选哪一天去。"),
    "no first day": ({**PATTERN, "from": ""}, "请填从哪一天开始。"),
    "no last day": ({**PATTERN, "to": None}, "请填到哪一天为止。"),
    "last before first": ({**PATTERN, "to": "2026-11-23"}, "结束日期不能早于开始日期。"),
    "a pattern until 30 February": ({**PATTERN, "to": "2027-02-30"}, NO_DAY),
    "a pattern of centuries": (
        {**PATTERN, "from": "1800-01-01", "to": "2199-12-31"}, "一次最多约 66 天。请分几次约。"
    ),
    "a pattern of the past": (
        {**PATTERN, "from": "2026-11-02", "to": "2026-11-20"}, PAST,
    ),
    "a pattern without its day": (
        {**PATTERN, "weekdays": [7], "to": "2026-11-25"},
        "没有可以约的日子。请看下面每一天的原因，换几天再试。",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "sentence"), BAD.values(), ids=BAD)
def test_bad_input_is_refused_with_a_sentence_and_kept(
    wang: Family, house: int, fields: dict[str, Any], sentence: str
) -> None:
    answer = wang.posts(house, note=NOTE, **fields)
    assert (answer.status_code, sentences(answer)) == (422, [sentence])
    assert stored() == []
    page = html.fromstring(answer.text)
    assert NOTE in text_of(answer)
    for name in ("date", "from", "to"):
        typed = fields.get(name)
        if isinstance(typed, str) and typed:
            assert typed in page.xpath(f"//input[@type='date'][@name='{name}']/@value")
    for name in ("start", "end"):
        if name in fields:
            assert fields[name] in page.xpath(f"//select[@name='{name}']/option[@selected]/text()")


@pytest.mark.parametrize(
    ("case", "field"),
    [
        ("yesterday", "one-day"),
        ("29 February of a common year", "one-day"),
        ("beyond the published days", "one-day"),
        ("off the grid", "start"),
        ("beyond closing", "start"),
        ("end before start", "end"),
        ("no first day", "from"),
        ("last before first", "to"),
        ("a pattern of centuries", "to"),
    ],
)
def test_the_field_that_is_wrong_points_to_the_sentence(
    wang: Family, house: int, case: str, field: str
) -> None:
    page = html.fromstring(wang.posts(house, **BAD[case][0]).text)
    wrong = page.xpath("//*[@aria-invalid='true'][@aria-describedby='errors']/@id")
    assert (wrong, len(page.xpath("//*[@id='errors']"))) == ([field], 1)


@pytest.mark.parametrize(("fields", "sentence"), BAD.values(), ids=BAD)
def test_the_same_in_an_address_is_never_a_crash(
    wang: Family, house: int, fields: dict[str, Any], sentence: str
) -> None:
    asked = {("from_" if name == "from" else name): value for name, value in fields.items()}
    answer = wang.browser.get(wang.asking(house, **asked))
    assert answer.status_code in (200, 422)
    assert stored() == []


@pytest.mark.parametrize(
    ("born_on", "sentence"),
    [
        (
            date(2025, 11, 25),
            "到那一天孩子还不满 12 个月，这家机构还不能收。请换一家，或过些时候再约。",
        ),
        (
            date(2024, 11, 24),
            "到那一天孩子已满 24 个月，超过这家机构收托的年龄。可以打电话问问幼儿园。",
        ),
    ],
)
def test_too_young_and_too_old_by_a_day(
    wang: Family, house: int, born_on: date, sentence: str
) -> None:
    [child] = more_children(wang, "小小", born_on=born_on)
    answer = wang.posts(house, child_id=child)
    assert (answer.status_code, sentences(answer)) == (422, [sentence])
    young = born_on == date(2025, 11, 25)
    other_day = wang.posts(house, child_id=child, date=WEDNESDAY if young else date(2026, 11, 23))
    assert other_day.status_code == (303 if young else 422)


def test_already_booked_then(app: Flask, wang: Family, house: int) -> None:
    other = a_house(app, name="北街托育")
    wang.books(house, kind="half_day", half="am")
    answer = wang.posts(other, kind="hourly", start="11:30", end="12:30", note=NOTE)
    assert (answer.status_code, sentences(answer)) == (
        422, ["孩子在这个时间已经约好了。要换时间，请先取消原来的那一个。"],
    )  # fmt: skip
    assert NOTE in text_of(answer)
    wang.books(other, kind="half_day", half="pm")
    assert [(one.starts, one.ends) for one in stored()] == [(450, 720), (720, 1050)]
    assert audit() == []


def test_some_days_of_several_are_full_and_none_is_booked(
    app: Flask, wang: Family, li: Family
) -> None:
    house = a_house(app, registered_places=1)
    li.books(house)
    answer = wang.posts(house, date=["2026-11-24", "2026-11-25"], note=NOTE)
    assert (answer.status_code, sentences(answer)) == (
        422, ["有的日子约不了，还没有预约任何一天。原因在下面，去掉这几天就可以提交。"],
    )  # fmt: skip
    page = html.fromstring(answer.text)
    assert page.xpath("//textarea[@name='note']/text()") == [NOTE]
    assert page.xpath("//form[contains(@action,'bookings')]//input[@name='date']/@value") == [
        "2026-11-25"
    ]
    assert [one.child_id for one in stored()] == [li.child_id]


def test_one_day_a_hundred_times_is_one_day(wang: Family, house: int) -> None:
    assert wang.posts(house, date=["2026-11-24"] * 100).status_code == 303
    assert states() == {"11-24": "booked"}


def test_a_hundred_days_are_too_many(wang: Family, house: int) -> None:
    days = [date.fromordinal(TUESDAY.toordinal() + n).isoformat() for n in range(100)]
    answer = wang.posts(house, date=days)
    assert (answer.status_code, sentences(answer)) == (422, ["一次最多约 66 天。请分几次约。"])


def test_a_note_of_200_characters_is_kept_whole_and_one_more_is_refused(
    wang: Family, house: int
) -> None:
    long = "🧸𠮷" * 100
    answer = wang.posts(house, note=long + "。")
    assert (answer.status_code, sentences(answer)) == (422, ["最多 200 个字。请写短一点。"])
    assert long in text_of(answer)
    answer = wang.posts(house, note=long)
    assert answer.status_code == 303
    assert long in text_of(wang.browser.get(answer.headers["Location"]))


def test_a_character_that_no_database_holds_is_400(wang: Family, house: int) -> None:
    assert wang.posts(house, note="一\x00二").status_code == 400
    assert wang.browser.get("/childcare?q=%00").status_code == 400
    assert wang.browser.get("/childcare/bookings/7K3%0092F").status_code == 400


@pytest.mark.parametrize("note", ["一\x07二", "a\u202eb", "<b>&\"'</b>", "{{ 7*7 }}"])
def test_whatever_is_in_a_note_is_neither_a_crash_nor_markup(
    wang: Family, house: int, note: str
) -> None:
    answer = wang.posts(house, note=note)
    assert answer.status_code in (303, 422)
    page = wang.browser.get("/childcare/bookings")
    assert page.status_code == 200


def test_a_rare_name_of_thirty_characters_is_shown_whole(wang: Family, house: int) -> None:
    name = "买买提·𠮷" + "吐尔逊" * 8 + "𬭎"
    assert len(name) == 30
    [child] = more_children(wang, name)
    code = wang.books(house, child_id=child)
    for address in (f"/childcare/bookings/{code}", "/childcare/bookings", "/", "/family"):
        assert name in text_of(wang.browser.get(address)), address


def test_full_width_digits_and_colons_are_read(wang: Family, house: int) -> None:
    wang.books(
        house, date="２０２６-１１-２４", kind="hourly", start="０９：００", end="１０：３０"
    )
    assert [(one.day, one.starts, one.ends) for one in stored()] == [(TUESDAY, 540, 630)]


def test_ten_megabytes_are_refused(wang: Family, house: int) -> None:
    answer = wang.posts(house, note="字" * (10 * 1024 * 1024 // 3))
    assert answer.status_code == 413
    assert "内容太大" in text_of(answer)


@pytest.mark.parametrize("token", ["", "wrong", None])
def test_a_bent_csrf_token_is_400_with_a_way_back(
    wang: Family, house: int, token: str | None
) -> None:
    back = wang.asking(house)
    answer = wang.posts(house, csrf_token=token, back=back)
    assert answer.status_code == 400
    page = html.fromstring(answer.text)
    assert back in [str(one) for one in page.xpath("//main//a/@href")]
    assert stored() == []


@pytest.mark.parametrize("number", ["0", "999999999", "99999999999999999999", "-1", "1.5", "abc"])
@pytest.mark.parametrize("rest", ["", "/bookings/new", "/bookings"])
def test_a_house_that_is_not_there_is_404(wang: Family, number: str, rest: str) -> None:
    if rest == "/bookings":
        answer = wang.posts(number)  # type: ignore[arg-type]
    else:
        answer = wang.browser.get(f"/childcare/{number}{rest}")
    assert answer.status_code == 404


@pytest.mark.parametrize("change", [{"kind": FacilityKind.CANTEEN}, {"filing": Filing.SUSPENDED}])
def test_a_canteen_or_a_suspended_house_has_no_childcare(
    wang: Family, house: int, change: dict[str, Any]
) -> None:
    change_house(house, **change)
    assert wang.browser.get(f"/childcare/{house}").status_code == 404
    assert wang.browser.get(wang.asking(house)).status_code == 404
    assert wang.posts(house).status_code == 404
    assert stored() == []


def test_a_house_in_filing_takes_no_bookings_online(wang: Family, house: int) -> None:
    change_house(house, filing=Filing.IN_FILING)
    sentence = "这家机构正在备案，暂不能网上预约。请打电话给机构，或看看附近的机构。"
    assert "正在备案" in text_of(wang.browser.get(f"/childcare/{house}"))
    page = wang.browser.get(wang.asking(house))
    assert (page.status_code, sentences(page)) == (422, [sentence])
    answer = wang.posts(house, note=NOTE)
    assert (answer.status_code, sentences(answer)) == (422, [sentence])
    assert stored() == []


def test_a_suspended_house_still_shows_its_tickets_and_lets_cancel(
    wang: Family, house: int
) -> None:
    code = wang.books(house)
    change_house(house, filing=Filing.SUSPENDED)
    assert wang.browser.get(f"/childcare/bookings/{code}").status_code == 200
    assert wang.browser.get(f"/childcare/bookings/{code}.ics").status_code == 200
    wang.browser.submit(f"/childcare/bookings/{code}/cancellation")
    assert states() == {"11-24": "cancelled"}


def test_a_house_that_publishes_nothing_says_so(app: Flask, wang: Family) -> None:
    house = a_house(app, publish_until=None)
    answer = wang.posts(house)
    assert (answer.status_code, sentences(answer)) == (
        422, ["这家机构还没有开放预约。请打电话给机构，或看看附近的机构。"],
    )  # fmt: skip


def change_house(house: int, **values: Any) -> None:
    """The register says something else from now on."""
    with transaction() as session:
        facility = session.get_one(Facility, house)
        for name, value in values.items():
            setattr(facility, name, value)


def test_somebody_elses_child_is_404(wang: Family, li: Family, house: int) -> None:
    assert wang.browser.get(wang.asking(house, child_id=li.child_id)).status_code == 404
    assert wang.posts(house, child_id=li.child_id).status_code == 404
    assert wang.posts(house, child_id=[wang.child_id, li.child_id]).status_code == 404
    assert wang.browser.get(f"/childcare?child={li.child_id}").status_code == 404
    assert wang.browser.get(f"/childcare/{house}?child={li.child_id}").status_code == 404
    assert stored() == []


def test_an_elder_is_not_booked_into_a_nursery(wang: Family, house: int) -> None:
    with transaction() as session:
        child = makers.a_child(session, wang.account_id, "奶奶", date(1950, 1, 1))
        child.kind = PersonKind.ELDER
        number = child.id
    assert wang.posts(house, child_id=number).status_code == 404

"""A supervisor changes registered places and filings of the own district, seeing what is over."""

from datetime import date

import pytest
import sqlalchemy as sa
from lxml import html
from werkzeug.test import TestResponse

from tests.client import SiteClient, text_of
from tests.integration.places.desk import (
    CHEN,
    CIVIL,
    FAR_SUN,
    LIN,
    MORNING,
    SUN,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    District,
    actions,
    book,
    half_hours,
    house_of,
)
from ylyx_site.facilities.kinds import Filing
from ylyx_site.facilities.models import Facility
from ylyx_site.facilities.queries import registered_places_on
from ylyx_site.places.claims import Claim
from ylyx_site.places.errors import Full
from ylyx_site.places.service import take
from ylyx_site.shared.db import db, transaction


def confirm(client: SiteClient, asked: TestResponse) -> TestResponse:
    """Press 「仍然保存」 on the page that asks."""
    form = html.fromstring(asked.text).xpath("//main//form")[0]
    data: dict[str, list[str]] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return client.post(form.action, data={**data, "confirmed": "1"})


def page_of(facility_id: int) -> str:
    """The page of a nursery's places."""
    return f"/supervision/facilities/{facility_id}/places"


def test_lowering_lists_exactly_the_days_that_are_over_and_saves_nothing(
    client: SiteClient, desk: District
) -> None:
    with transaction() as session:
        book(session, desk.ours, desk.our_class, [TUESDAY], 3, MORNING)
        book(session, desk.ours, desk.our_class, [WEDNESDAY], 2)
        book(session, desk.ours, desk.our_class, [THURSDAY], 3)
        book(session, desk.theirs, desk.their_class, [THURSDAY], 9)
    client.sign_in_as(SUN)
    asked = client.submit(page_of(desk.ours), "/places", places="2", from_day="2026-11-24")
    assert asked.status_code == 422
    rows = html.fromstring(asked.text).xpath("//table/tbody/tr")
    assert [" ".join(row.text_content().split()) for row in rows] == [
        "11月24日 周二 · 明天全园07:30–12:00已约 3 人能收 2 人 多 1 人",
        "11月26日 周四全园07:30–17:30已约 3 人能收 2 人 多 1 人",
    ]
    assert registered_places_on(db.session(), [desk.ours], THURSDAY) == {desk.ours: 4}
    assert actions(db.session(), desk.ours) == []


def test_confirmed_it_is_saved_keeps_the_bookings_and_lets_nobody_in(
    client: SiteClient, desk: District
) -> None:
    with transaction() as session:
        book(session, desk.ours, desk.our_class, [TUESDAY], 3)
    client.sign_in_as(SUN)
    asked = client.submit(page_of(desk.ours), "/places", places="2", from_day="2026-11-24")
    answer = confirm(client, asked)
    assert answer.location == page_of(desk.ours) + "?saved=1"
    house = house_of(db.session(), desk.ours)
    assert half_hours(db.session(), house, TUESDAY) == {(2, 3, 3)}
    assert half_hours(db.session(), house, WEDNESDAY) == {(2, 2, 0)}
    assert actions(db.session(), desk.ours) == ["facilities.places_set"]
    with pytest.raises(Full), transaction() as session:
        take(session, [Claim(house, TUESDAY, MORNING)])


def test_the_alarm_stands_on_the_start_page(client: SiteClient, desk: District) -> None:
    with transaction() as session:
        book(session, desk.ours, desk.our_class, [TUESDAY], 3)
    client.sign_in_as(SUN)
    asked = client.submit(page_of(desk.ours), "/places", places="2", from_day="2026-11-24")
    confirm(client, asked)
    alarms = client.page("/supervision").xpath("//details/summary")
    assert [" ".join(one.text_content().split()) for one in alarms] == ["金星托育中心 1 天"]


def test_more_places_need_no_confirmation(client: SiteClient, desk: District) -> None:
    client.sign_in_as(SUN)
    answer = client.submit(page_of(desk.ours), "/places", places="30", from_day="2026-11-25")
    assert answer.status_code == 303
    house = house_of(db.session(), desk.ours)
    assert half_hours(db.session(), house, TUESDAY) == {(4, 4, 0)}
    assert half_hours(db.session(), house, WEDNESDAY) == {(30, 30, 0)}


@pytest.mark.parametrize(
    ("places", "from_day", "words"),
    [
        ("2", "2026-11-22", "开始日期不能早于今天"),
        ("-1", "2026-11-24", "请填写整数"),
        ("2001", "2026-11-24", "托位数要在 0 到 2000 之间"),
        ("", "2026-11-24", "请填数字。"),
        ("5", "2026-02-30", "没有这一天。"),
    ],
)
def test_what_cannot_be_is_refused_with_words(
    client: SiteClient, desk: District, places: str, from_day: str, words: str
) -> None:
    client.sign_in_as(SUN)
    answer = client.submit(page_of(desk.ours), "/places", places=places, from_day=from_day)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert actions(db.session(), desk.ours) == []


def test_a_suspended_nursery_keeps_its_bookings_and_takes_no_more(
    client: SiteClient, desk: District
) -> None:
    with transaction() as session:
        book(session, desk.ours, desk.our_class, [TUESDAY], 2)
    client.sign_in_as(SUN)
    asked = client.submit(page_of(desk.ours), "/filing", filing="suspended", reason="hazard")
    assert asked.status_code == 422
    assert db.session().get_one(Facility, desk.ours).filing is Filing.FILED
    db.session.rollback()
    assert confirm(client, asked).status_code == 303
    house = house_of(db.session(), desk.ours)
    assert half_hours(db.session(), house, TUESDAY) == {(0, 2, 2)}
    assert half_hours(db.session(), house, WEDNESDAY) == set()
    db.session.rollback()
    client.submit(page_of(desk.ours), "/filing", filing="filed", reason="rectified")
    assert half_hours(db.session(), house, WEDNESDAY) == {(4, 4, 0)}
    assert actions(db.session(), desk.ours) == [
        "facilities.filing_changed", "places.filing_decided",
    ] * 2  # fmt: skip


@pytest.mark.parametrize("phone", [FAR_SUN, CIVIL, CHEN, LIN])
def test_nobody_else_reads_or_changes_them(client: SiteClient, desk: District, phone: str) -> None:
    client.sign_in_as(phone)
    form = {
        "csrf_token": client.token(), "key": "some-one-time-key", "places": "1",
        "from_day": "2026-11-24", "filing": "suspended", "reason": "hazard", "confirmed": "1",
    }  # fmt: skip
    page = page_of(desk.ours)
    answers = [
        client.get(page),
        client.post(page, data=form),
        client.post(page, data={"csrf_token": form["csrf_token"]}),
        client.post(page.replace("/places", "/filing"), data=form),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert actions(db.session(), desk.ours) == []


def test_the_same_key_for_another_nursery_is_refused(client: SiteClient, desk: District) -> None:
    client.sign_in_as(SUN)
    form = {
        "csrf_token": client.token(), "key": "some-one-time-key", "places": "30",
        "from_day": "2026-11-24",
    }  # fmt: skip
    answers = [client.post(page_of(one), data=form) for one in (desk.ours, desk.theirs)]
    assert [answer.status_code for answer in answers] == [303, 422]


def test_a_supervisor_of_another_district_lists_nothing_of_this_one(
    client: SiteClient, desk: District
) -> None:
    client.sign_in_as(FAR_SUN)
    assert "托育中心" not in text_of(client.get("/supervision/facilities"))
    assert "托育中心" not in text_of(client.get("/supervision"))


def test_the_list_shows_places_caps_and_use(client: SiteClient, desk: District) -> None:
    with transaction() as session:
        book(session, desk.ours, desk.our_class, [TUESDAY], 3)
    client.sign_in_as(SUN)
    page = client.page("/supervision/facilities")
    cells = [
        [" ".join(cell.text_content().split()) for cell in row] for row in page.xpath("//tbody/tr")
    ]
    assert [row[2:6] for row in cells] == [
        [
            "备案托位 20",
            "1 个班共 15 人托小班 15 人",
            "今天 0 / 20 人0 ÷ 400",
            "明天 0 / 20 人0 ÷ 400",
        ],
        [
            "备案托位 4",
            "2 个班共 5 人托小班 3 人 托大班 2 人",
            "今天 0 / 4 人0 ÷ 80",
            "明天 3 / 4 人60 ÷ 80",
        ],
    ]


def test_the_start_page_counts_filed_ones_and_their_places(
    client: SiteClient, desk: District
) -> None:
    with transaction() as session:
        book(session, desk.ours, desk.our_class, [TUESDAY], 3)
    client.sign_in_as(SUN)
    figures = client.page("/supervision").xpath("//div[@class='figure']/b")
    assert [one.xpath("string()").strip() for one in figures] == [
        "2",
        "0",
        "0",
        "24",
        "0.0%",
        "12.5%",
    ]


def test_civil_affairs_see_stations_and_no_nursery(client: SiteClient, desk: District) -> None:
    client.sign_in_as(CIVIL)
    assert "托育中心" not in text_of(client.get("/supervision/facilities"))
    assert "备案托位" not in text_of(client.get("/supervision"))


def test_the_list_costs_the_same_for_many(client: SiteClient, desk: District) -> None:
    from tests.makers import a_nursery  # noqa: PLC0415 only here

    client.sign_in_as(SUN)

    def queries() -> int:
        counted: list[str] = []

        def count(_c: object, _cur: object, statement: str, *_rest: object) -> None:
            counted.append(statement)

        sa.event.listen(db.engine, "before_cursor_execute", count)
        try:
            client.get("/supervision/facilities")
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", count)
        return len(counted)

    few = queries()
    with transaction() as session:
        for number in range(12):
            a_nursery(session, name=f"第{number}托育中心", publish_until=date(2026, 11, 25))
    assert queries() == few

"""The head changes the own nursery page by page; nobody else does, and nobody another's."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.client import SiteClient, text_of
from tests.integration.places.desk import (
    ALL_DAY,
    CHEN,
    CIVIL,
    LIN,
    SUN,
    TUESDAY,
    WEDNESDAY,
    ZHAO,
    District,
    actions,
    book,
    half_hours,
    house_of,
)
from tests.makers import a_role, a_town, an_account
from ylyx_site.calendar.models import CalendarDay
from ylyx_site.calendar.rules import DayKind
from ylyx_site.facilities.kinds import Basis, CareKind, Deed, FacilityKind, Filing, Nature, Tariff
from ylyx_site.facilities.models import Closure, Facility
from ylyx_site.facilities.queries import limits, prices_on
from ylyx_site.facilities.queries.opening import week_of
from ylyx_site.facilities.rules.limits import Limit
from ylyx_site.identity.roles import Role
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

PAGES = (
    "/desk/facility",
    "/desk/facility/opening",
    "/desk/facility/closures",
    "/desk/facility/weekends",
    "/desk/facility/classes",
    "/desk/facility/classes/new",
    "/desk/facility/prices",
    "/desk/facility/hours",
    "/desk/facility/limits",
    "/desk/facility/limits/half_day/pm/cancel",
    "/desk/facility/contact",
)


@pytest.mark.parametrize("address", PAGES)
def test_the_head_opens_the_pages_of_the_own_nursery(
    client: SiteClient, desk: District, address: str
) -> None:
    client.sign_in_as(CHEN)
    assert "金星托育中心" in text_of(client.get(address)) + client.get(address).text


@pytest.mark.parametrize("phone", [LIN, SUN, CIVIL])
def test_others_cannot_open_them(client: SiteClient, desk: District, phone: str) -> None:
    client.sign_in_as(phone)
    assert {client.get(address).status_code for address in PAGES} == {404}


def test_the_desk_shows_who_is_booked_by_half_hour(client: SiteClient, desk: District) -> None:
    with transaction() as session:
        book(session, desk.theirs, desk.their_class, [TUESDAY], 9)
        book(session, desk.ours, desk.our_class, [TUESDAY], 3)
    client.sign_in_as(LIN)
    page = client.page("/desk")
    figures = [" ".join(one.text_content().split()) for one in page.xpath("//*[@class='figure']")]
    assert figures == [
        "今天约了0同一时间最多", "今天还剩4最满的半小时",
        "明天约了3同一时间最多", "明天还剩1最满的半小时", "超出的日子0往后 60 天",
    ]  # fmt: skip
    rows = page.xpath("//section[@aria-labelledby='board-2']//tbody/tr")
    assert [(row[0].text_content(), row[1].text_content()) for row in rows] == [
        ("托小班", "3满"), ("托大班", "0余2"), ("全园", "3余1"),
    ]  # fmt: skip


def test_the_bar_says_who_is_signed_in_and_where(client: SiteClient, desk: District) -> None:
    client.sign_in_as(CHEN)
    bar = client.page("/desk").xpath("//div[@class='who']/p")[0]
    assert " ".join(bar.text_content().split()) == "金星托育中心 陈园长 · 托育园长"


def test_a_canteens_staff_see_their_canteens_facts(client: SiteClient, desk: District) -> None:
    with transaction() as session:
        canteen = Facility(
            kind=FacilityKind.CANTEEN, nature=Nature.STATION, name="水峰社区老年食堂",
            credit_code="TESTCANTEEN0000001", filing=Filing.FILED, division_code=a_town(session),
            address="水峰路 1 号", telephone="02343700009", created_at=clock.now(),
        )  # fmt: skip
        session.add(canteen)
        session.flush()
        clerk = an_account(session, "13800000021", "小何")
        a_role(session, clerk, Role.CLERK, facility_id=canteen.id)
    client.sign_in_as("13800000021")
    text = text_of(client.get("/desk"))
    assert "水峰社区老年食堂" in text
    assert "023-43700000" in text
    assert "约了" not in text


def test_a_shorter_week_is_asked_about_and_kept_only_when_confirmed(
    client: SiteClient, desk: District
) -> None:
    with transaction() as session:
        book(session, desk.ours, desk.our_class, [WEDNESDAY], 2)
    client.sign_in_as(CHEN)
    asked = client.submit("/desk/facility/opening", from_day="2026-11-24", closes_3="12:00")
    assert asked.status_code == 422
    assert "11月25日 周三 · 后天全园12:00–17:30已约 2 人能收 0 人 多 2 人" in text_of(asked)
    assert actions(db.session(), desk.ours) == []
    db.session.rollback()
    answer = confirm(client, asked)
    assert answer.location == "/desk/facility/opening?saved=1"
    week = week_of(db.session(), desk.ours, TUESDAY)
    assert [str(week[day]) for day in (2, 3)] == ["07:30–17:30", "07:30–12:00"]
    house = house_of(db.session(), desk.ours)
    assert half_hours(db.session(), house, WEDNESDAY) == {(4, 4, 2), (0, 2, 2)}


def confirm(client: SiteClient, asked: object) -> object:
    """Press 「仍然保存」 on the page that asks."""
    from lxml import html  # noqa: PLC0415 only here

    form = html.fromstring(asked.text).xpath("//main//form")[0]
    data: dict[str, list[str]] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    button = form.xpath(".//button")[0]
    return client.post(form.action, data={**data, button.get("name"): button.get("value")})


def test_the_same_form_twice_has_one_effect(client: SiteClient, desk: District) -> None:
    client.sign_in_as(CHEN)
    form = {
        "csrf_token": client.token(), "key": "the-same-key-1", "kind": "own",
        "first_day": "2026-12-01", "last_day": "2026-12-02", "reason": "教师培训",
    }  # fmt: skip
    answers = [client.post("/desk/facility/closures", data=form) for _ in range(2)]
    assert [one.location for one in answers] == ["/desk/facility/closures?saved=1"] * 2
    assert db.session().scalar(sa.select(sa.func.count()).select_from(Closure)) == 1


def test_a_closure_shows_who_is_booked_and_is_lifted_again(
    client: SiteClient, desk: District
) -> None:
    with transaction() as session:
        book(session, desk.ours, desk.our_class, [TUESDAY], 2)
    client.sign_in_as(CHEN)
    asked = client.submit(
        "/desk/facility/closures", "/closures",
        first_day="2026-11-24", last_day="2026-11-24", reason="停水", kind="emergency",
    )  # fmt: skip
    assert asked.status_code == 422
    confirm(client, asked)
    listed = text_of(client.get("/desk/facility/closures"))
    assert "11月24日 周二：同一时间最多 2 个孩子" in listed
    assert "1" in client.page("/desk").xpath("//div[@class='figure alarm']/b")[0].text
    client.submit("/desk/facility/closures", "/lifting")
    house = house_of(db.session(), desk.ours)
    assert half_hours(db.session(), house, TUESDAY) == {(4, 4, 2)}


def test_a_price_from_a_day_leaves_the_days_before(client: SiteClient, desk: District) -> None:
    client.sign_in_as(CHEN)
    answer = client.submit(
        "/desk/facility/prices", tariff="full_day", fen="７２.5", from_day="2026-12-01"
    )
    assert answer.status_code == 303
    prices = [
        prices_on(db.session(), [desk.ours], day)[desk.ours][Tariff.FULL_DAY]
        for day in (date(2026, 11, 30), date(2026, 12, 1))
    ]
    assert prices == [6800, 7250]


def test_a_price_in_force_is_refused_with_what_was_typed_kept(
    client: SiteClient, desk: District
) -> None:
    client.sign_in_as(CHEN)
    answer = client.submit(
        "/desk/facility/prices", tariff="hour", fen="12,5", from_day="2026-12-01"
    )
    assert answer.status_code == 422
    assert "请填写金额，单位是元，最多两位小数，例如 12.50。" in text_of(answer)
    assert 'value="12,5"' in answer.text


def test_a_limit_of_one_half_leaves_the_other(client: SiteClient, desk: District) -> None:
    client.sign_in_as(CHEN)
    client.submit(
        "/desk/facility/limits/half_day/pm/cancel", basis="days_before", count="1", minute="20：00"
    )
    held = limits(db.session(), desk.ours)
    assert held[CareKind.HALF_DAY, "pm", Deed.CANCEL] == Limit(Basis.DAYS_BEFORE, 1, 1200)
    assert held[CareKind.HALF_DAY, "am", Deed.CANCEL] == Limit(Basis.DAYS_BEFORE, 0, 510)


@pytest.mark.parametrize(
    "path", ["full_day/am/add", "hourly/pm/add", "nothing/any/add", "hourly/any/x"]
)
def test_a_limit_that_is_not_is_not_found(client: SiteClient, desk: District, path: str) -> None:
    client.sign_in_as(CHEN)
    assert client.get(f"/desk/facility/limits/{path}").status_code == 404


def test_a_class_over_the_standard_is_refused_beside_its_field(
    client: SiteClient, desk: District
) -> None:
    client.sign_in_as(CHEN)
    answer = client.submit(
        "/desk/facility/classes/new", kind="infant", name="乳儿班", children="11",
        from_day="2026-11-24",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "这种班最多收 10 名孩子" in text_of(answer)


def test_a_day_ten_years_away_is_refused_with_words(client: SiteClient, desk: District) -> None:
    client.sign_in_as(CHEN)
    form = {
        "csrf_token": client.token(), "key": "some-one-time-key", "day": "2036-12-06",
        "opens": "07:30", "closes": "17:30",
    }  # fmt: skip
    answer = client.post("/desk/facility/weekends", data=form)
    assert answer.status_code == 422
    assert "这个日期离今天太远，请核对年份。" in text_of(answer)


def test_a_working_weekend_is_opened_and_shut_again(client: SiteClient, desk: District) -> None:
    saturday = date(2026, 12, 5)
    with transaction() as session:
        worked = {"kind": DayKind.working_weekend, "name": "调休", "source": "示例"}
        session.add(CalendarDay(day=saturday, published_on=date(2025, 11, 4), **worked))
    client.sign_in_as(CHEN)
    opened = client.submit(
        "/desk/facility/weekends", "/weekends", day="2026-12-05", opens="08:00", closes="12:00"
    )
    assert opened.status_code == 303
    house = house_of(db.session(), desk.ours)
    assert half_hours(db.session(), house, saturday) == {(4, 4, 0)}
    assert half_hours(db.session(), house_of(db.session(), desk.theirs), saturday) == set()
    db.session.rollback()
    client.submit("/desk/facility/weekends", "/shutting")
    assert half_hours(db.session(), house, saturday) == set()


def test_hours_off_the_grid_are_refused_beside_their_field(
    client: SiteClient, desk: District
) -> None:
    client.sign_in_as(CHEN)
    answer = client.submit("/desk/facility/hours", am_ends="11:45")
    assert answer.status_code == 422
    assert 'id="am_ends-error"' in answer.text
    assert 'value="11:45"' in answer.text


def test_contact_facts_are_changed_for_the_own_nursery_alone(
    client: SiteClient, desk: District
) -> None:
    client.sign_in_as(ZHAO)
    form = {
        "csrf_token": client.token(), "key": "some-one-time-key",
        "telephone": "023-43719999", "address": "新街 2 号",
    }  # fmt: skip
    client.post("/desk/facility/contact", data=form)
    rows = db.session().execute(
        sa.select(Facility.id, Facility.telephone).where(Facility.id.in_([desk.ours, desk.theirs]))
    )
    assert {tuple(row) for row in rows} == {
        (desk.ours, "02343700001"), (desk.theirs, "02343719999"),
    }  # fmt: skip


def test_what_belongs_to_another_nursery_is_not_found(client: SiteClient, desk: District) -> None:
    """Each address that names something of another nursery, by GET and by POST."""
    client.sign_in_as(ZHAO)
    client.submit(
        "/desk/facility/closures", "/closures",
        first_day="2026-12-01", last_day="2026-12-01", reason="教师培训",
    )  # fmt: skip
    closure_id = db.session().scalars(sa.select(Closure.id)).one()
    with transaction() as session:
        book(session, desk.theirs, desk.their_class, [TUESDAY], 5, ALL_DAY)
    client.sign_in_as(CHEN)
    form = {
        "csrf_token": client.token(), "key": "some-one-time-key", "children": "1",
        "from_day": "2026-11-24", "ended_on": "2026-11-24", "confirmed": "1",
    }  # fmt: skip
    theirs = f"/desk/facility/classes/{desk.their_class}"
    answers = [
        client.get(theirs),
        client.post(f"{theirs}/cap", data=form),
        client.post(f"{theirs}/cap", data={"csrf_token": form["csrf_token"]}),
        client.post(f"{theirs}/end", data=form),
        client.post(f"/desk/facility/closures/{closure_id}/lifting", data=form),
        client.post("/desk/facility/weekends/2026-12-05/shutting", data=form),
    ]
    assert {answer.status_code for answer in answers} == {404}
    house = house_of(db.session(), desk.theirs)
    assert half_hours(db.session(), house, TUESDAY) == {(20, 20, 5)}
    assert half_hours(db.session(), house, date(2026, 12, 1)) == set()

"""The desk's pages of checks, the sweep that opens them, and the month in numbers."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from tests import makers
from tests.client import SiteClient, text_of
from tests.integration.childcare.conftest import a_browser
from tests.integration.meals.place import a_place, ordered
from ylyx_site.facilities.kinds import Serving
from ylyx_site.facilities.models import Division
from ylyx_site.families.kinds import Group
from ylyx_site.families.models import PersonGroup
from ylyx_site.identity.roles import Role
from ylyx_site.journal.models import JournalEntry
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.serving import service as serving
from ylyx_site.serving.kinds import HandedHow
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.spans import DaySpan
from ylyx_site.welfare import service
from ylyx_site.welfare.kinds import StepKind, Why
from ylyx_site.welfare.models import WelfareCheck
from ylyx_site.welfare.queries.months import Month, checks_of, month_of, people_of
from ylyx_site.welfare.rules.wishes import Author, StepWish

NOVEMBER = DaySpan(date(2026, 11, 1), date(2026, 11, 30))
NAMES = ("周桂芳", "吴国强", "郑秀兰", "孙有福")


@pytest.fixture
def canteen(app: Flask) -> Iterator[int]:
    """Four elders with Tuesday's lunch brought; it is Tuesday, a quarter past twelve."""
    with transaction() as session:
        place = a_place(session)
        daughter = makers.an_account(session, "13800000003", "赵女士")
        for n, name in enumerate(NAMES):
            elder = makers.an_elder(session, daughter.id, name, phone=f"1390000008{n}")
            if n < 3:
                session.add(PersonGroup(person_id=elder.id, group=Group.LIVING_ALONE,
                                        evidence="走访", valid_from=date(2026, 1, 1)))  # fmt: skip
            wish = place.lunch(elder.id, serving=Serving.DELIVERY)
            ordered(session, wish, daughter.id, f"A{n}C4D5")
        canteen_id = place.canteen.id
    with clock.standing_at("2026-11-24T12:15:00+08:00"):
        yield canteen_id


def works_at(app: Flask, canteen_id: int, phone: str, role: Role) -> SiteClient:
    """The browser of somebody who works there."""
    with transaction() as session:
        account = makers.an_account(session, phone, "陈静")
        makers.a_role(session, account, role, facility_id=canteen_id)
    return a_browser(app, phone)


@pytest.fixture
def clerk(app: Flask, canteen: int) -> SiteClient:
    return works_at(app, canteen, "13800000021", Role.CLERK)


def meals() -> list[OrderedMeal]:
    """In the order of ordering."""
    db.session.rollback()
    return list(db.session().scalars(sa.select(OrderedMeal).order_by(OrderedMeal.id)))


def somebody() -> int:
    """An account that may stand as an author."""
    return db.session().scalars(sa.text("SELECT id FROM account ORDER BY id")).first() or 0


def open_for(nth: int) -> int:
    """Open a check for the nth meal."""
    one = meals()[nth]
    with transaction() as session:
        check_id = service.open_check(
            session, person_id=one.person_id, meal_id=one.id, facility_id=one.facility_id,
            why=Why.NOBODY, now=clock.now(),
        )  # fmt: skip
    assert check_id is not None
    return check_id


def reads() -> list[str]:
    """Whose contacts were looked at."""
    db.session.rollback()
    return list(db.session().scalars(
        sa.select(JournalEntry.subject).where(JournalEntry.action == "welfare.contacts_read")
    ))  # fmt: skip


def test_the_open_ones_come_first_with_how_long_and_what_next(
    canteen: int, clerk: SiteClient
) -> None:
    assert "现在没有要查看的人" in text_of(clerk.get("/desk/welfare"))
    open_for(0)
    with clock.standing_at("2026-11-24T12:40:00+08:00"):
        words = text_of(clerk.get("/desk/welfare"))
    assert "周桂芳 已经 25 分钟" in words and "下一步：打电话" in words
    assert "13900000080" not in words and reads() == []


def test_a_step_is_one_tap_and_the_end_another_form(canteen: int, clerk: SiteClient) -> None:
    check_id = open_for(0)
    page = f"/desk/welfare/{check_id}"
    answer = clerk.get(page)
    assert "13900000080" in answer.text and "听力不好请多敲" in answer.text
    form = {"csrf_token": clerk.token(), "key": "k" * 20, "step": "call-no"}
    for _again in range(2):
        assert clerk.post(f"{page}/steps", data=form).status_code == 303
    refused = clerk.submit(page, "/outcome", outcome="fine")
    assert refused.status_code == 422 and "还没有人联系上" in text_of(refused)
    clerk.post(f"{page}/steps", data=form | {"key": "n" * 20, "step": "neighbour-yes"})
    assert clerk.submit(page, "/outcome", outcome="fine").status_code == 303
    words = text_of(clerk.get(page))
    assert "没人接" in words and "邻居见到了" in words and "人没事" in words
    assert "13900000080" not in words  # over: no telephone any more
    assert set(reads()) == {f"person:{meals()[0].person_id}"}
    late = clerk.post(f"{page}/steps", data=form | {"key": "m" * 20})
    assert late.status_code == 422 and "已经有结果了" in text_of(late)


def test_the_check_of_another_canteen_does_not_exist(app: Flask, canteen: int) -> None:
    check_id = open_for(0)
    with transaction() as session:
        other = makers.a_canteen(session, "别处的食堂").id
    zhao = works_at(app, other, "13800000029", Role.CANTEEN_MANAGER)
    form = {"csrf_token": zhao.token(), "key": "k" * 20, "step": "call-no", "outcome": "away"}
    assert [
        zhao.get(f"/desk/welfare/{check_id}").status_code,
        zhao.post(f"/desk/welfare/{check_id}/steps", data=form).status_code,
        zhao.post(f"/desk/welfare/{check_id}/outcome", data=form).status_code,
    ] == [404, 404, 404]
    assert not any(name in zhao.get("/desk/welfare").text for name in NAMES)


def test_a_meal_not_collected_half_an_hour_after_serving_opens_one_check(canteen: int) -> None:
    def sweep(time: str) -> int:
        with clock.standing_at(f"2026-11-{time}:00+08:00"), transaction() as session:
            return service.open_missed(session, clock.now())

    first = meals()[0].id
    with transaction() as session:
        serving.hand_over(session, first, HandedHow.DELIVERED, facility_id=canteen,
                          actor_id=somebody(), now=clock.now())  # fmt: skip
    open_for(1)
    assert [sweep("24T13:29"), sweep("24T13:30"), sweep("24T13:31")] == [0, 2, 0]
    db.session.rollback()
    checks = db.session().scalars(sa.select(WelfareCheck).order_by(WelfareCheck.id)).all()
    assert [(one.meal_id, one.why) for one in checks] == [
        (meals()[1].id, Why.NOBODY),
        (meals()[2].id, Why.NOT_COLLECTED),
        (meals()[3].id, Why.NOT_COLLECTED),
    ]
    assert sweep("25T00:10") == 0


def test_a_worker_that_stood_still_over_night_opens_them_the_next_morning(canteen: int) -> None:
    with clock.standing_at("2026-11-25T07:00:00+08:00"), transaction() as session:
        assert service.open_missed(session, clock.now()) == 4
    with clock.standing_at("2026-11-26T07:00:00+08:00"), transaction() as session:
        assert service.open_missed(session, clock.now()) == 0


def test_the_manager_says_how_long_to_wait(app: Flask, canteen: int, clerk: SiteClient) -> None:
    manager = works_at(app, canteen, "13800000020", Role.CANTEEN_MANAGER)
    assert manager.submit("/desk/welfare", "/terms", minutes="300").status_code == 422
    assert manager.submit("/desk/welfare", "/terms", minutes="45").status_code == 303
    with transaction() as session:
        assert service.open_missed(session, clock.instant_at(date(2026, 11, 24), 824)) == 0
        assert service.open_missed(session, clock.instant_at(date(2026, 11, 24), 825)) == 4
    answer = clerk.post(
        "/desk/welfare/terms",
        data={"csrf_token": clerk.token(), "key": "k" * 20, "minutes": "20"},
    )
    assert answer.status_code == 404


def test_the_rate_counts_who_was_seen_at_home_and_nobody_else(canteen: int) -> None:
    """Four had a meal, three are in hardship: handed over, left with a neighbour, only called."""
    ids = [one.id for one in meals()]
    with transaction() as session:
        for nth, how in ((0, HandedHow.DELIVERED), (1, HandedHow.NEIGHBOUR),
                         (3, HandedHow.DELIVERED)):  # fmt: skip
            serving.hand_over(session, ids[nth], how, facility_id=canteen, actor_id=somebody(),
                              now=clock.now())  # fmt: skip
    check_id, author = open_for(2), Author(canteen, somebody(), clock.now())
    with transaction() as session:
        service.take_step(session, check_id, StepWish(StepKind.CALL, reached=True), author)
        month = month_of(session, [canteen], NOVEMBER)[canteen]
    assert month == Month(1, 1, None, people=3, visited=1, only_called=1)
    assert month.percent == 33
    with transaction() as session:
        service.take_step(session, check_id, StepWish(StepKind.GRID_WORKER, reached=True), author)
        month = month_of(session, [canteen], NOVEMBER)[canteen]
    assert (month.visited, month.only_called, month.percent) == (2, 0, 66)


def test_the_civil_supervisor_sees_numbers_and_nobody(app: Flask, canteen: int) -> None:
    open_for(0)
    with transaction() as session:
        sun = makers.an_account(session, "13800000031", "孙监管")
        makers.a_role(session, sun, Role.CIVIL_SUPERVISOR, division_code="500111")
        session.add(Division(code="500112", name="渝北区", latitude=29.7, longitude=106.6))
        session.flush()
        qian = makers.an_account(session, "13800000032", "钱监管")
        makers.a_role(session, qian, Role.CIVIL_SUPERVISOR, division_code="500112")
    page = a_browser(app, "13800000031").get("/supervision/welfare")
    assert page.status_code == 200 and "平安社区老年食堂" in page.text
    assert not any(name in page.text for name in NAMES)
    assert "平安社区老年食堂" not in a_browser(app, "13800000032").get("/supervision/welfare").text


def test_a_canteens_numbers_lead_to_their_rows(app: Flask, canteen: int) -> None:
    check_id = open_for(0)
    with transaction() as session:
        sun = makers.an_account(session, "13800000031", "孙监管")
        makers.a_role(session, sun, Role.CIVIL_SUPERVISOR, division_code="500111")
        other = makers.a_nursery(session).id
    sun_browser = a_browser(app, "13800000031")
    page = sun_browser.get(f"/supervision/welfare/{canteen}")
    with transaction() as session:
        month = month_of(session, [canteen], NOVEMBER)[canteen]
        people, checks = (
            people_of(session, canteen, NOVEMBER), checks_of(session, canteen, NOVEMBER)
        )  # fmt: skip
        noted = session.scalars(
            sa.select(JournalEntry.subject).where(JournalEntry.action == "welfare.people_read")
        ).all()
    assert (len(people), len(checks)) == (month.people, month.opened)
    assert sum(one.is_visited for one in people) == month.visited
    assert page.status_code == 200 and not any(name in page.text for name in NAMES)
    assert noted == [f"welfare_month:{canteen}-2026-11"] and check_id
    assert sun_browser.get(f"/supervision/welfare/{other}").status_code == 404
    assert sun_browser.get("/supervision/welfare?month=2026-13").status_code == 404


def test_the_list_costs_the_same_for_one_check_and_for_three(
    canteen: int, clerk: SiteClient, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    def cost() -> int:
        with count_queries() as statements:
            assert clerk.get("/desk/welfare").status_code == 200
        return len(statements)

    open_for(0)
    one = cost()
    open_for(1)
    open_for(2)
    assert cost() == one


@pytest.mark.parametrize("page", ["0", "-1", "99999", "x"])
def test_a_page_that_there_cannot_be_is_a_page_all_the_same(
    app: Flask, canteen: int, page: str
) -> None:
    clerk = works_at(app, canteen, "13700000077", Role.CLERK)
    assert clerk.get(f"/desk/welfare?page={page}").status_code == 200

"""Shutting in an emergency: who is touched, what goes back, who is told, who gets in again."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests import makers
from tests.client import text_of
from tests.integration.attendance.conftest import all_papers, books_today
from tests.integration.childcare.conftest import TUESDAY, WEDNESDAY, Family, a_family
from tests.integration.opening.conftest import Scene
from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.facilities.models import ClassCap
from ylyx_site.notices.models import Notice
from ylyx_site.opening.models import CareClosing, ClosedCare
from ylyx_site.shared.db import db, transaction

PAGE = "/desk/opening/closings"
OFF = "%(day)s起，约好的托育临时停了，不收钱。请看看可以换到哪里。"
FETCH = "托育机构今天临时关门，请现在就来接孩子。"


def shut(
    scene: Scene, class_id: int = 0, first: date = TUESDAY, last: date = TUESDAY, **typed: str
):  # type: ignore[no-untyped-def]
    """Look whom it touches, then confirm."""
    address = f"{PAGE}?what={class_id}&first_day={first}&last_day={last}&reason=停水"
    return scene.head.submit(address, PAGE, **typed)


def states() -> list[tuple[date, CareState]]:
    """Every day of care, in order."""
    db.session.rollback()
    rows = db.session().execute(sa.select(CareDay.day, CareDay.state).order_by(CareDay.id))
    return [(row.day, row.state) for row in rows]


def told() -> list[tuple[int, str, str]]:
    """Who was told of it what, and where it leads."""
    db.session.rollback()
    rows = db.session().execute(
        sa.select(Notice.account_id, Notice.sentence, Notice.link)
        .where(Notice.sentence.in_((OFF, FETCH)))
        .order_by(Notice.account_id, Notice.id)
    )
    return [(row.account_id, row.sentence, row.link) for row in rows]


def test_a_house_that_shuts_ends_that_days_care_only_and_tells_each_family(
    scene: Scene, wang: Family, li: Family
) -> None:
    ours = scene.house.ours
    code = wang.books(ours, date=[TUESDAY, WEDNESDAY])
    others = li.books(ours, date=[TUESDAY])
    page = scene.head.page(f"{PAGE}?what=0&first_day={TUESDAY}&last_day={TUESDAY}&reason=停水")
    assert page.xpath("//h1")[0].text_content() == "会影响 2 个孩子"
    assert shut(scene).status_code == 303
    assert states() == [
        (TUESDAY, CareState.CANCELLED), (WEDNESDAY, CareState.BOOKED),
        (TUESDAY, CareState.CANCELLED),
    ]  # fmt: skip
    assert told() == [
        (wang.account_id, OFF, f"/childcare/bookings/{code}/closed"),
        (li.account_id, OFF, f"/childcare/bookings/{others}/closed"),
    ]
    assert li.posts(ours).status_code == 422


def test_the_family_reads_that_it_costs_nothing_and_where_there_is_room(
    scene: Scene, wang: Family, li: Family
) -> None:
    code = wang.books(scene.house.ours)
    shut(scene)
    page = wang.browser.page(f"/childcare/bookings/{code}/closed")
    assert "停的这些天不收钱" in page.text_content()
    link = page.xpath("//main//li/a/@href")[0]
    assert wang.browser.get(link).status_code == 200
    assert li.browser.get(f"/childcare/bookings/{code}/closed").status_code == 404


def test_the_desk_sees_how_far_each_family_has_come(scene: Scene, wang: Family, li: Family) -> None:
    wang.books(scene.house.ours)
    li.books(scene.house.ours)
    shut(scene)
    number = db.session().scalars(sa.select(CareClosing.id)).one()
    reached = lambda: [  # noqa: E731 said twice below
        cell.text_content()
        for cell in scene.head.page(f"{PAGE}/{number}").xpath("//tbody/tr/td[4]")
    ]
    assert reached() == ["还没看，请打电话", "还没看，请打电话"]
    with transaction() as session:
        session.execute(
            sa.update(Notice)
            .where(Notice.account_id == wang.account_id)
            .values(read_at=Notice.planned_at)
        )
    li.books(scene.house.theirs)
    assert reached() == ["已换好", "看过消息"]  # 亮亮, 明明
    assert "13800000001" in text_of(scene.head.get(f"{PAGE}/{number}"))


def test_one_class_shuts_and_the_other_goes_on(scene: Scene, app: Flask, wang: Family) -> None:
    big = a_family(app, "13800000003", "赵女士", "大宝")
    with transaction() as session:
        child = makers.a_child(session, big.account_id, "二宝", date(2024, 6, 1))
        older = Family(big.account_id, child.id, big.browser)
    wang.books(scene.house.ours)
    older.books(scene.house.ours)
    assert shut(scene, scene.house.younger).status_code == 303
    assert [state for _, state in states()] == [CareState.CANCELLED, CareState.BOOKED]
    assert wang.posts(scene.house.ours).status_code == 422
    assert wang.sends(scene.house.ours, {"date": WEDNESDAY}).status_code == 303
    caps = db.session().execute(
        sa.select(ClassCap.from_day, ClassCap.children)
        .where(ClassCap.class_id == scene.house.younger)
        .order_by(ClassCap.from_day)
    )
    assert [tuple(row) for row in caps] == [
        (date(2026, 1, 1), 15), (TUESDAY, 0), (WEDNESDAY, 15),
    ]  # fmt: skip


def test_a_class_opens_again_before_its_time(scene: Scene, wang: Family) -> None:
    last = TUESDAY + timedelta(days=2)
    shut(scene, scene.house.younger, TUESDAY, last)
    assert wang.posts(scene.house.ours).status_code == 422
    number = db.session().scalars(sa.select(CareClosing.id)).one()
    assert scene.head.submit(f"{PAGE}/{number}", "/reopening").status_code == 303
    assert wang.sends(scene.house.ours).status_code == 303


def test_a_child_who_is_here_stays_on_the_list_and_its_family_is_called(
    scene: Scene, wang: Family
) -> None:
    today = TUESDAY - timedelta(days=1)
    all_papers(scene.house.ours)
    code = books_today(wang, scene.house.ours)
    with transaction() as session:
        session.execute(sa.update(CareDay).values(arrived_at=sa.func.now()))
    assert shut(scene, 0, today, today).status_code == 303
    assert states() == [(today, CareState.BOOKED)]
    assert told() == [(wang.account_id, FETCH, f"/childcare/bookings/{code}")]


def test_a_family_that_books_while_the_head_looks_is_shown_first(
    scene: Scene, wang: Family, li: Family
) -> None:
    wang.books(scene.house.ours)
    address = f"{PAGE}?what=0&first_day={TUESDAY}&last_day={TUESDAY}&reason=停水"
    seen = scene.head.page(address).xpath("//input[@name='shown']/@value")[0]
    li.books(scene.house.ours)
    answer = shut(scene, shown=seen)
    assert answer.status_code == 409
    assert "会影响 2 个孩子" in text_of(answer)
    assert {state for _, state in states()} == {CareState.BOOKED}
    assert told() == []


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("what=0&first_day=2026-11-24&last_day=2026-11-23&reason=停水", "最后一天不能早于第一天"),
        ("what=999&first_day=2026-11-24&last_day=2026-11-24&reason=停水", ""),
        ("what=0&first_day=2026-02-30&last_day=2026-11-24&reason=停水", "没有这一天"),
        ("what=0&first_day=2026-11-24&last_day=2026-11-24&reason=", "请写明原因"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(scene: Scene, asked: str, sentence: str) -> None:
    answer = scene.head.get(f"{PAGE}?{asked}")
    assert answer.status_code == 422
    assert sentence in text_of(answer)


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 11, 20), TUESDAY), (TUESDAY, date(2026, 12, 31))]
)
def test_days_past_and_weeks_on_end_are_refused(scene: Scene, first: date, last: date) -> None:
    assert shut(scene, 0, first, last).status_code == 422
    assert db.session().scalars(sa.select(CareClosing.id)).all() == []


def test_closings_of_another_house_do_not_exist(scene: Scene, wang: Family) -> None:
    wang.books(scene.house.ours)
    shut(scene)
    number = db.session().scalars(sa.select(CareClosing.id)).one()
    assert scene.other.get(f"{PAGE}/{number}").status_code == 404
    assert scene.carer.get(PAGE).status_code == 404
    form = {"csrf_token": scene.other.token(), "key": "a-key-of-zhao-1"}
    assert scene.other.post(f"{PAGE}/{number}/reopening", data=form).status_code == 404


def test_the_same_form_twice_is_one_closing(scene: Scene, wang: Family) -> None:
    wang.books(scene.house.ours)
    address = f"{PAGE}?what=0&first_day={TUESDAY}&last_day={TUESDAY}&reason=停水"
    form = dict(scene.head.page(address).forms[-1].form_values())
    answers = [scene.head.post(PAGE, data=form) for _time in range(2)]
    number = db.session().scalars(sa.select(CareClosing.id)).one()
    assert [(one.status_code, one.location) for one in answers] == [(303, f"{PAGE}/{number}")] * 2
    assert len(db.session().scalars(sa.select(ClosedCare.care_day_id)).all()) == 1

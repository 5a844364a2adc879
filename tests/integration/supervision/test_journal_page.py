"""The journal is asked: who looked at a child's data, who changed a nursery's places."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from lxml import html

from tests import makers
from tests.client import SiteClient, text_of
from tests.integration.fees.making import a_day
from tests.integration.places.desk import CHEN, CIVIL, FAR_SUN, LIN, SUN, District
from ylyx_site.facilities.models import Facility
from ylyx_site.identity.models import Account
from ylyx_site.identity.roles import Role
from ylyx_site.journal.models import JournalEntry
from ylyx_site.journal.sealing import seal
from ylyx_site.journal.service import note
from ylyx_site.shared.db import db, transaction

PAGE = "/supervision/journal"
ADMIN = "13800000040"
MAY = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
NIGHT = datetime(2026, 5, 31, 16, 0, tzinfo=UTC)  # the first of June in Shanghai


@pytest.fixture
def ming(app: Flask, desk: District) -> int:
    """王明明 was at ours in May: lin opened the class's list, chen his page; 李红 is another's."""
    with transaction() as session:
        admin = makers.an_account(session, ADMIN, "平台管理员")
        makers.a_role(session, admin, Role.ADMINISTRATOR)
        wang = makers.an_account(session)
        child = makers.a_child(session, wang.id, "王明明").id
        other = makers.a_child(session, wang.id, "李红").id
        a_day(session, session.get_one(Facility, desk.ours), child, date(2026, 5, 12))
        chen, lin = (session.scalars(sa.select(Account.id).filter_by(phone=one)).one()
                     for one in (CHEN, LIN))  # fmt: skip
        for action, subject, actor, at, house in (
            ("attendance.health_read", f"day:{desk.ours}:2026-05-12", lin, MAY, desk.ours),
            ("families.child_read", f"person:{child}", chen, MAY, desk.ours),
            ("families.child_read", f"person:{other}", chen, MAY, desk.ours),
            ("families.child_read", f"person:{child}", chen, NIGHT, desk.ours),
            ("attendance.health_read", f"day:{desk.theirs}:2026-05-12", chen, MAY, desk.theirs),
            ("families.child_read", f"person:{child}", wang.id, MAY, None),
            ("facilities.places_set", f"facility:{desk.ours}", chen, MAY, desk.ours),
        ):
            note(session, action, subject, actor_id=actor, now=at, facility_id=house)
        seal(session)
    return child


def rows(page: html.HtmlElement) -> list[tuple[str, ...]]:
    """Who, what, whose of each row."""
    found = page.xpath("//table/tbody/tr")
    return [
        tuple(" ".join(cell.text_content().split()) for cell in row.xpath("td")[1:4])
        for row in found
    ]


def test_who_looked_at_a_childs_data_in_may(client: SiteClient, ming: int) -> None:
    client.sign_in_as(SUN)
    asked = f"{PAGE}?whom=王明明&topic=reads&from_day=2026-05-01&to_day=2026-05-31"
    assert sorted(rows(client.page(asked))) == [
        ("小林", "看了名单上的健康资料", ""),
        ("陈园长", "看了孩子的资料", "王*明"),
    ]


def test_an_administrator_sees_the_familys_own_reads_too(client: SiteClient, ming: int) -> None:
    client.sign_in_as(ADMIN)
    found = rows(client.page(f"{PAGE}?whom=王明明&topic=reads&to_day=2026-05-31"))
    assert len(found) == 3 and ("王*明", "看了孩子的资料", "王*明") in found


def test_who_changed_this_nurserys_places(client: SiteClient, ming: int, desk: District) -> None:
    client.sign_in_as(SUN)
    page = client.page(f"{PAGE}?facility={desk.ours}&topic=house")
    assert rows(page) == [("陈园长", "改了备案托位", "")]
    assert page.xpath("string(//input[@name='facility']/@value)") == "金星托育中心"


def test_what_somebody_did(client: SiteClient, ming: int) -> None:
    client.sign_in_as(SUN)
    assert rows(client.page(f"{PAGE}?who=小林")) == [("小林", "看了名单上的健康资料", "")]
    assert len(rows(client.page(f"{PAGE}?who=0011&topic=reads"))) == 1
    assert rows(client.page(f"{PAGE}?who=没有这个人")) == []


@pytest.mark.parametrize("phone", [FAR_SUN, CIVIL])
def test_another_supervisor_sees_none_of_it(client: SiteClient, ming: int, phone: str) -> None:
    client.sign_in_as(phone)
    assert rows(client.page(f"{PAGE}?topic=reads&to_day=2026-06-30")) == []
    assert rows(client.page(f"{PAGE}?facility=金星托育中心")) == []


def test_asking_about_a_person_is_journaled(client: SiteClient, ming: int) -> None:
    client.sign_in_as(SUN)
    client.page(PAGE)
    client.page(f"{PAGE}?whom=王明明")
    noted = db.session.scalars(
        sa.select(JournalEntry.subject).where(JournalEntry.action == "supervision.journal_read")
    )
    assert list(noted) == [f"person:{ming}"]


@pytest.mark.parametrize(
    "asked",
    ["from_day=2026-02-30", "from_day=2026-05-02&to_day=2026-05-01", "facility=没有这一家",
     "topic=x", f"whom={'王' * 61}"],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(client: SiteClient, ming: int, asked: str) -> None:
    client.sign_in_as(SUN)
    answer = client.get(f"{PAGE}?{asked}")
    assert answer.status_code == 422
    assert html.fromstring(answer.text).xpath("//*[@class='error']")
    assert "请先改好上面标红的一格" in text_of(answer)


def test_nobody_of_that_name_is_said_so(client: SiteClient, ming: int) -> None:
    client.sign_in_as(SUN)
    page = client.get(f"{PAGE}?whom=王明")
    assert "没有叫这个名字的孩子或老人" in text_of(page) and "没有这样的记录" in text_of(page)


def test_a_bent_entry_is_told_on_its_page(client: SiteClient, ming: int, desk: District) -> None:
    client.sign_in_as(SUN)
    asked = f"{PAGE}?facility={desk.ours}&topic=house"
    assert "对不上" not in client.page(asked).xpath("string(//main/section[1])")
    with transaction() as session:
        session.execute(
            sa.update(JournalEntry)
            .where(JournalEntry.action == "facilities.places_set")
            .values(detail="49")
        )
    page = client.page(asked)
    assert page.xpath("//p[@role='alert']")
    assert page.xpath("string(//table/tbody/tr/td[7])").strip() == "对不上"


def test_a_long_page_costs_the_same_as_a_short_one(
    client: SiteClient,
    ming: int,
    desk: District,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    client.sign_in_as(SUN)

    def cost() -> int:
        with count_queries() as statements:
            client.page(f"{PAGE}?facility={desk.ours}")
        return len(statements)

    before = cost()
    with transaction() as session:
        for _number in range(30):
            note(session, "families.child_read", f"person:{ming}", actor_id=None, now=MAY,
                 facility_id=desk.ours)  # fmt: skip
    assert cost() == before

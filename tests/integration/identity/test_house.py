"""The people of a house: asked in by telephone number, taken up, ended, seen reading."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.client import SiteClient, text_of
from tests.integration.identity.conftest import CHEN, LI, STRANGER, WANG, Cast
from tests.makers import a_canteen, a_child, a_nursery, a_role
from ylyx_site.entry.kinds import PaperKind, PaperState
from ylyx_site.entry.models import ChildPaper
from ylyx_site.identity import house, rules
from ylyx_site.identity.house import READS
from ylyx_site.identity.models import DemoMessage, Grant, StaffInvitation
from ylyx_site.identity.roles import Role
from ylyx_site.identity.service import staff
from ylyx_site.journal.models import JournalEntry
from ylyx_site.journal.service import note
from ylyx_site.notices.models import Notice
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction


@pytest.fixture
def nursery(cast: Cast) -> int:
    """Wang is head of a nursery."""
    with transaction() as session:
        made = a_nursery(session, name="金星托育中心", publish_until=None)
        a_role(session, cast.wang, Role.HEAD, facility_id=made.id)
        return made.id


@pytest.fixture
def head(client: SiteClient, nursery: int) -> SiteClient:
    """The head's browser."""
    client.sign_in_as(WANG)
    return client


def newest(query: sa.Select[tuple[Any]]) -> Any:
    """The last row of a query, read afresh."""
    db.session.rollback()
    found = db.session().scalars(query).all()[-1]
    db.session.rollback()
    return found


def roles_of(account_id: int) -> list[tuple[Role, int | None]]:
    db.session.rollback()
    return [
        (grant.role, grant.facility_id)
        for grant in db.session().scalars(
            sa.select(Grant).where(Grant.account_id == account_id, Grant.ended_at.is_(None))
        )
    ]


def test_a_carer_is_asked_in_by_number_and_works_after_taking_it_up(
    head: SiteClient, another_client: SiteClient, cast: Cast, nursery: int
) -> None:
    answer = head.submit("/desk/people", "/desk/people", phone="138 0000 0011")
    assert answer.status_code == 303, text_of(answer)
    assert "138****0011" in text_of(head.get("/desk/people"))
    assert "陈老师" not in text_of(head.get("/desk/people"))
    assert another_client.sign_in_as(CHEN).location == "/sign-in/role"
    assert "金星托育中心 请您做保育员" in text_of(another_client.get("/sign-in/role"))
    number = newest(sa.select(StaffInvitation.id))
    another_client.submit("/sign-in/role", f"/invitations/{number}", answer="yes")
    assert roles_of(cast.chen.id) == [(Role.CARER, nursery)]
    page = text_of(head.get("/desk/people"))
    assert "陈老师" in page
    assert "还没答复" not in page


def test_the_message_says_neither_where_nor_who(head: SiteClient, cast: Cast) -> None:
    head.submit("/desk/people", "/desk/people", phone=CHEN)
    sent = db.session().scalars(sa.select(DemoMessage.text)).all()
    told = db.session().scalars(sa.select(Notice.sentence)).all()
    assert sent == [
        "【一老一小】有单位邀请您去工作。用这个手机号登录网站，就能看到是哪里，再决定接受不接受。"
    ]
    assert told == ["有单位邀请您去工作。请看看是哪里，再决定接受不接受。"]


def test_somebody_without_an_account_finds_it_after_the_first_sign_in(
    head: SiteClient, another_client: SiteClient
) -> None:
    head.submit("/desk/people", "/desk/people", phone=STRANGER)
    another_client.submit("/sign-in", "/sign-in/code", phone=STRANGER)
    text = newest(sa.select(DemoMessage.text).order_by(DemoMessage.id))
    code = re.search(r"\d{6}", str(text))
    assert code is not None
    form = {"phone": STRANGER, "code": code[0], "csrf_token": another_client.token()}
    answer = another_client.post("/sign-in", data=form)
    assert answer.location == "/account/name?next=/sign-in/role", text_of(answer)[:300]


def test_declining_leaves_no_role_and_cannot_be_taken_back(
    head: SiteClient, another_client: SiteClient, cast: Cast
) -> None:
    head.submit("/desk/people", "/desk/people", phone=CHEN)
    number = newest(sa.select(StaffInvitation.id))
    another_client.sign_in_as(CHEN)
    another_client.submit("/sign-in/role", f"/invitations/{number}", answer="no")
    assert roles_of(cast.chen.id) == []
    form = {"answer": "yes", "csrf_token": another_client.token(), "key": "another-key-1"}
    answer = another_client.post(f"/sign-in/role/invitations/{number}", data=form)
    assert answer.status_code == 422
    assert "这个邀请已经撤回或过期了。" in text_of(answer)


def test_another_number_cannot_take_up_an_invitation(
    head: SiteClient, another_client: SiteClient, cast: Cast
) -> None:
    head.submit("/desk/people", "/desk/people", phone=CHEN)
    number = newest(sa.select(StaffInvitation.id))
    another_client.sign_in_as(LI)
    form = {"answer": "yes", "csrf_token": another_client.token(), "key": "a-key-of-li-12"}
    answer = another_client.post(f"/sign-in/role/invitations/{number}", data=form)
    assert answer.status_code == 404


def test_an_invitation_ends_after_a_week_and_is_swept_a_day_later(
    app: Flask, cast: Cast, nursery: int
) -> None:
    now = clock.now()
    with transaction() as session:
        _invite(session, nursery, cast, now)
        assert house.invitations_to(session, CHEN, now + timedelta(days=6, hours=23)) != []
        assert house.invitations_to(session, CHEN, now + rules.INVITATION_LIVES) == []


def test_asking_twice_is_one_invitation_and_withdrawing_ends_it(
    head: SiteClient, another_client: SiteClient, cast: Cast, nursery: int
) -> None:
    for _time in range(2):
        head.submit("/desk/people", "/desk/people", phone=CHEN)
    page = head.page("/desk/people")
    actions = [form.action for form in page.forms if form.action.endswith("/ending")]
    assert len(actions) == 1
    assert head.submit("/desk/people", actions[0]).status_code == 303
    assert another_client.sign_in_as(CHEN).location == "/"


def test_a_head_ends_a_carer_who_is_out_at_the_next_request(
    head: SiteClient, another_client: SiteClient, cast: Cast, nursery: int
) -> None:
    with transaction() as session:
        grant = a_role(session, cast.chen, Role.CARER, facility_id=nursery)
    another_client.sign_in_as(CHEN)
    assert another_client.get("/desk").status_code == 200
    assert head.submit("/desk/people", f"/{grant.id}/ending").status_code == 303
    assert another_client.get("/desk").status_code == 404


def test_nobody_ends_a_role_of_another_house_or_their_own(
    head: SiteClient, cast: Cast, nursery: int
) -> None:
    with transaction() as session:
        other = a_nursery(session, name="北街幼儿园托班", publish_until=None)
        foreign = a_role(session, cast.chen, Role.CARER, facility_id=other.id)
        own = session.scalars(sa.select(Grant).where(Grant.account_id == cast.wang.id)).one()
    form = {"csrf_token": head.token(), "key": "a-key-of-the-head"}
    assert head.post(f"/desk/people/{foreign.id}/ending", data=form).status_code == 404
    answer = head.post(f"/desk/people/{own.id}/ending", data=form | {"key": "another-key-22"})
    assert answer.status_code == 422
    assert roles_of(cast.chen.id) == [(Role.CARER, other.id)]


def test_a_head_cannot_make_a_supervisor(head: SiteClient, cast: Cast) -> None:
    answer = head.submit("/desk/people", "/desk/people", phone=CHEN, role="health_supervisor")
    assert answer.status_code == 422


def test_a_canteen_asks_in_couriers(client: SiteClient, cast: Cast) -> None:
    with transaction() as session:
        canteen = a_canteen(session)
        a_role(session, cast.li, Role.CANTEEN_MANAGER, facility_id=canteen.id)
    client.sign_in_as(LI)
    answer = client.submit("/desk/people", "/desk/people", phone=CHEN, role="courier")
    assert answer.status_code == 303, text_of(answer)
    assert "送餐员" in text_of(client.get("/desk/people"))


def test_open_invitations_have_a_limit(head: SiteClient) -> None:
    for number in range(rules.MOST_INVITATIONS):
        head.submit("/desk/people", "/desk/people", phone=f"138111100{number:02d}")
    answer = head.submit("/desk/people", "/desk/people", phone=CHEN)
    assert answer.status_code == 422
    assert "还没有答复的邀请已经有 20 个。" in text_of(answer)


@pytest.mark.parametrize("phone", ["", "12345", "23800000001"])
def test_what_is_no_number_is_refused(head: SiteClient, phone: str) -> None:
    assert head.submit("/desk/people", "/desk/people", phone=phone).status_code == 422


def test_the_head_sees_who_looked_at_whom_here_and_nothing_of_elsewhere(
    head: SiteClient, cast: Cast, nursery: int
) -> None:
    assert "还没有人打开过这些资料。" in text_of(head.get("/desk/people/reads"))
    with transaction() as session:
        child = a_child(session, cast.li.id, "李小满")
        for facility_id in (nursery, None):
            note(
                session, "attendance.health_read", f"person:{child.id}",
                actor_id=cast.chen.id, facility_id=facility_id, now=clock.now(),
            )  # fmt: skip
    rows = head.page("/desk/people/reads").xpath("//tbody/tr")
    assert [[cell.text_content() for cell in row][1:] for row in rows] == [
        ["陈老师", "看了名单上的健康资料", "李小满"]
    ]


def test_every_kind_of_read_in_the_house_has_its_words(root: Path) -> None:
    written = re.compile(r'"(?:([a-z]+)\.)?([a-z_]+_read)"')
    actions = {
        f"{room or source.relative_to(root / 'ylyx_site').parts[0]}.{deed}"
        for source in (root / "ylyx_site").rglob("*.py")
        for room, deed in written.findall(source.read_text("utf-8"))
    }
    assert actions == {action for action in READS if action.endswith("_read")}


def test_a_paper_and_a_day_are_told_by_the_childs_name(
    head: SiteClient, cast: Cast, nursery: int
) -> None:
    with transaction() as session:
        child = a_child(session, cast.li.id, "李小满")
        paper = ChildPaper(
            child_id=child.id, kind=PaperKind.HEALTH_CHECK, state=PaperState.WAITING,
            uploaded_by=cast.li.id, filed_at=clock.now(),
        )  # fmt: skip
        session.add(paper)
        session.flush()
        note(
            session, "entry.picture_read", f"paper:{paper.id}", actor_id=cast.chen.id,
            facility_id=nursery, now=clock.now(),
        )  # fmt: skip
    (row,) = head.page("/desk/people/reads").xpath("//tbody/tr")
    assert [cell.text_content() for cell in row][1:] == [
        "陈老师", "看了入托材料的照片", "李小满"
    ]  # fmt: skip


def test_the_list_costs_the_same_for_one_and_for_many(
    head: SiteClient, cast: Cast, nursery: int, count_queries
) -> None:  # type: ignore[no-untyped-def]
    costs = []
    for _time in range(2):
        with count_queries() as seen:
            head.get("/desk/people")
        costs.append(len(seen))
        with transaction() as session:
            for account in (cast.chen, cast.li):
                for role in (Role.CARER, Role.HEAD):
                    if len(costs) == 1:
                        a_role(session, account, role, facility_id=nursery)
    assert costs[0] == costs[1]


def test_every_step_is_in_the_journal(
    head: SiteClient, another_client: SiteClient, cast: Cast
) -> None:
    head.submit("/desk/people", "/desk/people", phone=CHEN)
    number = newest(sa.select(StaffInvitation.id))
    another_client.sign_in_as(CHEN)
    another_client.submit("/sign-in/role", f"/invitations/{number}", answer="yes")
    db.session.rollback()
    actions = db.session().scalars(
        sa.select(JournalEntry.action)
        .where(JournalEntry.action.in_(("identity.invited", "identity.role_granted")))
        .order_by(JournalEntry.id)
    )
    assert list(actions)[-2:] == ["identity.invited", "identity.role_granted"]


def _invite(session, nursery: int, cast: Cast, now) -> None:  # type: ignore[no-untyped-def]
    staff.invite(
        session, CHEN, Role.CARER,
        facility_id=nursery, actor_id=cast.wang.id, actor_role=Role.HEAD, now=now,
    )  # fmt: skip

"""The administrator's pages, and the command that makes the first administrator."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from tests.client import SiteClient, text_of
from tests.integration.identity.conftest import CHEN, LI, WANG, Cast
from tests.makers import a_nursery, a_role, an_account
from ylyx_site.identity.models import Account, Grant
from ylyx_site.identity.roles import Role
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared.db import db, transaction

LIST = "/admin/accounts"


@pytest.fixture
def admin(client: SiteClient, cast: Cast) -> SiteClient:
    """Chen, signed in as administrator."""
    with transaction() as session:
        a_role(session, cast.chen, Role.ADMINISTRATOR)
    client.sign_in_as(CHEN)
    return client


def _grant(client: SiteClient, account: Account, **fields: str) -> TestResponse:
    page = f"{LIST}/{account.id}"
    return client.submit(page, f"{page}/roles", **fields)


def _live(account: Account) -> list[tuple[Role, int | None, str | None]]:
    db.session.rollback()
    grants = db.session.scalars(
        sa.select(Grant).where(Grant.account_id == account.id, Grant.ended_at.is_(None))
    )
    return [(grant.role, grant.facility_id, grant.division_code) for grant in grants]


def _journal() -> list[tuple[str, str]]:
    db.session.rollback()
    rows = db.session.execute(
        sa.select(JournalEntry.action, JournalEntry.subject).order_by(JournalEntry.id)
    )
    return [(action, subject) for action, subject in rows]


def test_list_shows_masked_numbers_and_is_searched(admin: SiteClient) -> None:
    def rows(query: str) -> list[str]:
        page = admin.page(f"{LIST}?q={query}")
        return [str(cell.text_content()) for cell in page.xpath("//tbody//td[@class='num']")]

    assert rows("") == ["138****0011", "138****0002", "138****0001"]
    assert rows("0002") == ["138****0002"]
    assert rows("００１１") == ["138****0011"]
    assert rows("王小") == ["138****0001"]
    assert rows("%25") == []
    assert WANG not in admin.get(LIST).text


def test_list_is_paged(admin: SiteClient) -> None:
    with transaction() as session:
        for n in range(40):
            an_account(session, f"139{n:08d}", "张家长", None)
    pages = [admin.page(f"{LIST}?page={n}").xpath("//tbody/tr") for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [30, 13, 0]


def test_list_costs_the_same_for_three_rows_and_for_thirty(admin: SiteClient) -> None:
    few = _queries_of(admin, LIST)
    with transaction() as session:
        for n in range(30):
            a_role(session, an_account(session, f"139{n:08d}", "张家长", None), Role.ADMINISTRATOR)
    assert _queries_of(admin, LIST) == few


def _queries_of(client: SiteClient, address: str) -> int:
    said: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", count)
    try:
        client.page(address)
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", count)
    return len([one for one in said if one.startswith("SELECT")])


def test_account_is_made_once(admin: SiteClient) -> None:
    page = admin.page(f"{LIST}/new")
    form = page.xpath("//main//form")[0]
    data = dict(form.form_values()) | {"phone": "139 0000 0001", "name": "赵老师"}
    answers = [admin.post(LIST, data=data) for _n in range(2)]
    made = db.session.scalars(sa.select(Account.id).where(Account.phone == "13900000001")).one()
    assert [answer.location for answer in answers] == [f"{LIST}/{made}"] * 2


def test_taken_number_is_refused_beside_its_field(admin: SiteClient) -> None:
    answer = admin.submit(f"{LIST}/new", LIST, phone=WANG, name="另一个人")
    assert answer.status_code == 422
    assert "这个手机号码已经有账号了。" in text_of(answer)


def test_role_is_given_by_name_and_ended(admin: SiteClient, cast: Cast) -> None:
    with transaction() as session:
        nursery = a_nursery(session, name="金星托育中心", publish_until=None).id
    page = f"{LIST}/{cast.wang.id}"
    answer = _grant(admin, cast.wang, role="carer", facility="金星")
    assert answer.location == page
    assert _live(cast.wang) == [(Role.CARER, nursery, None)]
    assert "保育员 · 金星托育中心" in text_of(admin.get(page))
    admin.submit(page, "/ending")
    assert _live(cast.wang) == []
    subject = f"account:{cast.wang.id}"
    written = [action for action, about in _journal() if about == subject]
    assert [action for action in written if "role" in action] == [
        "identity.role_granted",
        "identity.role_ended",
    ]
    assert "identity.account_read" in written


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"role": "carer"}, "范围和角色对不上"),
        ({"role": "carer", "division": "500111001"}, "范围和角色对不上"),
        ({"role": "administrator", "facility": "金星"}, "范围和角色对不上"),
        ({"role": "health_supervisor", "facility": "金星"}, "范围和角色对不上"),
        ({"role": "carer", "facility": "没有这一家"}, "没有找到这个机构或区划"),
        ({"role": "carer", "facility": "999999"}, "没有找到这个机构或区划"),
        ({"role": "civil_supervisor", "division": "110101"}, "没有找到这个机构或区划"),
        ({"role": "civil_supervisor", "division": "abc"}, "行政区划代码应为"),
    ],
)
def test_role_without_its_scope_is_refused(
    admin: SiteClient, cast: Cast, fields: dict[str, str], sentence: str
) -> None:
    with transaction() as session:
        a_nursery(session, name="金星托育中心", publish_until=None)
    answer = _grant(admin, cast.wang, **fields)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert _live(cast.wang) == []


def test_same_role_is_not_given_twice(admin: SiteClient, cast: Cast) -> None:
    _grant(admin, cast.wang, role="administrator")
    answer = _grant(admin, cast.wang, role="administrator")
    assert "已经有这个角色了" in text_of(answer)
    assert _live(cast.wang) == [(Role.ADMINISTRATOR, None, None)]


def test_administrators_do_not_lock_themselves_out(admin: SiteClient, cast: Cast) -> None:
    page = f"{LIST}/{cast.chen.id}"
    ended = admin.submit(page, "/ending")
    closed = admin.post(
        f"{page}/closure", data={"csrf_token": admin.token(), "key": "a-key-of-my-own"}
    )
    assert (ended.status_code, closed.status_code) == (422, 422)
    assert _live(cast.chen) == [(Role.ADMINISTRATOR, None, None)]


def test_closed_account_is_signed_out_and_stays_out(
    admin: SiteClient, another_client: SiteClient, cast: Cast
) -> None:
    another_client.sign_in_as(LI)
    admin.submit(f"{LIST}/{cast.li.id}", "/closure")
    assert another_client.get("/account").location == "/sign-in?next=/account"
    tried = another_client.submit("/sign-in", "/sign-in", phone=LI, password="ylyx-demo")
    assert tried.status_code == 422
    assert "已注销" in text_of(admin.get(f"{LIST}?q=0002"))


def test_new_password_is_shown_once_and_works(
    admin: SiteClient, another_client: SiteClient, cast: Cast
) -> None:
    another_client.sign_in_as(LI)
    page = f"{LIST}/{cast.li.id}"
    form = next(
        form for form in admin.page(page).xpath("//form") if form.action.endswith("/password")
    )
    data = dict(form.form_values())
    shown = admin.post(form.action, data=data)
    password = re.search(r"[a-z3-9]{4}(-[a-z3-9]{4}){2}", text_of(shown))
    assert password is not None
    assert admin.post(form.action, data=data).location == page
    assert another_client.get("/account").location == "/sign-in?next=/account"
    another_client.sign_in_as(LI, password[0])


def test_families_do_not_find_these_pages(client: SiteClient, cast: Cast) -> None:
    client.sign_in_as(WANG)
    for address in (LIST, f"{LIST}/new", f"{LIST}/{cast.li.id}"):
        assert client.get(address).status_code == 404
    data = {"csrf_token": client.token(), "key": "a-key-of-my-own"}
    assert client.post(f"{LIST}/{cast.li.id}/closure", data=data).status_code == 404


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999"])
def test_unknown_account_does_not_exist(admin: SiteClient, number: str) -> None:
    assert admin.get(f"{LIST}/{number}").status_code == 404


def test_command_makes_an_administrator(app: Flask, client: SiteClient) -> None:
    run = app.test_cli_runner().invoke(
        args=["account", "create", "--role", "administrator", "--phone", "+86 13900000009",
              "--name", "管理员"],
    )  # fmt: skip
    password = run.output.removeprefix("Password: ").strip()
    assert run.exit_code == 0
    assert client.sign_in_as("13900000009", password).location == LIST


@pytest.mark.parametrize(
    "args",
    [
        ["--role", "carer", "--phone", "13900000009", "--name", "陈老师"],
        ["--role", "carer", "--phone", "13900000009", "--name", "陈老师", "--facility", "999"],
        ["--role", "family", "--phone", "139", "--name", "陈老师"],
        ["--role", "family", "--phone", "13900000009", "--name", "陈老师", "--password", "short"],
    ],
)
def test_command_refuses_and_leaves_nothing(app: Flask, args: list[str]) -> None:
    run = app.test_cli_runner().invoke(args=["account", "create", *args])
    assert run.exit_code != 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Account)) == 0

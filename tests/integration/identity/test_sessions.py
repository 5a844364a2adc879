"""Sessions are rows: renewed, ended, expired."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.client import SiteClient, text_of
from tests.integration.identity.conftest import CHEN, LI, WANG, Cast
from ylyx_site.identity import service
from ylyx_site.identity.models import FailedSignIn, OneTimeCode, SignedInSession
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

pytestmark = pytest.mark.usefixtures("cast")
ACCOUNT_ASKS_TO_SIGN_IN = "/sign-in?next=/account"


def _copy_cookie(source: SiteClient, target: SiteClient) -> None:
    cookie = source.get_cookie("ylyx")
    assert cookie is not None
    target.set_cookie("ylyx", cookie.value)


def test_copied_cookie_is_worthless_after_sign_out(
    client: SiteClient, another_client: SiteClient
) -> None:
    client.sign_in_as(WANG)
    _copy_cookie(client, another_client)
    assert another_client.get("/account").status_code == 200
    client.submit("/sign-out", "/sign-out")
    assert another_client.get("/account").location == ACCOUNT_ASKS_TO_SIGN_IN


def test_signing_in_again_ends_the_old_session_and_changes_the_csrf_secret(
    client: SiteClient, another_client: SiteClient
) -> None:
    client.sign_in_as(WANG)
    _copy_cookie(client, another_client)
    with client.session_transaction() as cookie:
        before = cookie.get("csrf_token")
    client.sign_in_as(WANG)
    client.get("/account")
    with client.session_transaction() as cookie:
        after = cookie.get("csrf_token")
    assert before != after
    assert another_client.get("/account").location == ACCOUNT_ASKS_TO_SIGN_IN


def test_sign_out_only_asks_on_get(client: SiteClient) -> None:
    client.sign_in_as(WANG)
    assert "要退出登录吗？" in text_of(client.get("/sign-out"))
    assert client.get("/account").status_code == 200


def test_password_change_ends_the_other_sessions(
    client: SiteClient, another_client: SiteClient
) -> None:
    client.sign_in_as(WANG)
    another_client.sign_in_as(WANG)
    answer = client.submit(
        "/account/password", "/account/password", old="ylyx-demo", new="四个 不相干 的词"
    )
    assert answer.location == "/account"
    assert client.get("/account").status_code == 200
    assert another_client.get("/account").location == ACCOUNT_ASKS_TO_SIGN_IN
    another_client.sign_in_as(WANG, "四个 不相干 的词")


def test_password_change_needs_the_old_one_and_eight_characters(client: SiteClient) -> None:
    client.sign_in_as(WANG)
    page = "/account/password"
    wrong = client.submit(page, page, old="not-this-one", new="long enough")
    short = client.submit(page, page, old="ylyx-demo", new="short-7")
    assert (wrong.status_code, short.status_code) == (422, 422)
    assert "现在的密码不对。" in text_of(wrong)
    assert "密码至少要 8 个字" in text_of(short)


def test_old_password_cannot_be_guessed_for_ever(client: SiteClient) -> None:
    client.sign_in_as(WANG)
    page = "/account/password"
    for _n in range(5):
        client.submit(page, page, old="not-this-one", new="long enough")
    assert "请等 15 分钟" in text_of(client.submit(page, page, old="ylyx-demo", new="long enough"))


def test_family_stays_for_thirty_days(client: SiteClient) -> None:
    client.sign_in_as(WANG)
    with clock.moved(timedelta(days=30, seconds=-1)):
        assert client.get("/account").status_code == 200
    with clock.moved(timedelta(days=30)):
        assert client.get("/account").location == ACCOUNT_ASKS_TO_SIGN_IN


def test_one_other_device_is_signed_out_but_nobody_elses(
    app: Flask, client: SiteClient, another_client: SiteClient, cast: Cast
) -> None:
    third = app.test_client()
    assert isinstance(third, SiteClient)
    client.sign_in_as(WANG)
    another_client.sign_in_as(WANG)
    third.sign_in_as(LI)
    lis = db.session.scalars(
        sa.select(SignedInSession.token_hash).where(SignedInSession.account_id == cast.li.id)
    ).one()
    page = client.page("/account")
    [other] = page.xpath("//input[@name='session']/@value")
    key = page.xpath("//form[input[@name='session']]/input[@name='key']/@value")[0]
    data = {"csrf_token": client.token(), "key": key, "session": lis}
    assert client.post("/account/sessions/ending", data=data).status_code == 404
    data["session"] = other
    assert client.post("/account/sessions/ending", data=data).location == "/account"
    assert another_client.get("/account").location == ACCOUNT_ASKS_TO_SIGN_IN
    assert (client.get("/account").status_code, third.get("/account").status_code) == (200, 200)


def test_all_other_devices_are_signed_out_at_once(
    client: SiteClient, another_client: SiteClient
) -> None:
    client.sign_in_as(WANG)
    another_client.sign_in_as(WANG)
    page = client.page("/account")
    key = page.xpath("//form[input[@name='session']]/input[@name='key']/@value")[0]
    client.post("/account/sessions/ending", data={"csrf_token": client.token(), "key": key})
    assert another_client.get("/account").location == ACCOUNT_ASKS_TO_SIGN_IN
    assert client.get("/account").status_code == 200


def test_form_sent_after_the_session_ended_leads_to_sign_in_and_back(
    client: SiteClient, cast: Cast
) -> None:
    client.sign_in_as(WANG)
    form = client.page("/account/name").xpath("//main//form")[0]
    data = dict(form.form_values())
    with transaction() as session:
        service.end_sessions(session, cast.wang.id, now=clock.now())
    answer = client.post("/account/name", data=data)
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/account/name")


def test_form_sent_without_its_cookie_is_a_page_with_a_way_back(client: SiteClient) -> None:
    client.sign_in_as(WANG)
    data = dict(client.page("/account/name").xpath("//main//form")[0].form_values())
    client.delete_cookie("ylyx")
    answer = client.post("/account/name", data=data)
    assert answer.status_code == 400
    assert 'href="/account/name"' in answer.text


def test_forged_csrf_token_is_refused_with_a_way_back(client: SiteClient) -> None:
    client.sign_in_as(WANG)
    answer = client.post(
        "/account/name", data={"csrf_token": "forged", "name": "坏人", "back": "/account/name"}
    )
    assert answer.status_code == 400
    assert 'href="/account/name"' in answer.text
    assert "王小明" in text_of(client.get("/account"))


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example", "/\\evil.example", "https://evil.example/", "http:evil", "javascript:x",
        "\\\\evil.example", "/\t/evil.example", "evil.example", " //evil.example",
    ],
)  # fmt: skip
def test_nobody_is_sent_to_another_site(client: SiteClient, address: str) -> None:
    answer = client.post(
        "/sign-in",
        data={
            "phone": WANG, "password": "ylyx-demo", "next": address,
            "csrf_token": client.token(),
        },
    )  # fmt: skip
    assert answer.location == "/"


def test_after_sign_in_one_is_where_one_wanted_to_be(client: SiteClient) -> None:
    wanted = client.get("/account/password")
    assert wanted.location == "/sign-in?next=/account/password"
    answer = client.submit(wanted.location, "/sign-in", phone=WANG, password="ylyx-demo")
    assert answer.location == "/account/password"


def test_the_signed_in_are_sent_on_from_the_sign_in_page(client: SiteClient) -> None:
    client.sign_in_as(WANG)
    assert client.get("/sign-in?next=/account/name").location == "/account/name"
    assert client.get("/sign-in?next=//evil.example").location == "/"


def test_name_is_changed_once_and_leads_on(client: SiteClient) -> None:
    client.sign_in_as(WANG)
    page = "/account/name?next=/childcare"
    data = dict(client.page(page).xpath("//main//form")[0].form_values()) | {
        "name": "王小明·买买提"
    }
    answers = [client.post("/account/name", data=data).location for _n in range(2)]
    assert answers == ["/childcare"] * 2
    assert "王小明·买买提" in text_of(client.get("/account"))
    other = client.post("/account/name", data=data | {"name": "另一个"})
    assert other.status_code == 422


def test_old_sessions_codes_and_failures_are_forgotten_twice_without_harm(
    app: Flask, cast: Cast
) -> None:
    now = clock.now()
    with transaction() as session:
        old = service.start_session(session, cast.wang.id, now=now - timedelta(days=32))
        live = service.start_session(session, cast.li.id, now=now)
        service.new_code(session, CHEN, "", now=now - timedelta(days=2))
        service.new_code(session, LI, "", now=now)
        session.add(FailedSignIn(phone=WANG, address="", at=now - timedelta(days=2)))
    with transaction() as session:
        forgotten = [service.forget_old(session, now), service.forget_old(session, now)]
        kept = session.scalars(sa.select(SignedInSession.account_id)).all()
        codes = session.scalars(sa.select(OneTimeCode.phone)).all()
    assert old != live
    assert (forgotten, kept, codes) == ([3, 0], [cast.li.id], [LI])

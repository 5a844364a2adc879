"""Signing in by a one-time code."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from tests.client import SiteClient, text_of
from tests.integration.identity.conftest import STRANGER, WANG, Cast
from ylyx_site.identity import service
from ylyx_site.identity.models import Account, DemoMessage, OneTimeCode
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

pytestmark = pytest.mark.usefixtures("cast")


def _ask(client: SiteClient, phone: str) -> TestResponse:
    return client.submit("/sign-in", "/sign-in/code", phone=phone)


def _last_code() -> str:
    db.session.rollback()
    newest = sa.select(DemoMessage.text).order_by(DemoMessage.id.desc()).limit(1)
    found = re.search(r"\d{6}", db.session.scalars(newest).one())
    assert found is not None
    return found[0]


def _enter(client: SiteClient, phone: str, code: str) -> TestResponse:
    return client.post(
        "/sign-in", data={"phone": phone, "code": code, "csrf_token": client.token()}
    )


def _other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_code_signs_in_and_number_is_kept(client: SiteClient) -> None:
    answer = _ask(client, WANG)
    assert answer.location == "/sign-in/code"
    entered = client.submit("/sign-in/code", "/sign-in", code=_last_code())
    assert (entered.status_code, entered.location) == (303, "/")


def test_code_in_full_width_digits_and_spaces(client: SiteClient) -> None:
    _ask(client, WANG)
    code = _last_code()
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    assert _enter(client, WANG, f"{wide[:3]} {wide[3:]}").status_code == 303


def test_unknown_number_gets_an_account_at_first_sign_in(client: SiteClient) -> None:
    _ask(client, STRANGER)
    before = db.session.scalar(sa.select(Account.id).where(Account.phone == STRANGER))
    answer = _enter(client, STRANGER, _last_code())
    db.session.rollback()
    after = db.session.scalar(sa.select(Account.name).where(Account.phone == STRANGER))
    assert (before, after) == (None, "")
    assert answer.location == "/account/name"


def test_known_and_unknown_numbers_are_answered_alike(
    client: SiteClient, another_client: SiteClient
) -> None:
    known, unknown = _ask(client, WANG), _ask(another_client, STRANGER)
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)


def test_code_is_used_once(client: SiteClient, another_client: SiteClient) -> None:
    _ask(client, WANG)
    code = _last_code()
    assert _enter(client, WANG, code).status_code == 303
    again = _enter(another_client, WANG, code)
    assert again.status_code == 422
    assert "验证码不对或已过期。" in text_of(again)


def test_code_of_one_number_does_not_open_another(client: SiteClient) -> None:
    _ask(client, WANG)
    assert _enter(client, STRANGER, _last_code()).status_code == 422


def test_code_ends_after_five_minutes(client: SiteClient) -> None:
    _ask(client, WANG)
    code = _last_code()
    with clock.moved(timedelta(minutes=5)):
        assert _enter(client, WANG, code).status_code == 422


def test_five_wrong_tries_use_a_code_up(client: SiteClient) -> None:
    _ask(client, WANG)
    code = _last_code()
    for _n in range(5):
        assert _enter(client, WANG, _other_than(code)).status_code == 422
    assert _enter(client, WANG, code).status_code == 422


def test_only_the_newest_code_counts(client: SiteClient) -> None:
    _ask(client, WANG)
    first = _last_code()
    with clock.moved(timedelta(seconds=61)):
        _ask(client, WANG)
        second = _last_code()
        assert first == second or _enter(client, WANG, first).status_code == 422
        assert _enter(client, WANG, second).status_code == 303


def test_second_code_within_a_minute_waits(client: SiteClient) -> None:
    _ask(client, WANG)
    with clock.moved(timedelta(seconds=20)):
        answer = _ask(client, WANG)
    assert answer.status_code == 422
    assert "40 秒后可以重新发送" in text_of(answer)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OneTimeCode)) == 1


def test_sixth_code_of_an_hour_waits(client: SiteClient) -> None:
    for minute in range(5):
        with clock.moved(timedelta(minutes=2 * minute)):
            assert _ask(client, WANG).status_code == 303
    with clock.moved(timedelta(minutes=10)):
        assert "请等 50 分钟再试" in text_of(_ask(client, WANG))


def test_twenty_codes_an_hour_for_an_address(client: SiteClient) -> None:
    with transaction() as session:
        for n in range(20):
            service.new_code(session, f"139{n:08d}", "127.0.0.1", now=clock.now())
    assert "验证码发得太多了。" in text_of(_ask(client, WANG))


def test_locked_password_leaves_the_code_open(client: SiteClient) -> None:
    for _n in range(6):
        client.submit("/sign-in", "/sign-in", phone=WANG, password="not-this-one")
    _ask(client, WANG)
    assert _enter(client, WANG, _last_code()).status_code == 303


def test_closed_account_is_not_opened_by_a_code(client: SiteClient, cast: Cast) -> None:
    with transaction() as session:
        service.close_account(session, cast.wang.id, actor_id=cast.li.id, now=clock.now())
    _ask(client, WANG)
    assert _enter(client, WANG, _last_code()).status_code == 422


def test_code_is_kept_as_a_digest_only(client: SiteClient) -> None:
    _ask(client, WANG)
    kept = db.session.scalars(sa.select(OneTimeCode)).one()
    assert len(kept.code_hash) == 64


def test_after_a_code_the_forgotten_password_is_replaced(client: SiteClient) -> None:
    _ask(client, WANG)
    _enter(client, WANG, _last_code())
    answer = client.submit("/account/password", "/account/password", new="a new password")
    assert answer.location == "/account"
    with clock.moved(timedelta(minutes=11)):
        late = client.submit("/account/password", "/account/password", new="another password")
    assert late.status_code == 422


def test_code_page_without_a_code_goes_back(app: Flask, client: SiteClient) -> None:
    assert client.get("/sign-in/code").location == "/sign-in"


def test_a_code_for_another_purpose_lets_nobody_in(client: SiteClient) -> None:
    with transaction() as session:
        code = service.new_code(session, WANG, "", now=clock.now(), purpose="elder:1")
    with transaction() as session:
        entered = service.enter_by_code(session, WANG, code, service.Arrival(), now=clock.now())
        used = [
            service.use_code(session, WANG, code, "", purpose=purpose, now=clock.now())
            for purpose in ("elder:2", "elder:1", "elder:1")
        ]
    assert (entered, used) == (None, [False, True, False])

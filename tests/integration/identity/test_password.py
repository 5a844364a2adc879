"""Signing in by password."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from tests.client import SiteClient, text_of
from tests.integration.identity.conftest import LI, STRANGER, WANG, Cast
from ylyx_site.identity import service
from ylyx_site.identity.errors import TooManyFailures
from ylyx_site.identity.models import Account, FailedSignIn
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

WRONG = "not-this-one"
pytestmark = pytest.mark.usefixtures("cast")


def _try(client: SiteClient, phone: str, password: str = WRONG) -> TestResponse:
    return client.submit("/sign-in", "/sign-in", phone=phone, password=password)


def test_right_password_signs_in(client: SiteClient) -> None:
    answer = client.sign_in_as(WANG)
    assert answer.location == "/"
    assert "王小明" in text_of(client.get("/account"))


@pytest.mark.parametrize(
    "typed", ["１３８００００００　０１", "+86 138 0000 0001", "138-0000-0001"]
)
def test_number_may_be_typed_in_many_ways(client: SiteClient, typed: str) -> None:
    assert client.sign_in_as(typed).location == "/"


def test_impossible_number_is_refused_and_kept(client: SiteClient) -> None:
    answer = _try(client, "１３８abc")
    assert answer.status_code == 422
    assert "请填写 11 位手机号码，例如 13812345678。" in text_of(answer)
    assert 'value="１３８abc"' in answer.text


def test_wrong_unknown_closed_and_passwordless_read_the_same(
    client: SiteClient, cast: Cast
) -> None:
    with transaction() as session:
        service.close_account(session, cast.li.id, actor_id=cast.wang.id, now=clock.now())
        service.create_account(session, "13800000055", "周奶奶", None, now=clock.now())
    answers = [
        _try(client, WANG),
        _try(client, STRANGER),
        _try(client, LI, "ylyx-demo"),
        _try(client, "13800000055", "ylyx-demo"),
    ]
    assert [answer.status_code for answer in answers] == [422] * 4
    assert len({text_of(answer) for answer in answers}) == 1
    assert "手机号码或密码不对。" in text_of(answers[0])


def test_password_never_makes_an_account(client: SiteClient) -> None:
    _try(client, STRANGER, "ylyx-demo")
    found = db.session.scalar(sa.select(Account).where(Account.phone == STRANGER))
    assert found is None


def test_five_failures_lock_the_number_but_not_others(client: SiteClient) -> None:
    for _n in range(5):
        _try(client, WANG)
    locked = _try(client, WANG, "ylyx-demo")
    assert locked.status_code == 422
    assert "请等 15 分钟再试" in text_of(locked)
    assert client.sign_in_as(LI).status_code == 303


def test_lock_ends_after_its_time(client: SiteClient) -> None:
    for _n in range(5):
        _try(client, WANG)
    with clock.moved(timedelta(minutes=14)):
        assert "请等 1 分钟再试" in text_of(_try(client, WANG, "ylyx-demo"))
    with clock.moved(timedelta(minutes=15)):
        assert client.sign_in_as(WANG).status_code == 303


def test_clock_put_back_prolongs_no_lock(client: SiteClient) -> None:
    with clock.moved(timedelta(hours=5)):
        for _n in range(5):
            _try(client, WANG)
    assert client.sign_in_as(WANG).status_code == 303


def test_thirty_failures_lock_the_address(client: SiteClient) -> None:
    with transaction() as session:
        session.add_all(
            FailedSignIn(phone=f"139{n:08d}", address="127.0.0.1", at=clock.now())
            for n in range(30)
        )
    assert "从您这里输错的次数太多了。" in text_of(_try(client, WANG, "ylyx-demo"))


def test_lock_holds_for_guesses_made_at_the_same_time(app: Flask) -> None:
    """A burst may pass the first look; the second, inside the transaction, counts them all."""
    guess = service.check_password(db.session(), WANG, "ylyx-demo", "10.0.0.1", now=clock.now())
    with transaction() as session:
        session.add_all(
            FailedSignIn(phone=WANG, address="10.0.0.9", at=clock.now()) for _n in range(5)
        )
    arrival = service.Arrival("10.0.0.1")
    with pytest.raises(TooManyFailures), transaction() as session:
        service.enter_by_password(session, guess, arrival, now=clock.now())


def test_password_changed_between_the_looks_does_not_enter(app: Flask, cast: Cast) -> None:
    guess = service.check_password(db.session(), WANG, "ylyx-demo", "", now=clock.now())
    with transaction() as session:
        service.set_password(session, cast.wang.id, "other", actor_id=cast.wang.id, now=clock.now())
    with transaction() as session:
        assert service.enter_by_password(session, guess, service.Arrival(), now=clock.now()) is None


def test_weaker_hash_is_renewed_at_sign_in(app: Flask, client: SiteClient, cast: Cast) -> None:
    app.config["CHEAP_PASSWORDS"] = False
    try:
        client.sign_in_as(WANG)
    finally:
        app.config["CHEAP_PASSWORDS"] = True
    db.session.rollback()
    renewed = db.session.get(Account, cast.wang.id, populate_existing=True)
    assert renewed is not None
    assert "m=19456,t=2,p=1" in (renewed.password_hash or "")

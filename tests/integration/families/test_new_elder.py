"""An elder is added by a code told from the own telephone; before that nothing is kept."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.client import text_of
from tests.integration.families.conftest import Family, _family, count
from tests.integration.families.elders import (
    ELDERS_NUMBER,
    ELDERS_PHONE,
    agree,
    ask,
    asked,
    bound,
    elders,
    errors,
    everything,
    last_code,
    messages,
    other_than,
)
from ylyx_site.families import queries, service
from ylyx_site.families.kinds import Means, Purpose, Relation
from ylyx_site.families.models import Bond, Consent, ElderProfile, ElderRequest, Person
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction

STEP = timedelta(seconds=61)  # one code a minute


@pytest.fixture
def zhou(app: Flask) -> Family:
    """The elder's own account."""
    return _family(app, ELDERS_PHONE, "陈奶奶")


def test_first_whom_then_the_facts(wang: Family) -> None:
    page = wang.browser.page("/family/people/new")
    assert page.xpath("//main//a[contains(@class,'task')]/@href") == [
        "/family/people/new?kind=child",
        "/family/people/new?kind=elder",
        "/family/people/new?kind=self",
    ]


def test_until_the_elder_agrees_only_a_sealed_request_is_kept(
    wang: Family, reader: Session
) -> None:
    asked(wang, id_number=ELDERS_NUMBER)
    assert [count(reader, model) for model in (Person, Bond, Consent, ElderProfile)] == [0, 0, 0, 0]
    kept = everything(reader)
    for secret in ("陈桂芳", "1944", ELDERS_PHONE, ELDERS_NUMBER, ELDERS_NUMBER[:6]):
        assert secret not in kept


def test_the_elder_is_told_who_asks_and_for_what(wang: Family) -> None:
    asked(wang)
    ((phone, text),) = messages()
    assert phone == ELDERS_PHONE
    assert text.startswith(
        "王女士（138****0001）想在“一老一小预约”替您（陈*芳）订餐，并保存您的饮食习惯和送餐地址。"
    )
    assert len(text) <= 200


def test_the_message_is_chinese_whatever_the_child_reads(wang: Family) -> None:
    wang.browser.set_cookie("language", "en")
    asked(wang)
    assert "替您（陈*芳）订餐" in messages()[-1][1]


def test_the_right_code_is_the_elders_consent(wang: Family, reader: Session) -> None:
    person_id = bound(wang, id_number=ELDERS_NUMBER)
    reader.rollback()
    consents = reader.execute(
        sa.select(Consent.purpose, Consent.means, Consent.person_id).order_by(Consent.id)
    ).all()
    assert [tuple(row) for row in consents] == [
        (Purpose.ELDER_DATA, Means.OWN_PHONE, person_id),
        (Purpose.ELDER_BINDING, Means.OWN_PHONE, person_id),
    ]
    eater = queries.eater_of(reader, wang.account_id, person_id)
    assert (eater.name, eater.relation) == ("陈桂芳", Relation.CHILD)
    assert reader.scalars(sa.select(ElderRequest.sealed)).all() == [None]
    order = reader.scalars(
        sa.select(JournalEntry.action)
        .where(JournalEntry.action.like("families.%"))
        .order_by(JournalEntry.id)
    ).all()
    assert order == [
        "families.elder_asked", "families.consent_given", "families.elder_added",
        "families.consent_given", "families.elder_bound",
    ]  # fmt: skip


def test_telephone_and_number_are_sealed_and_masked(wang: Family, reader: Session) -> None:
    person_id = bound(wang, id_number=ELDERS_NUMBER)
    kept = everything(reader)
    for secret in (ELDERS_PHONE, ELDERS_PHONE[3:], ELDERS_NUMBER, ELDERS_NUMBER[6:]):
        assert secret not in kept
    page = text_of(wang.browser.get(f"/family/people/{person_id}"))
    assert "139****0082" in page
    assert "5001**********0027" in page
    assert ELDERS_PHONE not in page


def test_a_wrong_code_keeps_nothing_and_the_right_one_still_counts(
    wang: Family, reader: Session
) -> None:
    request = asked(wang)
    code = last_code()
    answer = agree(wang, request, other_than(code))
    assert answer.status_code == 422
    assert errors(answer.text) == [
        "验证码不对或已过期。请和老人核对短信里的 6 位数字，或重新发送。"
    ]
    assert elders(reader) == []
    assert agree(wang, request, code).status_code == 303
    assert elders(reader) == ["陈桂芳"]


def test_five_wrong_codes_use_a_code_up(wang: Family, reader: Session) -> None:
    request = asked(wang)
    code = last_code()
    for _ in range(5):
        assert agree(wang, request, other_than(code)).status_code == 422
    assert agree(wang, request, code).status_code == 422
    with clock.moved(STEP):
        assert wang.browser.submit(request, f"{request}/code").status_code == 303
        assert agree(wang, request, last_code()).status_code == 303
    assert elders(reader) == ["陈桂芳"]


def test_after_half_an_hour_the_request_is_over(wang: Family, reader: Session) -> None:
    request = asked(wang)
    page = wang.browser.page(request)
    code = last_code()
    with clock.moved(timedelta(minutes=29, seconds=59)):
        assert "请给陈桂芳打个电话" in page.text_content()
    form = dict(page.xpath(f"//form[@action='{request}']")[0].form_values())
    with clock.moved(timedelta(minutes=30)):
        answer = wang.browser.post(request, data=form | {"code": code})
        assert (answer.status_code, "申请过期了" in answer.text) == (422, True)
        assert "陈桂芳" not in wang.browser.get(request).text
    assert elders(reader) == []


def test_what_was_asked_is_forgotten(wang: Family, reader: Session) -> None:
    asked(wang)
    with clock.moved(timedelta(minutes=31)), transaction() as session:
        assert service.forget_requests(session, clock.now()) == 0
    assert reader.scalars(sa.select(ElderRequest.sealed)).all() == [None]
    with clock.moved(timedelta(days=1, minutes=1)), transaction() as session:
        assert service.forget_requests(session, clock.now()) == 1


def test_sent_twice_there_is_one_elder(wang: Family, reader: Session) -> None:
    request = asked(wang)
    page = wang.browser.page(request)
    form = dict(page.xpath(f"//form[@action='{request}']")[0].form_values())
    answers = [wang.browser.post(request, data=form | {"code": last_code()}) for _ in "12"]
    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert elders(reader) == ["陈桂芳"]


def test_a_request_is_its_askers_alone(wang: Family, li: Family) -> None:
    request = asked(wang)
    assert li.browser.get(request).status_code == 404
    token = li.browser.token()
    sent = li.browser.post(
        request, data={"csrf_token": token, "key": "a" * 12, "code": last_code()}
    )
    assert sent.status_code == 404


def test_the_code_does_not_sign_anybody_in(wang: Family, app: Flask) -> None:
    asked(wang)
    browser = app.test_client()
    token = browser.token()  # type: ignore[attr-defined]
    answer = browser.post(
        "/sign-in", data={"phone": ELDERS_PHONE, "code": last_code(), "csrf_token": token}
    )
    assert answer.status_code == 422


def test_the_code_of_one_request_is_nothing_for_another(
    wang: Family, li: Family, reader: Session
) -> None:
    asked(wang)
    wangs = last_code()
    with clock.moved(STEP):
        request = asked(li)
        assert agree(li, request, wangs).status_code == 422
    assert elders(reader) == []


def test_nobody_agrees_by_the_own_number(wang: Family) -> None:
    answer = ask(wang, phone="13800000001")
    assert answer.status_code == 422
    assert errors(answer.text)[0].startswith("这是您自己的手机号码。")
    assert messages() == []


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("born_on", "2026-11-24", "出生日期在今天以后。"),
        ("born_on", "1899-12-31", "出生年份太早了"),
        ("born_on", "2010-01-01", "这里加的是订餐的老人。"),
        ("phone", "023-43700001", "请填写 11 位手机号码"),
        ("id_number", ELDERS_NUMBER[:-1] + "1", "身份证号码的校验位不对"),
        ("relation", "self", "Not a valid choice"),
    ],
)
def test_what_cannot_be_is_refused(wang: Family, field: str, value: str, sentence: str) -> None:
    answer = ask(wang, **{field: value})
    assert answer.status_code == 422
    if field != "relation":
        assert errors(answer.text)[0].startswith(sentence)
    assert messages() == []


def test_one_request_a_minute_and_ten_a_day(wang: Family) -> None:
    asked(wang)
    answer = ask(wang, name="赵德明", phone="13900000099")
    assert errors(answer.text) == ["刚刚才申请过。请等 60 秒再试。"]
    for n in range(1, 10):
        with clock.moved(timedelta(minutes=6 * n)):
            asked(wang, phone=f"1390000{n:04d}")
    with clock.moved(timedelta(hours=3)):
        assert errors(ask(wang).text) == ["今天申请的次数太多了。请明天再试，或打电话给人工台。"]


def test_an_elder_enters_in_person(zhou: Family, reader: Session) -> None:
    answer = zhou.browser.submit(
        "/family/people/new?kind=self", "/family/people/self",
        name="陈桂芳", born_on="1944-03-08", consent="y",
    )  # fmt: skip
    assert answer.status_code == 303
    (eater,) = queries.eaters_of(reader, zhou.account_id)
    assert (eater.name, eater.relation) == ("陈桂芳", Relation.SELF)
    assert reader.scalars(sa.select(Consent.means).distinct()).all() == [Means.ACCOUNT]
    again = zhou.browser.submit(
        "/family/people/new?kind=self", "/family/people/self",
        name="另一人", born_on="1944-03-09", consent="y",
    )  # fmt: skip
    assert errors(again.text) == ["您自己已经在里面了，不用再添加一次。"]


def test_without_the_own_consent_nothing_is_kept(zhou: Family, reader: Session) -> None:
    answer = zhou.browser.submit(
        "/family/people/new?kind=self", "/family/people/self",
        name="陈桂芳", born_on="1944-03-08",
    )  # fmt: skip
    assert answer.status_code == 422
    assert [count(reader, model) for model in (Person, Consent)] == [0, 0]

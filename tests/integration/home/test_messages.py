"""An address proved by a code from a real letter; texts from staff reach their families only."""

import re
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from tests.client import SiteClient, text_of
from tests.integration.notices.mailbox import a_mailbox
from tests.makers import a_child, a_nursery, a_role, an_account
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service.bookings import book
from ylyx_site.facilities.kinds import CareKind, ClosureKind
from ylyx_site.identity.roles import Role
from ylyx_site.journal.models import JournalEntry
from ylyx_site.notices import queries
from ylyx_site.notices.kinds import Channel
from ylyx_site.notices.models import AccountChannel, AddressCode, Announcement, Notice
from ylyx_site.notices.senders import PORT, MailSender
from ylyx_site.notices.words import said
from ylyx_site.places.service import opening
from ylyx_site.places.wishes import ClosureWish
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import new_key

WANG, LI, CHEN, ZHAO = (f"1380000000{number}" for number in range(1, 5))
TUESDAY = date(2026, 11, 24)
TEXT = "明天停水，请给孩子带一壶水。"


@pytest.fixture
def people(app: Flask) -> dict[str, int]:
    """Wang's child is in care on Tuesday where chen heads; li's where zhao does."""
    with transaction() as session:
        found = {phone: an_account(session, phone, name).id
                 for phone, name in ((WANG, "王小明"), (LI, "李建国"), (CHEN, "陈园长"),
                                     (ZHAO, "赵园长"))}  # fmt: skip
        for family, head, name, code in ((WANG, CHEN, "甲托育", "7K392F"),
                                         (LI, ZHAO, "乙托育", "7K392G")):  # fmt: skip
            house = a_nursery(session, name=name).id
            account = an_account_of(session, found[head])
            a_role(session, account, Role.HEAD, facility_id=house)
            child = a_child(session, found[family], f"{name}娃").id
            wish = CareWish(house, (child,), (TUESDAY,), CareKind.FULL_DAY)
            book(session, wish, actor_id=found[family], code=code, now=clock.now())
            found[name] = house
    return found


def an_account_of(session, account_id: int):
    """The account's row."""
    from ylyx_site.identity.models import Account  # noqa: PLC0415 only here

    return session.get_one(Account, account_id)


def browser(app: Flask, phone: str) -> SiteClient:
    """A browser, signed in."""
    client = app.test_client()
    assert isinstance(client, SiteClient)
    client.sign_in_as(phone)
    return client


def test_an_address_is_used_once_its_code_was_entered(app: Flask, people: dict[str, int]) -> None:
    wang, usual = browser(app, WANG), app.extensions[PORT]
    with a_mailbox() as box:
        sender = MailSender(box.url, "site@example.org")
        app.extensions[PORT] = replace(usual, senders={**usual.senders, Channel.EMAIL: sender})
        try:
            asked = asks(wang, " Wang@Example.org ")
            assert asked.status_code == 303
            again = asks(wang, "wang@example.org")
            assert (again.status_code, len(box.letters)) == (422, 1)
            assert "w***@example.org" in text_of(wang.get("/account/email"))
            code = re.findall(r"\d{6}", box.letters[0].get_content())[0]
            wrong = f"{(int(code) + 1) % 1_000_000:06d}"
            told = wang.submit("/account/email", "/account/email/proof", code=wrong)
            assert (told.status_code, address(people)) == (422, None)
            right = wang.submit("/account/email", "/account/email/proof", code=code)
            assert (right.status_code, address(people)) == (303, "wang@example.org")
            sealed = db.session.scalars(sa.select(AccountChannel.address_sealed)).one()
            assert "example" not in sealed
            wang.submit("/account/email", "/account/email/removal")
            assert address(people) is None
        finally:
            app.extensions[PORT] = usual


def asks(browser: SiteClient, typed: str) -> TestResponse:
    """Ask for a code to an address."""
    form = {"csrf_token": browser.token(), "key": new_key(), "address": typed}
    return browser.post("/account/email", data=form)


def address(people: dict[str, int]) -> str | None:
    """Wang's proved address."""
    db.session.rollback()
    return queries.address_of(db.session(), people[WANG], Channel.EMAIL)


def test_five_wrong_codes_end_it(app: Flask, people: dict[str, int]) -> None:
    from ylyx_site.notices import service  # noqa: PLC0415 only here

    me, now = people[WANG], clock.now()
    with transaction() as session:
        code = service.ask_for_address(session, "wang@example.org", actor_id=me, now=now)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for tried in (*[wrong] * 5, code):
        with transaction() as session:
            assert not service.prove_address(session, tried, actor_id=me, now=now)
    assert db.session.scalars(sa.select(AddressCode.tries)).one() == 5


def test_without_a_mail_server_the_page_says_so(app: Flask, people: dict[str, int]) -> None:
    wang = browser(app, WANG)
    assert "还没有接通邮件" in text_of(wang.get("/account/email"))


def test_a_text_reaches_the_families_of_the_own_nursery_only(
    app: Flask, people: dict[str, int]
) -> None:
    chen, wang, li = (browser(app, phone) for phone in (CHEN, WANG, LI))
    day = TUESDAY.isoformat()
    asked = chen.submit("/desk/messages", first=day, last=day, text=TEXT)
    assert (asked.status_code, "1 个账号会收到" in text_of(asked)) == (200, True)
    assert db.session.scalars(sa.select(Announcement)).all() == []
    sent = chen.submit("/desk/messages", first=day, last=day, text=TEXT, confirmed="1")
    assert sent.status_code == 303
    db.session.rollback()
    notices = db.session.scalars(sa.select(Notice)).all()
    assert [(one.account_id, said(one)) for one in notices] == [
        (people[WANG], "甲托育发来一条通知，请打开看。")
    ]
    assert TEXT not in f"{notices[0].sentence}{notices[0].filling}"
    link = notices[0].link
    assert TEXT in text_of(wang.get(link))
    assert [li.get(link).status_code, chen.get(link).status_code] == [404, 404]
    entries = db.session.scalars(
        sa.select(JournalEntry.actor_id).where(JournalEntry.action == "notices.announced")
    )
    assert list(entries) == [people[CHEN]]


def test_what_was_typed_is_kept_when_it_is_not_sent_yet(app: Flask, people: dict[str, int]) -> None:
    chen, day = browser(app, CHEN), TUESDAY.isoformat()
    asked = chen.submit("/desk/messages", first=day, last=day, text=TEXT)
    assert "发给：11月24日 周二约了托育的家庭" in text_of(asked)
    back = chen.submit("/desk/messages", first=day, last=day, text=TEXT, again="1")
    assert (back.status_code, TEXT in text_of(back)) == (200, True)
    assert "看清楚再发" not in text_of(back)
    assert db.session.scalars(sa.select(Announcement)).all() == []


@pytest.mark.parametrize("bad", ["", "x" * 301, "请打 138 0000 0001"])
def test_a_text_that_is_none_or_holds_numbers_is_refused(
    app: Flask, people: dict[str, int], bad: str
) -> None:
    chen, day = browser(app, CHEN), TUESDAY.isoformat()
    answer = chen.submit("/desk/messages", first=day, last=day, text=bad, confirmed="1")
    assert answer.status_code == 422
    assert db.session.scalars(sa.select(Announcement)).all() == []


def test_six_texts_an_hour_are_enough(app: Flask, people: dict[str, int]) -> None:
    chen, day = browser(app, CHEN), TUESDAY.isoformat()
    answers = [
        chen.submit("/desk/messages", first=day, last=day, text=TEXT, confirmed="1").status_code
        for _time in range(7)
    ]
    assert answers == [303] * 6 + [422]


def test_a_class_of_another_nursery_is_not_to_be_chosen(app: Flask, people: dict[str, int]) -> None:
    chen, day = browser(app, CHEN), TUESDAY.isoformat()
    answer = chen.submit("/desk/messages", first=day, last=day, text=TEXT, class_id="999999")
    assert answer.status_code == 422


def test_a_closure_is_told_to_the_families_that_counted_on_it(
    app: Flask, people: dict[str, int]
) -> None:
    with transaction() as session:
        opening.close(
            session, people["甲托育"], ClosureWish(ClosureKind.OWN, TUESDAY, TUESDAY, "检修"),
            confirmed=True, actor_id=people[CHEN], now=clock.now(),
        )  # fmt: skip
    rows = db.session.scalars(sa.select(Notice)).all()
    assert [(one.account_id, said(one), one.link) for one in rows] == [
        (people[WANG],
         "甲托育停托，您从11月24日 周二起约的 1 天去不了。请打开看看，换个时间或取消。",
         "/childcare/bookings")
    ]  # fmt: skip

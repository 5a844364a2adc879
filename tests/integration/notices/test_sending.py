"""Sending: after the commit, once, one message for many events, again under the same key."""

import threading
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.integration.notices.conftest import Office
from tests.integration.notices.making import MORNING, NIGHT, some_news
from ylyx_site.notices import rules, service
from ylyx_site.notices.kinds import Channel, NoticeKind
from ylyx_site.notices.models import AccountChannel, Notice
from ylyx_site.notices.senders import Message
from ylyx_site.notices.service import News
from ylyx_site.notices.service.sending import claim
from ylyx_site.notices.worker import send_due
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.vault import seal

WANG, LI = 1, 2
MINUTE = timedelta(minutes=1)
LATER = MORNING + MINUTE
LOST = OSError("no line")


def planned(news: News, *accounts: int, now: datetime = MORNING) -> None:
    """Plan and commit."""
    with transaction() as session:
        service.plan(session, accounts or [WANG], news, now=now)


def rows() -> list[Notice]:
    """Every message as it stands now."""
    db.session.rollback()
    return list(db.session.scalars(
        sa.select(Notice).order_by(Notice.id).execution_options(populate_existing=True)
    ))  # fmt: skip


def keys(office: Office) -> list[str]:
    """Under which keys text messages have gone out."""
    return [one.key for one in office.sms.kept]


def fails(_message: Message) -> None:
    """A sender without a line."""
    raise LOST


@pytest.mark.parametrize(("kind", "sent"), [(NoticeKind.FAMILY_CARE, 0), (NoticeKind.EMERGENCY, 1)])
def test_a_late_worker_does_not_send_at_night_what_can_wait(
    app: Flask, office: Office, kind: NoticeKind, sent: int
) -> None:
    planned(some_news("a", kind=kind), now=NIGHT - MINUTE * 10)  # due in the evening
    assert [send_due(NIGHT), send_due(NIGHT + timedelta(hours=3))] == [sent, 0]
    morning = NIGHT + timedelta(hours=10, minutes=30)
    assert [send_due(morning - MINUTE), send_due(morning)] == [0, 1 - sent]
    assert len(office.sms.kept) == 1


def test_a_message_goes_out_after_its_minute_and_only_once(app: Flask, office: Office) -> None:
    planned(some_news("a"))
    assert (send_due(MORNING), office.sms.kept) == (0, [])
    assert [send_due(LATER), send_due(LATER), send_due(LATER + rules.LEASE * 2)] == [1, 0, 0]
    text = (
        "【一老一小】李建国约了托育：从11月24日 周二开始，共 1 天。"
        " 请打开：https://ylyx.example/childcare/bookings/a"
    )
    assert office.sms.kept == [Message("a:1", "13800000001", text)]
    assert [(one.sent_at, one.sender, one.due_at) for one in rows()] == [(LATER, "sms", None)]


def test_events_of_a_minute_go_out_as_one_message(app: Flask, office: Office) -> None:
    for seconds, key in ((0, "a"), (20, "b"), (50, "c")):
        planned(some_news(key), WANG, LI, now=MORNING + timedelta(seconds=seconds))
    planned(some_news("d", subject="other"))
    assert send_due(LATER) == 3
    assert sorted(keys(office)) == ["a:1", "a:2", "d:1"]
    wangs = next(one.text for one in office.sms.kept if one.key == "a:1")
    assert wangs.endswith("另有 2 条同类消息。 请打开：https://ylyx.example/childcare/bookings/c")
    assert {one.sent_at for one in rows()} == {LATER}


def test_nothing_goes_out_at_night_but_what_is_urgent(app: Flask, office: Office) -> None:
    planned(some_news("a"), now=NIGHT)
    planned(some_news("b", kind=NoticeKind.ACCOUNT, subject="account"), now=NIGHT)
    assert (send_due(NIGHT + MINUTE), keys(office)) == (1, ["b:1"])
    half_past_seven = NIGHT + timedelta(hours=10, minutes=30)
    assert send_due(half_past_seven - timedelta(seconds=1)) == 0
    assert (send_due(half_past_seven), keys(office)) == (1, ["b:1", "a:1"])


def test_whoever_has_read_it_on_the_site_is_not_sent_it(app: Flask, office: Office) -> None:
    planned(some_news("a"), WANG, LI)
    with transaction() as session:
        service.read_all(session, actor_id=WANG, now=MORNING)
    assert (send_due(LATER), keys(office)) == (1, ["a:2"])


def test_what_fails_is_tried_again_under_its_key_after_longer_and_longer(
    app: Flask, office: Office
) -> None:
    planned(some_news("a"))
    office.sms.before = fails
    now, waited = LATER, []
    for _again in range(4):
        assert send_due(now) == 1
        due = rows()[0].due_at
        waited.append((due - now) // MINUTE)
        now = due
    planned(some_news("b"), now=now)
    office.sms.before = lambda _message: None
    send_due(now)
    assert (waited, keys(office)) == ([1, 2, 4, 8], ["a:1"])  # b came later: a message of its own


def test_what_fails_for_a_day_is_given_up_and_stays_in_the_inbox(
    app: Flask, office: Office
) -> None:
    planned(some_news("a", kind=NoticeKind.ACCOUNT))
    office.sms.before = fails
    now, rounds = MORNING, 0
    while (due := rows()[0].due_at) is not None:
        now, rounds = due, rounds + 1
        send_due(now)
    only = rows()[0]
    assert (rounds < 40, only.sent_at, only.read_at) == (True, None, None)
    assert now - MORNING >= timedelta(days=1)


def test_one_that_fails_holds_up_nobody(app: Flask, office: Office) -> None:
    def fails_for_wang(message: Message) -> None:
        if message.to == office.phones[WANG]:
            raise LOST

    planned(some_news("a"), WANG, LI)
    office.sms.before = fails_for_wang
    assert (send_due(LATER), keys(office)) == (2, ["a:2"])


@pytest.mark.parametrize("sent_before_death", [True, False])
def test_a_worker_killed_after_its_claim_leaves_it_to_the_next_under_the_same_key(
    app: Flask, office: Office, sent_before_death: bool
) -> None:
    class Killed(BaseException):
        """As SIGKILL: nothing is caught, nothing is written down."""

    def dies(message: Message) -> None:
        if sent_before_death:
            office.sms.kept.append(message)
        raise Killed

    planned(some_news("a"))
    planned(some_news("b"))
    office.sms.before = dies
    with pytest.raises(Killed):
        send_due(LATER)
    db.session.rollback()
    office.sms.before = lambda _message: None
    planned(some_news("c"), now=LATER)
    assert send_due(LATER + MINUTE) == 1  # c: what is claimed takes nothing more along
    assert send_due(LATER + rules.LEASE) == 1
    assert [send_due(LATER + rules.LEASE * n) for n in (2, 3)] == [0, 0]
    first = ["a:1"] if sent_before_death else []
    assert keys(office) == [*first, "c:1", "a:1"]
    assert "另有 1 条" in office.sms.kept[-1].text


def test_several_workers_at_once_send_nothing_twice(app: Flask, office: Office) -> None:
    for number in range(40):
        office.phones[100 + number] = "13800000001"
        for event in "ab":
            planned(some_news(f"{number}{event}"), 100 + number)
    start = threading.Barrier(4)

    def work() -> None:
        with app.app_context():
            start.wait()
            while send_due(LATER):
                pass

    workers = [threading.Thread(target=work) for _one in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sorted(keys(office)) == sorted(f"{number}a:{100 + number}" for number in range(40))
    assert {(one.sent_at, one.due_at, one.tries) for one in rows()} == {(LATER, None, 1)}


def test_a_second_claim_while_the_first_is_open_gets_the_rest(app: Flask, office: Office) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one write at a time")
    planned(some_news("a"))
    planned(some_news("b"))
    planned(some_news("c"), LI)
    seen: list[list[str]] = []

    def other() -> None:
        with app.app_context(), transaction() as session:
            seen.append([one.key for one in claim(session, LATER)])

    with transaction() as session:
        mine = [one.key for one in claim(session, LATER, most=1)]
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert (mine, seen) == (["a:1"], [["c:2"]])


@pytest.mark.parametrize(
    ("channel", "verified", "by"),
    [
        (Channel.SITE, True, (0, 0)), (Channel.EMAIL, True, (0, 1)),
        (Channel.EMAIL, False, (1, 0)), (Channel.SMS, True, (1, 0)),
    ],
)  # fmt: skip
def test_it_goes_the_way_that_the_account_has_chosen(
    app: Flask, office: Office, channel: Channel, verified: bool, by: tuple[int, int]
) -> None:
    with transaction() as session:
        service.prefer(session, {NoticeKind.FAMILY_CARE: channel}, actor_id=WANG)
        session.add(AccountChannel(
            account_id=WANG, kind=Channel.EMAIL, address_sealed=seal("wang@example.org"),
            verified_at=MORNING if verified else None,
        ))  # fmt: skip
    planned(some_news("a"))
    send_due(LATER)
    assert (len(office.sms.kept), len(office.email.kept)) == by
    assert [one.due_at for one in rows()] == [None]


def test_an_address_that_cannot_be_opened_holds_up_nobody(app: Flask, office: Office) -> None:
    with transaction() as session:
        service.prefer(session, {NoticeKind.FAMILY_CARE: Channel.EMAIL}, actor_id=WANG)
        session.add(AccountChannel(
            account_id=WANG, kind=Channel.EMAIL, address_sealed="broken", verified_at=MORNING,
        ))  # fmt: skip
    planned(some_news("a"), WANG, LI)
    assert (send_due(LATER), keys(office)) == (2, ["a:2"])
    assert [one.due_at for one in rows()] == [LATER + MINUTE, None]


def test_a_closed_account_is_sent_nothing(app: Flask, office: Office) -> None:
    del office.phones[WANG]
    planned(some_news("a"))
    send_due(LATER)
    assert [(one.sent_at, one.due_at) for one in rows()] == [(None, None)]
    assert office.sms.kept == []

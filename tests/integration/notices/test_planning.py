"""Messages are planned in the transaction of what they tell, once, and belong to one account."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.integration.notices.making import MORNING, NIGHT, some_news
from ylyx_site.notices import queries, service
from ylyx_site.notices.kinds import Channel, NoticeKind
from ylyx_site.notices.models import Notice
from ylyx_site.notices.words import said
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.refusals import NotFound

WANG, LI = 1, 2


def all_notices(session: Session) -> list[Notice]:
    """Every message, the oldest row first."""
    return list(session.scalars(sa.select(Notice).order_by(Notice.id)))


def test_a_message_stands_only_if_its_transaction_commits(app: Flask) -> None:
    with suppress(LookupError), transaction() as session:
        service.plan(session, [WANG], some_news("a"), now=MORNING)
        raise LookupError
    assert all_notices(db.session()) == []
    with transaction() as session:
        service.plan(session, [WANG, LI], some_news("a"), now=MORNING)
    assert [one.account_id for one in all_notices(db.session())] == [WANG, LI]


def test_an_event_told_twice_is_one_message(session: Session) -> None:
    for _again in range(2):
        service.plan(session, [WANG], some_news("a"), now=MORNING)
    assert [one.key for one in all_notices(session)] == [f"a:{WANG}"]


def test_nobody_to_tell_costs_nothing(session: Session) -> None:
    service.plan(session, [], some_news("a"), now=MORNING)
    assert all_notices(session) == []


def test_the_sentence_keeps_its_days_for_the_reader(session: Session) -> None:
    service.plan(session, [WANG], some_news("a", day=date(2026, 11, 24)), now=MORNING)
    assert said(all_notices(session)[0]) == "李建国约了托育：从11月24日 周二开始，共 1 天。"


@pytest.mark.parametrize(
    ("kind", "now", "waits"),
    [
        (NoticeKind.FAMILY_CARE, MORNING, timedelta(minutes=1)),
        (NoticeKind.FAMILY_CARE, NIGHT, timedelta(hours=10, minutes=30)),
        (NoticeKind.GUARDIANS, NIGHT, timedelta(0)),
    ],
)
def test_a_message_waits_for_its_minute_and_for_the_morning(
    session: Session, kind: NoticeKind, now, waits: timedelta
) -> None:
    service.plan(session, [WANG], some_news("a", kind=kind), now=now)
    assert [one.due_at for one in all_notices(session)] == [now + waits]


def test_only_the_owner_reads_a_message(session: Session) -> None:
    service.plan(session, [WANG, LI], some_news("a"), now=MORNING)
    mine, others = all_notices(session)
    assert service.read(session, mine.code, actor_id=WANG, now=MORNING) == mine.link
    with pytest.raises(NotFound):
        service.read(session, others.code, actor_id=WANG, now=MORNING)
    assert (mine.read_at, others.read_at) == (MORNING, None)


def test_reading_all_reads_only_ones_own(session: Session) -> None:
    service.plan(session, [WANG, LI], some_news("a"), now=MORNING)
    service.plan(session, [WANG], some_news("b"), now=MORNING)
    service.read_all(session, actor_id=WANG, now=MORNING)
    session.expire_all()
    unread = [one.account_id for one in all_notices(session) if one.read_at is None]
    assert unread == [LI]


def test_the_inbox_is_ones_own_unread_first_then_the_newest(session: Session) -> None:
    for number, key in enumerate("abc"):
        now = MORNING + timedelta(minutes=number)
        service.plan(session, [WANG, LI], some_news(key), now=now)
    newest = next(one for one in all_notices(session) if one.key == f"c:{WANG}")
    service.read(session, newest.code, actor_id=WANG, now=MORNING)
    rows, has_next = queries.inbox(session, WANG, 1)
    assert ([one.key for one in rows], has_next) == ([f"{key}:{WANG}" for key in "bac"], False)


def test_choices_are_ones_own_and_some_kinds_are_never_only_on_the_site(session: Session) -> None:
    wishes = {NoticeKind.FAMILY_CARE: Channel.SITE, NoticeKind.GUARDIANS: Channel.SITE}
    service.prefer(session, wishes, actor_id=WANG)
    service.prefer(session, {NoticeKind.ACCOUNT: Channel.EMAIL}, actor_id=WANG)
    usual = dict.fromkeys(NoticeKind, Channel.SMS)
    assert queries.choices_of(session, WANG) == usual | {
        NoticeKind.FAMILY_CARE: Channel.SITE,
        NoticeKind.ACCOUNT: Channel.EMAIL,
    }
    assert set(queries.choices_of(session, LI).values()) == {Channel.SMS}

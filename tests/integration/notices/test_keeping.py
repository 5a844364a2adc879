"""How long messages stay: read ones a season, all a year; what is still to be sent stays."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.makers import an_account
from ylyx_site import worker
from ylyx_site.notices.kinds import Channel, NoticeKind
from ylyx_site.notices.models import AddressCode, Announcement, Notice
from ylyx_site.notices.service import keeping
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

SECOND = timedelta(seconds=1)
SEASON, YEAR = timedelta(days=90), timedelta(days=365)


def a_notice(
    session: Session, key: str, planned_at: datetime, read_at: datetime | None = None,
    due_at: datetime | None = None,
) -> None:  # fmt: skip
    """A message of wang."""
    session.add(
        Notice(
            account_id=1, kind=NoticeKind.FAMILY_CARE, sentence="有消息。", link="/", subject="x",
            key=key, planned_at=planned_at, read_at=read_at, due_at=due_at,
        )
    )  # fmt: skip
    session.flush()


def kept(session: Session) -> list[str]:
    """The keys that are left."""
    return list(session.scalars(sa.select(Notice.key).order_by(Notice.key)))


def forget(session: Session) -> int:
    """As the sweep with the usual settings."""
    return keeping.forget_old_notices(session, clock.now(), read_days=90, all_days=365)


def test_read_ones_go_after_a_season_unread_ones_after_a_year(session: Session) -> None:
    now = clock.now()
    a_notice(session, "read long ago", now - SEASON - SECOND * 2, now - SEASON - SECOND)
    a_notice(session, "read just then", now - SEASON - SECOND * 2, now - SEASON)
    a_notice(session, "unread, a year", now - YEAR - SECOND)
    a_notice(session, "unread, not yet", now - YEAR)
    a_notice(session, "never sent", now - YEAR - SECOND, due_at=now)
    assert [forget(session), forget(session)] == [2, 0]
    assert kept(session) == ["never sent", "read just then", "unread, not yet"]


def test_texts_and_codes_that_nothing_leads_to_go_too(session: Session) -> None:
    now = clock.now()
    for days in (364, 366):
        session.add(
            Announcement(facility_id=1, account_id=1, audience="家庭", text=f"{days}", families=1,
                         sent_at=now - timedelta(days))
        )  # fmt: skip
    for account_id, age in ((1, timedelta(hours=23)), (2, timedelta(hours=25))):
        session.add(
            AddressCode(account_id=account_id, kind=Channel.EMAIL, address_sealed="-",
                        code_hash="-", sent_at=now - age)
        )  # fmt: skip
    session.flush()
    forget(session)
    assert list(session.scalars(sa.select(Announcement.text))) == ["364"]
    assert list(session.scalars(sa.select(AddressCode.account_id))) == [1]


def test_the_worker_does_it_by_the_settings_and_in_batches(app: Flask) -> None:
    now = clock.now()
    with transaction() as session:
        an_account(session)
        for number in range(keeping.A_BATCH + 1):
            a_notice(session, f"{number:04d}", now - timedelta(days=31), now - timedelta(days=31))
    assert worker.run_sweep("forget old messages")
    assert len(kept(db.session())) == keeping.A_BATCH + 1
    db.session.rollback()
    app.config["NOTICES_READ_DAYS"], usual = 30, app.config["NOTICES_READ_DAYS"]
    try:
        assert worker.run_sweep("forget old messages")
    finally:
        app.config["NOTICES_READ_DAYS"] = usual
    assert kept(db.session()) == []

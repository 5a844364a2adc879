"""A worker that SIGKILL ends between sending and writing down; the next one sends the same."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.integration.notices.mailbox import a_mailbox
from tests.integration.notices.making import MORNING, some_news
from tests.makers import an_account
from ylyx_site.notices import rules, service
from ylyx_site.notices.kinds import Channel, NoticeKind
from ylyx_site.notices.models import AccountChannel, Notice
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.vault import seal

# Sends as the site does, then waits to be killed.
DYING = """
import time
from ylyx_site.notices.senders import MailSender
send = MailSender.send
def sends_and_hangs(self, message):
    send(self, message)
    print("sent", flush=True)
    time.sleep(60)
MailSender.send = sends_and_hangs
"""


def worker(root: Path, app: Flask, box_url: str, now: str, *, dying: bool) -> subprocess.Popen[str]:
    """One round of `flask work` in a process of its own, at this moment."""
    url = app.config["SQLALCHEMY_DATABASE_URI"].replace("postgresql+psycopg", "postgresql")
    environment = os.environ | {
        "YLYX_DATABASE_URL": url, "YLYX_MODE": "demo", "YLYX_NOW": now,
        "YLYX_SMTP_URL": box_url, "YLYX_MAIL_FROM": "site@example.org",
    }  # fmt: skip
    start = (DYING if dying else "") + (
        "from flask.cli import cli; cli(['--app', 'wsgi', 'work', '--once'])"
    )
    return subprocess.Popen(  # noqa: S603 our own interpreter and words
        [sys.executable, "-c", start], cwd=root, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip


@pytest.mark.slow
def test_nothing_is_lost_and_nothing_goes_out_under_two_keys(app: Flask, root: Path) -> None:
    with transaction() as session:
        wang = an_account(session)
        service.prefer(session, {NoticeKind.FAMILY_CARE: Channel.EMAIL}, actor_id=wang.id)
        session.add(AccountChannel(
            account_id=wang.id, kind=Channel.EMAIL, address_sealed=seal("wang@example.org"),
            verified_at=MORNING,
        ))  # fmt: skip
        for event in "ab":
            service.plan(session, [wang.id], some_news(event), now=MORNING)
    with a_mailbox() as box:
        first = worker(root, app, box.url, "2026-11-23T08:01:00+08:00", dying=True)
        assert first.stdout is not None
        told = first.stdout.readline()
        first.send_signal(signal.SIGKILL)
        first.communicate(timeout=10)
        assert told == "sent\n"
        for moment in ("08:02", "08:11", "08:12"):
            now = f"2026-11-23T{moment}:00+08:00"
            worker(root, app, box.url, now, dying=False).communicate(timeout=60)
    assert len({one["Message-ID"] for one in box.letters}) == 1
    assert len(box.letters) == 2  # once, and once more for the one that was killed
    db.session.rollback()
    again = MORNING + timedelta(minutes=1) + rules.LEASE
    assert set(db.session.scalars(sa.select(Notice.sent_at))) == {again}

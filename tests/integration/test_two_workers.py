"""Two workers at once on PostgreSQL, really: they share the work, and nothing is done twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.conftest import _app_on, _empty
from tests.integration.notices.mailbox import Mailbox, a_mailbox
from tests.integration.test_worker_killed import (
    EVENING,
    everything_is_done_once,
    something_for_each_sweep,
)
from ylyx_site import worker
from ylyx_site.identity.models import Account
from ylyx_site.notices import service
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.shared import clock
from ylyx_site.shared.beats import WorkerBeat
from ylyx_site.shared.db import db, transaction

LETTERS = 30
WANG = "13800000001"


@pytest.fixture
def postgres_app(postgresql_url: str) -> Iterator[Flask]:
    """The site on PostgreSQL only: on SQLite there is one worker."""
    app = _app_on(postgresql_url)
    with app.app_context():
        _empty(app)
        yield app
        db.session.rollback()
        db.session.remove()


def started(root: Path, app: Flask, box: Mailbox) -> subprocess.Popen[bytes]:
    """`flask work` on this database, in the evening."""
    url = app.config["SQLALCHEMY_DATABASE_URI"].replace("postgresql+psycopg", "postgresql")
    environment = os.environ | {
        "YLYX_DATABASE_URL": url, "YLYX_MODE": "demo", "YLYX_NOW": EVENING,
        "YLYX_SMTP_URL": box.url, "YLYX_MAIL_FROM": "site@example.org",
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "work"], cwd=root, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def letters_to_send() -> None:
    """Messages of different subjects to wang, all due: each goes out as a letter of its own."""
    with transaction() as session:
        wang = session.scalars(sa.select(Account.id).where(Account.phone == WANG)).one()
        for number in range(LETTERS):
            news = service.News(
                NoticeKind.FAMILY_CARE, "有消息。", {}, "/family", f"one:{number}", f"{number}"
            )
            service.plan(session, [wang], news, now=clock.now() - timedelta(hours=1))


def is_all_done(box: Mailbox) -> bool:
    """Every letter is out, every sweep has ended a round, and the queue is empty."""
    db.session.rollback()
    if not sa.inspect(db.engine).has_table("huey_task"):
        return False
    rounds = db.session.scalar(sa.select(sa.func.count()).select_from(WorkerBeat))
    waiting = db.session.scalar(sa.text("SELECT count(*) FROM huey_task"))
    db.session.rollback()
    return (len(box.letters), rounds, waiting) == (LETTERS, len(worker.SWEEPS) + 1, 0)


@pytest.mark.slow
def test_two_workers_share_the_work_and_do_nothing_twice(postgres_app: Flask, root: Path) -> None:
    something_for_each_sweep()
    letters_to_send()
    with a_mailbox() as box:
        box.slow = 0.02
        both = [started(root, postgres_app, box) for _worker in range(2)]
        try:
            until = time.monotonic() + 120
            while not is_all_done(box) and time.monotonic() < until:
                assert [one.poll() for one in both] == [None, None]
                time.sleep(0.2)
        finally:
            for one in both:
                one.send_signal(signal.SIGTERM)
        assert [one.wait(timeout=30) for one in both] == [0, 0]
    keys = [letter["Message-ID"] for letter in box.letters]
    assert (len(keys), len(set(keys))) == (LETTERS, LETTERS)
    everything_is_done_once()

"""`flask work`: each sweep in a transaction of its own, safe twice; ended at once by SIGTERM."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.makers import a_nursery
from ylyx_site import worker
from ylyx_site.journal.models import JournalEntry
from ylyx_site.journal.service import note
from ylyx_site.places.models import PlaceSlot
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import FormKey, once


def used_keys() -> list[str]:
    """The keys that are kept."""
    return list(db.session.scalars(sa.select(FormKey.key).order_by(FormKey.key)))


def test_a_round_publishes_seals_and_forgets_and_a_second_changes_nothing(app: Flask) -> None:
    with transaction() as session:
        a_nursery(session, publish_until=None)
        note(session, "test.done", "thing:1", actor_id=None, now=clock.now())
        for key, age in (
            ("month-old", timedelta(days=30, seconds=1)),
            ("young-key", timedelta(30)),
        ):
            once(session, key, key, actor_id=1, answer="/", now=clock.now() - age)
    for _round in (1, 2):
        assert app.test_cli_runner().invoke(args=["work", "--once"]).exit_code == 0
        db.session.rollback()
        assert used_keys() == ["young-key"]
        assert db.session.scalar(sa.select(sa.func.max(PlaceSlot.day))) == clock.today().replace(
            year=2027, month=1, day=22
        )
        assert list(db.session.scalars(sa.select(JournalEntry.number))) == [1]


def test_a_failing_sweep_does_not_keep_back_the_others(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done: list[str] = []

    def fails(_session: Session, _now: object) -> int:
        raise LookupError("broken")

    def works(_session: Session, _now: object) -> int:
        done.append("works")
        return 0

    monkeypatch.setattr(worker, "SWEEPS", {"fails": fails, "works": works})
    assert worker.round_of_sweeps() is False
    assert done == ["works"]


def test_the_loop_ends_at_once_when_told_to(root: Path, tmp_path: Path) -> None:
    environment = os.environ | {
        "YLYX_DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}", "YLYX_MODE": "demo",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "work"], cwd=root, env=environment,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    while "seal the journal" not in process.stderr.readline():  # the last of the first round
        assert process.poll() is None
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert (process.returncode, time.monotonic() - started < 20) == (0, True)  # not the minute

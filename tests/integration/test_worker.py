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
from ylyx_site.home.sweeps import PURPOSES
from ylyx_site.journal.models import JournalEntry
from ylyx_site.journal.service import note
from ylyx_site.places.models import PlaceSlot
from ylyx_site.shared import beats, clock
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
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def fails(_session: Session, _now: object) -> int:
        raise LookupError("broken by 王小明")

    def works(_session: Session, _now: object) -> int:
        done.append("works")
        return 2 if len(done) == 1 else 0

    monkeypatch.setattr(worker, "SWEEPS", {"fails": fails, "works": works})
    assert worker.round_of_sweeps() is False
    assert done == ["works", "works"]
    found = [(one.sweep, one.done, one.error) for one in beats.beats(db.session())]
    assert found == [("fails", 0, "LookupError"), ("send messages", 0, ""), ("works", 2, "")]


def test_a_sweep_that_went_well_again_has_no_error_any_more(app: Flask) -> None:
    now = clock.now()
    with transaction() as session:
        beats.note_beat(session, "one", milliseconds=1000, done=7, backlog=3, now=now)
        beats.note_failure(session, "one", "OSError", milliseconds=2000, now=now)
    assert facts() == ("one", 7, 3, "OSError", now)
    with transaction() as session:
        beats.note_beat(session, "one", milliseconds=1000, done=0, backlog=0, now=now)
    assert facts() == ("one", 0, 0, "", None)


def facts() -> tuple[object, ...]:
    """The only beat."""
    db.session.rollback()
    (one,) = db.session.scalars(
        sa.select(beats.WorkerBeat).execution_options(populate_existing=True)
    )
    return one.sweep, one.done, one.backlog, one.error, one.failed_at


def test_a_sweep_that_another_worker_is_in_is_left_to_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("on SQLite the write transaction is the lock")
    done: list[str] = []

    def sweep(_session: Session, _now: object) -> int:
        done.append("mine")
        return 0

    monkeypatch.setattr(worker, "SWEEPS", {"one": sweep})
    number = worker.lock_of("one")
    with db.engine.connect() as other:
        other.execute(sa.select(sa.func.pg_advisory_xact_lock(worker.LOCKS, number)))
        assert worker.run_sweep("one")
        assert done == []
        other.rollback()
    assert worker.run_sweep("one")
    assert done == ["mine"]


def test_every_sweep_has_plain_words() -> None:
    """Whoever adds a sweep says in `home/sweeps.py` what it is for."""
    assert set(worker.SWEEPS) | {worker.SEND} == set(PURPOSES)
    assert set(worker.BACKLOGS) <= set(PURPOSES)


def started(root: Path, url: str, *words: str) -> subprocess.Popen[str]:
    """`flask work` in a process of its own."""
    environment = os.environ | {"YLYX_DATABASE_URL": url, "YLYX_MODE": "demo"}
    return subprocess.Popen(  # noqa: S603 our own interpreter and words
        [sys.executable, "-m", "flask", "--app", "wsgi", "work", *words], cwd=root,
        env=environment, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def works(process: subprocess.Popen[str]) -> None:
    """Wait until it has run a sweep: there are no tables, it tries all the same and says so."""
    assert process.stderr is not None
    while "sweep failed" not in process.stderr.readline():
        assert process.poll() is None


@pytest.mark.slow
def test_the_loop_ends_at_once_when_told_to(root: Path, tmp_path: Path) -> None:
    process = started(root, f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert process.stderr is not None
    while "seal the journal" not in process.stderr.readline():  # the last of the first round
        assert process.poll() is None
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert (process.returncode, time.monotonic() - began < 5) == (0, True)  # not the minute


@pytest.mark.slow
def test_on_sqlite_there_is_one_worker_and_a_killed_one_leaves_its_place(
    root: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    first = started(root, url)
    works(first)
    second = started(root, url)
    _out, said = second.communicate(timeout=60)
    assert (second.returncode, worker.ANOTHER in said) == (1, True)
    first.kill()
    first.communicate(timeout=10)
    third = started(root, url)
    works(third)
    third.kill()
    third.communicate(timeout=10)

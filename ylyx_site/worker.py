"""`flask work`: what has to be done by itself, each minute, in sweeps that may run twice.

Correctness never waits for it: what is due stands in the rooms' own rows, and reads treat what has
expired as gone. Several workers at once share the sweeps, and none runs one that another is in.
"""

import signal
import time
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import click
import sqlalchemy as sa
import structlog
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ylyx_site.attendance.service.sweeps import end_forgotten
from ylyx_site.entry.service.forgetting import forget_old as forget_old_papers
from ylyx_site.families.service import forget_names, forget_requests
from ylyx_site.home.reminders import remind
from ylyx_site.identity.service.sweeps import forget_old
from ylyx_site.journal import sealing
from ylyx_site.kitchen.service.samples import remind_of_samples
from ylyx_site.meals.service.telling import tell_of_plans_that_run_out, warn_of_avoided
from ylyx_site.notices.queries import unsent
from ylyx_site.notices.service.keeping import forget_old_notices
from ylyx_site.notices.worker import send_due
from ylyx_site.places import publishing
from ylyx_site.places.queries import expired_holds
from ylyx_site.places.service.holds import release_expired
from ylyx_site.shared import beats, clock, every_minute
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import forget_old_keys
from ylyx_site.shared.retries import retrying
from ylyx_site.waiting.service.sweeps import (
    end_entries,
    forget_ended,
    make_offers,
    queues_due,
)
from ylyx_site.welfare.service import escalate, open_missed

MOST_BATCHES = 200  # of one sweep a minute: what is left waits for the next
JUST_NOW = timedelta(seconds=45)
LOCKS = 6_150  # any number, the same for every worker
SEND = "send messages"
ANOTHER = "这个 SQLite 数据库已经有一个后台任务在运行。要同时运行几个，请用 PostgreSQL。"

Sweep = Callable[[Session, datetime], int]
Backlog = Callable[[Session, datetime], int]
log = structlog.get_logger()


def _publish(session: Session, now: datetime) -> int:
    publishing.extend(session, clock.day_of(now))
    return 0


def _forget(session: Session, now: datetime) -> int:
    forget_old(session, now)
    return 0


def _forget_requests(session: Session, now: datetime) -> int:
    forget_requests(session, now)
    return 0


def _forget_names(session: Session, now: datetime) -> int:
    return forget_names(session, now, years=current_app.config["NAMES_YEARS"])


def _seal(session: Session, _now: datetime) -> int:
    return sealing.seal(session)


def _forget_notices(session: Session, now: datetime) -> int:
    config = current_app.config
    read_days, all_days = config["NOTICES_READ_DAYS"], config["NOTICES_DAYS"]
    return forget_old_notices(session, now, read_days=read_days, all_days=all_days)


def _send() -> int:
    """Claims, sends and notes in transactions of its own: nothing is sent inside of one."""
    with current_app.app_context():
        return send_due(clock.now())


# Each returns how much it did of something that comes in batches; 0 means that nothing is left.
SWEEPS: dict[str, Sweep] = {
    "let held places go": release_expired,
    "offer what was freed": make_offers,
    "end entries whose days are over": end_entries,
    "forget who waited long ago": forget_ended,
    "look after who did not get a meal": open_missed,
    "tell of checks that stay open": escalate,
    "remind of tomorrow": remind,
    "publish days ahead": _publish,
    "end forgotten check-outs": end_forgotten,
    "forget old sessions and codes": _forget,
    "forget requests to elders": _forget_requests,
    "forget names whose years are over": _forget_names,
    "forget old papers of children": forget_old_papers,
    "forget old form keys": forget_old_keys,
    "warn of dishes that are avoided": warn_of_avoided,
    "tell of plans that run out": tell_of_plans_that_run_out,
    "remind of samples": remind_of_samples,
    "forget old messages": _forget_notices,
    "seal the journal": _seal,
}


# How much of a sweep's work is due now; where there is nothing to count, it is not asked.
BACKLOGS: dict[str, Backlog] = {
    SEND: unsent,
    "let held places go": expired_holds,
    "offer what was freed": queues_due,
    "seal the journal": sealing.unsealed,
}


@click.command("work")
@click.option("--once", is_flag=True, help="One round, for cron; exit 1 when a sweep failed.")
@with_appcontext
def command(*, once: bool) -> None:
    """Do what is due, each minute, until SIGTERM."""
    if once:
        signal.signal(signal.SIGTERM, _end)
        raise SystemExit(0 if round_of_sweeps() else 1)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 huey's threads have no context
    try:
        every_minute.run(app, {name: partial(_in_turn, app, name) for name in (SEND, *SWEEPS)})
    except every_minute.AnotherWorkerError:
        raise click.ClickException(ANOTHER) from None


def round_of_sweeps() -> bool:
    """Run every sweep once; a failing one is logged and does not keep back the others."""
    went_well = [run_sweep(name) for name in (SEND, *SWEEPS)]
    return all(went_well)


def run_sweep(name: str) -> bool:
    """Run one sweep until nothing is left, and note how it went; whether it went well."""
    started = time.monotonic()
    try:
        done = _batches(name)
        _note(name, started, partial(_went_well, name, done))
    except Exception as error:
        log.exception("sweep failed", sweep=name)
        _note(name, started, partial(_failed, name, type(error).__name__))
        return False
    return True


def _in_turn(app: Flask, name: str) -> None:
    """Run the sweep unless some worker has just done so."""
    with app.app_context():
        if not _has_just_run(name):
            run_sweep(name)


def _has_just_run(name: str) -> bool:
    """Not so when the clock stands still or was put back, or when nobody can tell."""
    with current_app.app_context():
        try:
            last = beats.ran_at(db.session(), name)
        except SQLAlchemyError:
            return False
        now = clock.now()
    return last is not None and now - JUST_NOW < last < now


def _batches(name: str) -> int:
    """How much was done, all batches together."""
    done = 0
    for _batch in range(MOST_BATCHES):
        some = _send() if name == SEND else _one_batch(name, SWEEPS[name])
        done += some
        if not some:
            break
    return done


def _one_batch(name: str, sweep: Sweep) -> int:
    """In a context, session and transaction of its own: nothing is kept from sweep to sweep."""

    def once() -> int:
        with current_app.app_context(), transaction() as session:
            return sweep(session, clock.now()) if _is_ours(session, name) else 0

    return retrying(once)


def _is_ours(session: Session, name: str) -> bool:
    """Whether no other worker is in this sweep now; whoever is killed leaves it at once."""
    if session.get_bind().dialect.name == "sqlite":
        return True
    lock = sa.func.pg_try_advisory_xact_lock(LOCKS, lock_of(name))
    return bool(session.scalar(sa.select(lock)))


def lock_of(name: str) -> int:
    """The number of a sweep's lock, the same in every process."""
    return zlib.crc32(name.encode()) >> 1


def _note(name: str, started: float, write: Callable[[Session, int], None]) -> None:
    """Write down how a sweep went; when even that fails, its age tells."""

    def once() -> None:
        with current_app.app_context(), transaction() as session:
            write(session, round((time.monotonic() - started) * 1000))

    try:
        retrying(once)
    except SQLAlchemyError:
        log.exception("beat not noted", sweep=name)


def _went_well(name: str, done: int, session: Session, milliseconds: int) -> None:
    now, count = clock.now(), BACKLOGS.get(name)
    left = count(session, now) if count else -1
    beats.note_beat(session, name, milliseconds=milliseconds, done=done, backlog=left, now=now)


def _failed(name: str, error: str, session: Session, milliseconds: int) -> None:
    beats.note_failure(session, name, error, milliseconds=milliseconds, now=clock.now())


def _end(_signal: int, _frame: object) -> None:
    """End at once: what is under way is rolled back and done by the next round."""
    raise SystemExit(0)

"""`flask work`: what has to be done by itself, each minute, in sweeps that may run twice.

Correctness never waits for it: what is due stands in the rooms' own rows, and reads treat what has
expired as gone. Several workers at once are slower, not wrong.
"""

import signal
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

import click
import structlog
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from ylyx_site.attendance.service.sweeps import end_forgotten
from ylyx_site.families.service import forget_requests
from ylyx_site.identity.service.sweeps import forget_old
from ylyx_site.journal import sealing
from ylyx_site.meals.service.telling import tell_of_plans_that_run_out, warn_of_avoided
from ylyx_site.notices.worker import send_due
from ylyx_site.places import publishing
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.once import forget_old_keys
from ylyx_site.shared.retries import retrying

EVERY_SECONDS = 60
MOST_BATCHES = 200  # of one sweep a minute: what is left waits for the next

Sweep = Callable[[Session, datetime], int]
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


def _seal(session: Session, _now: datetime) -> int:
    return sealing.seal(session)


def _send() -> int:
    """Claims, sends and notes in transactions of its own: nothing is sent inside of one."""
    with current_app.app_context():
        return send_due(clock.now())


# Each returns how much it did of something that comes in batches; 0 means that nothing is left.
SWEEPS: dict[str, Sweep] = {
    "publish days ahead": _publish,
    "end forgotten check-outs": end_forgotten,
    "forget old sessions and codes": _forget,
    "forget requests to elders": _forget_requests,
    "forget old form keys": forget_old_keys,
    "warn of dishes that are avoided": warn_of_avoided,
    "tell of plans that run out": tell_of_plans_that_run_out,
    "seal the journal": _seal,
}


@click.command("work")
@click.option("--once", is_flag=True, help="One round, for cron; exit 1 when a sweep failed.")
@with_appcontext
def command(*, once: bool) -> None:
    """Do what is due, each minute, until SIGTERM."""
    signal.signal(signal.SIGTERM, _end)
    if once:
        raise SystemExit(0 if round_of_sweeps() else 1)
    while True:
        started = time.monotonic()
        round_of_sweeps()
        time.sleep(max(0.0, EVERY_SECONDS - (time.monotonic() - started)))


def round_of_sweeps() -> bool:
    """Run every sweep once; a failing one is logged and does not keep back the others."""
    went_well = [_run("send messages", _send)]
    went_well += [_run(name, partial(_one_batch, sweep)) for name, sweep in SWEEPS.items()]
    return all(went_well)


def _run(name: str, batch: Callable[[], int]) -> bool:
    try:
        for _batch in range(MOST_BATCHES):
            if not batch():
                break
    except Exception:
        log.exception("sweep failed", sweep=name)
        return False
    return True


def _one_batch(sweep: Sweep) -> int:
    """In a context, session and transaction of its own: nothing is kept from sweep to sweep."""

    def once() -> int:
        with current_app.app_context(), transaction() as session:
            return sweep(session, clock.now())

    return retrying(once)


def _end(_signal: int, _frame: object) -> None:
    """End at once: what is under way is rolled back and done by the next round."""
    raise SystemExit(0)

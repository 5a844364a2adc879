"""SIGKILL in the middle of each sweep, really: the next round does what is left, and once."""

import json
import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.integration.notices.mailbox import Mailbox, a_mailbox
from tests.makers import a_child, a_nursery, an_account
from ylyx_site import worker
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service.bookings import book
from ylyx_site.childcare.service.holds import hold_wish
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.journal.models import JournalEntry
from ylyx_site.journal.sealing import verify
from ylyx_site.ledger import findings
from ylyx_site.notices import service
from ylyx_site.notices.kinds import Channel, NoticeKind
from ylyx_site.notices.models import AccountChannel, Notice
from ylyx_site.places.models import HoldTerms, PlaceHoldClaim, PlaceSlot
from ylyx_site.shared import clock
from ylyx_site.shared.beats import WorkerBeat
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import FormKey, once
from ylyx_site.shared.vault import seal

EVENING = "2026-11-23T18:05:00+08:00"
SENDING = "2026-11-23T18:07:00+08:00"
LATER = "2026-11-23T18:20:00+08:00"  # beyond the lease of what was killed while sending
TUESDAY = date(2026, 11, 24)

# One process imports the site and forks a worker for each step. One that is to die does the
# sweep's work; before it commits, or writes down what it sent, it says so, and its parent kills it.
STEPS = """
import json, os, signal, time
from ylyx_site import worker
from ylyx_site.app import create_app
from ylyx_site.notices.senders import MailSender
from ylyx_site.settings import from_environment
from ylyx_site.shared import clock
def hangs():
    os.write(told, b"in the middle")
    time.sleep(60)
def dying(sweep):
    def run(session, now):
        sweep(session, now)
        session.flush()
        hangs()
    return run
def dies(name):
    MailSender.send = lambda self, message: (send(self, message), hangs())
    if name in worker.SWEEPS:
        worker.SWEEPS[name] = dying(worker.SWEEPS[name])
    worker.run_sweep(name)
    os._exit(1)
app = create_app(from_environment())
send = MailSender.send
for now, name in json.loads(os.environ["STEPS"]):
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        with clock.standing_at(now), app.app_context():
            dies(name) if name else os._exit(0 if worker.round_of_sweeps() else 1)
    os.close(told)
    if name:
        print(name, os.read(heard, 100).decode(), flush=True)
        os.kill(child, signal.SIGKILL)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    os.close(heard)
"""


def run(root: Path, app: Flask, box: Mailbox, steps: list[tuple[str, str]]) -> list[str]:
    """Go through (moment, the sweep in which the worker dies; empty: a whole round).

    Returns what it said of each step.
    """
    url = app.config["SQLALCHEMY_DATABASE_URI"].replace("postgresql+psycopg", "postgresql")
    environment = os.environ | {
        "YLYX_DATABASE_URL": url, "YLYX_MODE": "demo", "STEPS": json.dumps(steps),
        "YLYX_SMTP_URL": box.url, "YLYX_MAIL_FROM": "site@example.org",
    }  # fmt: skip
    done = subprocess.run(  # noqa: S603 our own interpreter and words
        [sys.executable, "-c", STEPS], cwd=root, env=environment, check=True, timeout=300,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    return done.stdout.splitlines()


def killed(name: str) -> list[str]:
    """What is printed when SIGKILL met a sweep in the middle."""
    return [f"{name} in the middle", str(-signal.SIGKILL)]


def something_for_each_sweep() -> None:
    """Wang has care tomorrow and reads by e-mail; li's hold runs out; a day is to be published."""
    with transaction() as session:
        wang, li = an_account(session), an_account(session, "13800000002", "李建国")
        service.prefer(session, {NoticeKind.FAMILY_CARE: Channel.EMAIL}, actor_id=wang.id)
        session.add(AccountChannel(
            account_id=wang.id, kind=Channel.EMAIL, address_sealed=seal("wang@example.org"),
            verified_at=clock.now(),
        ))  # fmt: skip
        house = a_nursery(session, publish_until=date(2026, 12, 1)).id
        session.add(HoldTerms(facility_id=house))
        wish = CareWish(house, (a_child(session, wang.id).id,), (TUESDAY,),
                        CareKind.FULL_DAY)  # fmt: skip
        book(session, wish, actor_id=wang.id, code="7K392F", now=clock.now())
        once(session, "month-old", "x", actor_id=1, answer="/", now=clock.now() - timedelta(31))
    with transaction() as session:
        other = CareWish(house, (a_child(session, li.id, "亮亮").id,), (TUESDAY,),
                         CareKind.FULL_DAY)  # fmt: skip
        hold_wish(session, other, minutes=10, actor_id=li.id, now=clock.now())


@pytest.mark.slow
def test_killed_in_each_sweep_nothing_is_lost_and_nothing_done_twice(
    app: Flask, root: Path
) -> None:
    something_for_each_sweep()
    db.session.remove()
    names = list(worker.SWEEPS)
    steps = [(EVENING, name) for name in names]
    steps += [(EVENING, ""), (SENDING, worker.SEND), (LATER, ""), (LATER, "")]
    with a_mailbox() as box:
        said = run(root, app, box, steps)
    expected = [line for name in names for line in killed(name)]
    assert said == [*expected, "0", *killed(worker.SEND), "0", "0"]
    assert len({one["Message-ID"] for one in box.letters}) == 1
    assert len(box.letters) == 2  # once, and once more for the worker that was killed
    everything_is_done_once()


def everything_is_done_once() -> None:
    """What the sweeps left behind."""
    session = db.session()
    reminders = session.scalars(sa.select(Notice.key).where(Notice.key.startswith("tomorrow")))
    assert len(reminders.all()) == 1
    assert session.scalars(sa.select(PlaceHoldClaim)).all() == []
    assert session.scalar(sa.select(sa.func.max(PlaceSlot.day))) == date(2027, 1, 22)
    assert session.scalars(sa.select(FormKey.key)).all() == []
    assert session.scalars(sa.select(JournalEntry).where(JournalEntry.seal.is_(None))).all() == []
    assert (verify(session).why, findings(session)) == (None, [])
    assert session.scalars(sa.select(WorkerBeat.sweep).where(WorkerBeat.error != "")).all() == []

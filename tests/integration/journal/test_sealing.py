"""The journal's chain: sealed in order, by any number of workers, and every bend shows."""

from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from ylyx_site.journal.models import JournalEntry
from ylyx_site.journal.sealing import seal, verify
from ylyx_site.journal.service import note
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction


def entries(count: int) -> None:
    """So many entries, committed."""
    with transaction() as session:
        for number in range(count):
            note(session, "test.done", f"thing:{number}", actor_id=None, now=clock.now())


def sealed(most: int = 500) -> int:
    """Seal one batch, committed."""
    with transaction() as session:
        return seal(session, most)


def test_entries_are_sealed_in_their_order_and_only_once(app: Flask) -> None:
    entries(5)
    assert [sealed(3), sealed(3), sealed(3)] == [3, 2, 0]
    rows = db.session.execute(
        sa.select(JournalEntry.number, JournalEntry.subject).order_by(JournalEntry.id)
    ).all()
    assert [tuple(row) for row in rows] == [(n + 1, f"thing:{n}") for n in range(5)]
    verdict = verify(db.session())
    assert (verdict.sealed, verdict.why) == (5, None)


def test_the_chain_goes_on_from_the_batch_before(app: Flask) -> None:
    entries(2)
    sealed()
    first = verify(db.session()).last_seal
    entries(1)
    sealed()
    verdict = verify(db.session())
    assert (verdict.sealed, verdict.why) == (3, None)
    assert verdict.last_seal != first


@pytest.mark.parametrize(
    ("bend", "why"),
    [
        ("UPDATE journal_entry SET detail = 'nothing' WHERE number = 2", "entry 2 was changed"),
        ("UPDATE journal_entry SET actor_id = 7 WHERE number = 2", "entry 2 was changed"),
        ("DELETE FROM journal_entry WHERE number = 2", "entry 2 is missing"),
        ("UPDATE journal_entry SET seal = NULL, number = NULL WHERE number = 2",
         "entry 2 is missing"),
        ("UPDATE journal_entry SET number = -number WHERE number = 1", "entry 1 is missing"),
    ],
)  # fmt: skip
def test_whoever_bends_a_sealed_entry_is_found(app: Flask, bend: str, why: str) -> None:
    entries(4)
    sealed()
    with db.engine.begin() as connection:
        connection.exec_driver_sql(bend)
    assert verify(db.session()).why == why


def test_several_workers_at_once_make_one_chain(app: Flask) -> None:
    entries(40)
    shot = Barrier(4)

    def work() -> None:
        shot.wait(10)
        with app.app_context():
            while sealed(5):
                pass

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    verdict = verify(db.session())
    assert (verdict.sealed, verdict.why) == (40, None)


def test_the_command_names_the_first_broken_entry(app: Flask) -> None:
    entries(3)
    sealed()
    run = app.test_cli_runner().invoke(args=["journal", "verify"])
    assert (run.exit_code, run.output[:18]) == (0, "3 entries in order")
    db.session.rollback()  # in the test's one context; a command of its own begins anew
    with db.engine.begin() as connection:
        row = connection.exec_driver_sql("SELECT id FROM journal_entry WHERE number = 3").scalar()
        connection.exec_driver_sql("UPDATE journal_entry SET subject = 'x' WHERE number = 3")
    run = app.test_cli_runner().invoke(args=["journal", "verify"])
    assert run.exit_code == 1
    assert run.output.splitlines()[1] == f"BROKEN: entry 3 was changed (row {row})"

"""Each invariant holds after ordinary days, and tells when somebody bends a row under it."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.house.invariants import INVARIANTS, broken
from tests.makers import a_child, a_nursery, an_account
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service.bookings import book
from ylyx_site.childcare.service.endings import CancelWish, cancel
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.journal.sealing import seal
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import once

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
BENT = {
    "taken is what live bookings claim":
        "UPDATE place_slot SET taken = 0 WHERE taken = 1 AND slot = 16",
    "every live booking stands on published half hours":
        "DELETE FROM place_slot WHERE slot = 16",
    "no more are taken than there is room":
        "UPDATE place_slot SET wanted = 99 WHERE slot = 16",
    "no child has overlapping live bookings":
        "UPDATE care_day SET state = 'booked', day = '2026-11-24'",
    "every key has its effect":
        "UPDATE form_key SET answer = '/childcare/bookings/NOSUCH'",
    "every booking has its days and its journal entry":
        "DELETE FROM journal_entry WHERE action = 'childcare.booked'",
    "a day's facility is its booking's and its class's":
        "UPDATE care_class SET facility_id = (SELECT max(id) FROM facility)",
    "what has ended says when and by whom, and nothing else does":
        "UPDATE care_day SET ended_by = NULL",
    "consent is older than the child's record":
        "UPDATE consent SET given_at = '2030-01-01 00:00:00'",
    "no telephone number stands outside its column":
        "UPDATE journal_entry SET detail = '13800000001'",
}  # fmt: skip


def ordinary_days() -> None:
    """Wang's child is booked for two days and one of them cancelled; a second house stands by."""
    now = clock.now()
    with transaction() as session:
        house, _other = a_nursery(session), a_nursery(session, name="木星托育中心")
        wang = an_account(session, password=None)
        child = a_child(session, wang.id)
        wish = CareWish(house.id, (child.id,), (TUESDAY, WEDNESDAY), CareKind.FULL_DAY)
        answer = "/childcare/bookings/7K392F"
        once(session, "a-key-of-wang", wish, actor_id=wang.id, answer=answer, now=now)
        book(session, wish, actor_id=wang.id, code="7K392F", now=now)
        cancel(session, CancelWish("7K392F", (WEDNESDAY,)), actor_id=wang.id, now=now)
        seal(session)


def test_all_invariants_hold_after_ordinary_days(app: Flask) -> None:
    ordinary_days()
    assert broken(db.session()) == []


@pytest.mark.parametrize("sentence", INVARIANTS)
def test_a_bent_row_is_told(app: Flask, sentence: str) -> None:
    ordinary_days()
    with db.engine.begin() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        connection.execute(sa.text(BENT[sentence]))
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")
    assert [line for line in broken(db.session()) if line.startswith(sentence)]

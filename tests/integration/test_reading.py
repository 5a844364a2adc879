"""Reading cannot write, whatever it is sent; a long list is of one moment."""

import pytest
import sqlalchemy as sa
from flask import Flask

from ylyx_site.shared.db import db, in_portions, transaction
from ylyx_site.shared.stamps import Stamp, numbers_of, stamp

pytestmark = pytest.mark.usefixtures("app")


def test_what_reads_cannot_write_past_our_own_guard() -> None:
    session = db.session()
    numbers_of(session, ["calendar"])
    with pytest.raises(sa.exc.DBAPIError, match=r"read-only|readonly"):
        session.connection().exec_driver_sql("DELETE FROM stamp")


def test_a_connection_that_has_read_writes_and_reads_again() -> None:
    for number in range(3):
        assert len(numbers_of(db.session(), ["a", "b", "c"])) == number
        with transaction() as session:
            stamp(session, ["abc"[number]])


def test_what_is_written_and_not_committed_is_seen_by_nobody_else(app: Flask) -> None:
    with transaction() as session:
        stamp(session, ["calendar"])
        with app.app_context():
            assert numbers_of(db.session(), ["calendar"]) == {}
    assert list(numbers_of(db.session(), ["calendar"])) == ["calendar"]


def test_a_long_list_is_read_twice_and_the_connection_still_writes() -> None:
    with transaction() as session:
        stamp(session, [f"facility:{number}" for number in range(2500)])
    names = sa.select(Stamp.name).order_by(Stamp.name)
    for _time in range(2):
        assert len(list(in_portions(db.session(), names))) == 2500
    with transaction() as session:
        stamp(session, ["calendar"])
    assert list(numbers_of(db.session(), ["calendar"])) == ["calendar"]

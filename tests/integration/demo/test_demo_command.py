"""`flask demo`: once, in an empty database, on any day of the year."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.makers import a_nursery
from ylyx_site.childcare.models import CareDay
from ylyx_site.facilities.models import Facility
from ylyx_site.ledger import findings
from ylyx_site.meals.models import MenuDay, MenuItem
from ylyx_site.places.models import PlaceDay, PlaceSlot
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.stamps import Stamp

pytestmark = pytest.mark.slow


def run(app: Flask) -> tuple[int, str]:
    """Exit code and what is said."""
    done = app.test_cli_runner().invoke(args=["demo"])
    return done.exit_code, done.output.strip()


def rows_by_table() -> dict[str, int]:
    db.session.rollback()
    return {
        table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in db.metadata.sorted_tables
    }


def test_the_second_run_changes_nothing_and_a_later_one_publishes_days(app: Flask) -> None:
    assert run(app)[0] == 0
    first = rows_by_table()
    assert run(app) == (0, "已经有示例数据。")
    assert rows_by_table() == first
    with clock.moved(timedelta(days=3)):
        assert run(app) == (0, "已经有示例数据。")
    later = rows_by_table()
    published = {
        model.__tablename__
        for model in (PlaceDay, PlaceSlot, MenuDay, MenuItem, Stamp)  # stamped: the queue may run
    }  # fmt: skip
    assert {name for name, rows in later.items() if rows != first[name]} == published
    assert db.session.scalar(sa.select(sa.func.max(PlaceDay.day))) == date(2027, 1, 25)


def test_bookings_that_reach_into_2027_leave_out_the_first_of_january(app: Flask) -> None:
    with clock.standing_at("2026-12-28T08:00:00+08:00"):
        assert run(app)[0] == 0
    days = sorted(set(db.session.scalars(sa.select(CareDay.day))))
    assert (days[0], days[-1]) == (date(2026, 12, 21), date(2027, 1, 12))
    assert date(2027, 1, 1) not in days
    assert len(days) == 16
    assert findings(db.session()) == []


def test_a_database_with_other_facilities_is_left_alone(app: Flask) -> None:
    with transaction() as session:
        a_nursery(session, publish_until=None)
    before = rows_by_table()
    assert run(app) == (
        1, "数据库里已有别的机构或账号，示例数据只能写进空的数据库。",
    )  # fmt: skip
    assert rows_by_table() == before


def test_production_takes_no_invented_people(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "DEMO", False)
    assert run(app) == (
        1, "正式运行的网站不能写入示例数据，请先把 YLYX_MODE 设为 demo。",
    )  # fmt: skip
    assert db.session.scalars(sa.select(Facility.id)).all() == []

"""The named centre's day so far: its list at the door has something of everything."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from ylyx_site.attendance.kinds import CheckKind, Result, Standing
from ylyx_site.attendance.queries.board import ChildRow, board
from ylyx_site.entry.queries.gate import lacks_of
from ylyx_site.facilities.models import Facility
from ylyx_site.opening.queries.morning import opened_on
from ylyx_site.shared import clock
from ylyx_site.shared.db import db

pytestmark = pytest.mark.slow
TODAY = date(2026, 11, 23)


def house() -> int:
    named = sa.select(Facility.id).where(Facility.name == "金星托育中心")
    return db.session.scalars(named).one()


def rows() -> list[ChildRow]:
    return board(db.session(), house(), TODAY)


def test_at_eight_some_are_here_one_is_away_one_is_too_warm_and_others_come(
    district: Flask,
) -> None:
    found = {one.standing for one in rows()}
    assert found == {Standing.EXPECTED, Standing.REFUSED, Standing.HERE, Standing.ABSENT}
    assert opened_on(db.session(), house(), TODAY) is not None


def test_nobody_has_come_before_the_doors_opened_or_later_than_now(district: Flask) -> None:
    came = [clock.minute_of(one.it.arrived_at) for one in rows() if one.it.arrived_at]
    assert came and min(came) >= 450 and max(came) <= 480


def test_nobody_came_in_who_lacks_a_paper_or_was_found_not_well(district: Flask) -> None:
    came = [one for one in rows() if one.it.arrived_at]
    children = {one.it.child_id for one in came}
    assert not lacks_of(db.session(), house(), children, TODAY).keys() & children
    assert {one.checks.get(CheckKind.MORNING, Result.OK) for one in came} == {Result.OK}
    assert any(CheckKind.MORNING not in one.checks for one in came)

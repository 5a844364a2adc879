"""The roster changes while twenty book: never more than the capacity of the moment."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.integration.places.desk import ALL_DAY, TUESDAY, house_of, resource_of_class
from tests.integration.places.test_capacity_race import together
from tests.integration.staffing.house import House, limits, on_duty
from ylyx_site.ledger import findings
from ylyx_site.places.claims import Claim
from ylyx_site.places.errors import Full
from ylyx_site.places.models import PlaceSlot
from ylyx_site.places.service import take
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.staffing.errors import OnAnotherRoster
from ylyx_site.staffing.kinds import ShiftKind
from ylyx_site.staffing.service.leave import take_leave
from ylyx_site.staffing.service.shifts import plan_shift
from ylyx_site.staffing.wishes import LeaveWish, ShiftWish

pytestmark = pytest.mark.race


def test_the_roster_changes_while_twenty_book(app: Flask, house: House) -> None:
    with transaction() as session:
        for carer_id in house.carers:
            on_duty(session, house.ours, carer_id, house.younger, [TUESDAY])
        ids = (
            house_of(session, house.ours),
            resource_of_class(session, house.ours, house.younger),
        )

    def book() -> str:
        try:
            with transaction() as session:
                take(session, [Claim(one, TUESDAY, ALL_DAY) for one in ids])
        except Full:
            return "full"
        return "yes"

    def fall_ill(carer_id: int) -> str:
        with transaction() as session:
            leave = LeaveWish(carer_id, TUESDAY, TUESDAY)
            take_leave(
                session, house.ours, leave, confirmed=True, actor_id=1, now=clock.now()
            )  # fmt: skip
        return "ill"

    ill = [lambda carer_id=one: fall_ill(carer_id) for one in house.carers[:2]]
    answers = together(app, [*[book] * 10, *ill, *[book] * 10])
    taken = answers.count("yes")
    assert answers.count("full") == 20 - taken
    assert 5 <= taken <= 15
    assert slots(ids[1]) == {(5, max(5, taken), taken)}
    assert slots(ids[0]) == {(35, 35, taken)}
    assert together(app, [book, book]) == ["full", "full"]


def slots(resource_id: int) -> set[tuple[int, int, int]]:
    """The different (wanted, capacity, taken) of the day."""
    rows = db.session.execute(
        sa.select(PlaceSlot.wanted, PlaceSlot.capacity, PlaceSlot.taken).where(
            PlaceSlot.resource_id == resource_id, PlaceSlot.day == TUESDAY
        )
    ).all()
    db.session.rollback()
    return {tuple(row) for row in rows}  # type: ignore[misc]


def test_two_changes_of_the_roster_at_once_both_reach_the_ledger(app: Flask, house: House) -> None:
    def plan(carer_id: int) -> str:
        wish = ShiftWish(carer_id, house.younger, (TUESDAY,), 450, 1050, ShiftKind.DUTY)
        with transaction() as session:
            plan_shift(session, house.ours, wish, confirmed=True, actor_id=1, now=clock.now())
        return "planned"

    jobs = [lambda carer_id=one: plan(carer_id) for one in house.carers]
    assert together(app, jobs) == ["planned"] * 3
    assert limits(db.session(), house.younger, TUESDAY) == {15}
    assert findings(db.session()) == []


def test_one_carer_planned_twice_at_once_is_planned_once(app: Flask, house: House) -> None:
    def plan(class_id: int) -> str:
        wish = ShiftWish(house.carers[0], class_id, (TUESDAY,), 450, 1050, ShiftKind.DUTY)
        try:
            with transaction() as session:
                plan_shift(session, house.ours, wish, confirmed=True, actor_id=1, now=clock.now())
        except OnAnotherRoster:
            return "refused"
        return "planned"

    jobs = [lambda class_id=one: plan(class_id) for one in (house.younger, house.older)]
    assert sorted(together(app, jobs)) == ["planned", "refused"]
    assert findings(db.session()) == []

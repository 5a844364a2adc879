"""`flask ledger audit`: silent when counters are what live bookings claim, exact when not."""

from datetime import date

import sqlalchemy as sa
from flask import Flask

from tests.makers import a_child, a_nursery, an_account
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service.bookings import book
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.places.busy import CHILD, Presence, free
from ylyx_site.places.models import PlaceSlot
from ylyx_site.places.queries import resource_ids
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.spans import TimeSpan

TUESDAY = date(2026, 11, 24)


def a_booking() -> tuple[int, int]:
    """A child booked for Tuesday morning, committed; the nursery's and the child's number."""
    with transaction() as session:
        house = a_nursery(session)
        wang = an_account(session, password=None)
        child = a_child(session, wang.id)
        wish = CareWish(house.id, (child.id,), (TUESDAY,), CareKind.HALF_DAY, half="am")
        book(session, wish, actor_id=wang.id, code="7K392F", now=clock.now())
    return house.id, child.id


def test_a_right_ledger_is_one_line(app: Flask) -> None:
    a_booking()
    run = app.test_cli_runner().invoke(args=["ledger", "audit"])
    assert run.exit_code == 0
    assert run.output.split(" half hours")[1] == " checked, 0 differences\n"
    assert len(run.output.splitlines()) == 1


def test_each_difference_is_named(app: Flask) -> None:
    house, child = a_booking()
    with transaction() as session:
        resources = resource_ids(session, [house])
        session.execute(
            sa.update(PlaceSlot)
            .where(PlaceSlot.resource_id == resources["facility", house])
            .where(PlaceSlot.day == TUESDAY, PlaceSlot.slot == 16)
            .values(taken=0)
        )
        free(session, CHILD, [Presence(child, TUESDAY, TimeSpan(450, 480))])
    run = app.test_cli_runner().invoke(args=["ledger", "audit"])
    assert run.exit_code == 1
    assert run.output.splitlines()[:-1] == [
        f"facility:{house} 2026-11-24 08:00 taken 0 claimed 1",
        f"child:{child} 2026-11-24 kept half hours differ",
    ]


def test_a_claim_without_published_half_hours_is_named(app: Flask) -> None:
    house, _ = a_booking()
    with transaction() as session:
        session.execute(sa.delete(PlaceSlot).where(PlaceSlot.slot == 15))
    run = app.test_cli_runner().invoke(args=["ledger", "audit"])
    assert run.exit_code == 1
    assert f"facility:{house} 2026-11-24 07:30 taken unpublished claimed 1" in run.output

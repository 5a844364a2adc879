"""The ledger takes all or none, gives back, and never drops what is booked."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.makers import a_nursery
from ylyx_site.facilities.kinds import ClassKind
from ylyx_site.facilities.models import Closure, ClosureKind, RegisteredPlaces
from ylyx_site.places.busy import CHILD, Presence, free, occupy
from ylyx_site.places.claims import Claim
from ylyx_site.places.errors import AlreadySomewhere, Full, LedgerBrokenError
from ylyx_site.places.models import PlaceSlot, ResourceKind
from ylyx_site.places.publishing import extend, publish_days, republish
from ylyx_site.places.queries import resource_ids
from ylyx_site.places.service import give_back, take
from ylyx_site.shared import clock
from ylyx_site.shared.spans import TimeSpan

TUESDAY = date(2026, 11, 24)
MORNING = TimeSpan(450, 720)
NOON = TimeSpan(690, 750)


def house_of(session: Session, facility_id: int) -> int:
    """The resource of a whole facility."""
    return resource_ids(session, [facility_id])[ResourceKind.FACILITY, facility_id]


def taken(session: Session, resource_id: int, day: date) -> list[int]:
    """What is taken of a resource's day, by half hour."""
    return list(
        session.scalars(
            sa.select(PlaceSlot.taken)
            .where(PlaceSlot.resource_id == resource_id, PlaceSlot.day == day)
            .order_by(PlaceSlot.slot)
        )
    )


def test_a_published_day_has_every_open_half_hour(session: Session) -> None:
    nursery = a_nursery(session, registered_places=20)
    rows = session.execute(
        sa.select(PlaceSlot.slot, PlaceSlot.capacity)
        .where(PlaceSlot.resource_id == house_of(session, nursery.id), PlaceSlot.day == TUESDAY)
        .order_by(PlaceSlot.slot)
    ).all()
    assert [tuple(row) for row in rows] == [(slot, 20) for slot in range(15, 35)]


def test_the_weekend_has_no_half_hours(session: Session) -> None:
    nursery = a_nursery(session)
    assert taken(session, house_of(session, nursery.id), date(2026, 11, 28)) == []


def test_taking_moves_only_the_half_hours_of_the_span(session: Session) -> None:
    house = house_of(session, a_nursery(session).id)
    take(session, [Claim(house, TUESDAY, MORNING)])
    assert taken(session, house, TUESDAY) == [1] * 9 + [0] * 11


def test_taking_refuses_when_one_half_hour_is_full_and_names_it(session: Session) -> None:
    house = house_of(session, a_nursery(session, registered_places=1).id)
    take(session, [Claim(house, TUESDAY, MORNING)])
    with pytest.raises(Full) as refused:
        take(session, [Claim(house, TUESDAY, NOON)])
    assert refused.value.slots == [(house, TUESDAY, 23)]


def test_taking_an_unpublished_day_is_full(session: Session) -> None:
    house = house_of(session, a_nursery(session).id)
    with pytest.raises(Full):
        take(session, [Claim(house, date(2027, 6, 1), MORNING)])


def test_giving_back_restores_exactly(session: Session) -> None:
    house = house_of(session, a_nursery(session).id)
    take(session, [Claim(house, TUESDAY, MORNING), Claim(house, TUESDAY, NOON)])
    give_back(session, [Claim(house, TUESDAY, MORNING)])
    assert taken(session, house, TUESDAY) == [0] * 8 + [1, 1] + [0] * 10


def test_giving_back_a_day_that_never_was_is_a_bug(session: Session) -> None:
    house = house_of(session, a_nursery(session).id)
    with pytest.raises(LedgerBrokenError):
        give_back(session, [Claim(house, date(2027, 6, 1), MORNING)])


def test_lowering_keeps_what_is_taken_lists_it_and_lets_nobody_in(session: Session) -> None:
    nursery = a_nursery(session, registered_places=3)
    house = house_of(session, nursery.id)
    take(session, [Claim(house, TUESDAY, MORNING, 3)])
    session.add(RegisteredPlaces(facility_id=nursery.id, from_day=TUESDAY, places=1))
    session.flush()
    over = republish(session, nursery.id, TUESDAY)
    assert [(one.slot, one.taken, one.wanted) for one in over] == [
        (slot, 3, 1) for slot in range(15, 24)
    ]
    give_back(session, [Claim(house, TUESDAY, MORNING)])
    with pytest.raises(Full):
        take(session, [Claim(house, TUESDAY, MORNING)])


def test_a_closure_after_booking_drops_nobody(session: Session) -> None:
    nursery = a_nursery(session)
    house = house_of(session, nursery.id)
    take(session, [Claim(house, TUESDAY, MORNING)])
    session.add(
        Closure(
            facility_id=nursery.id,
            first_day=TUESDAY,
            last_day=TUESDAY,
            kind=ClosureKind.EMERGENCY,
            reason="停水",
        )
    )
    session.flush()
    over = republish(session, nursery.id, TUESDAY)
    assert {one.wanted for one in over} == {0}
    assert taken(session, house, TUESDAY) == [1] * 9


def test_publishing_again_changes_nothing(session: Session) -> None:
    nursery = a_nursery(session, caps={ClassKind.YOUNGER: 15, ClassKind.OLDER: 10})
    before = session.scalar(sa.select(sa.func.count()).select_from(PlaceSlot))
    assert publish_days(session, [nursery.id], TUESDAY, TUESDAY) == []
    assert session.scalar(sa.select(sa.func.count()).select_from(PlaceSlot)) == before


def test_the_sweep_publishes_sixty_days_and_then_only_the_new_one(session: Session) -> None:
    a_nursery(session, publish_until=None)
    assert extend(session, clock.today()) == 1
    assert session.scalar(sa.select(sa.func.max(PlaceSlot.day))) == date(2027, 1, 22)
    assert extend(session, clock.today()) == 0


def test_one_child_is_in_one_place_at_a_time(session: Session) -> None:
    occupy(session, CHILD, [Presence(5, TUESDAY, MORNING)])
    occupy(session, CHILD, [Presence(5, TUESDAY, TimeSpan(720, 1050))])
    with pytest.raises(AlreadySomewhere) as clash:
        occupy(session, CHILD, [Presence(5, TUESDAY, NOON), Presence(6, TUESDAY, NOON)])
    assert clash.value.clashes == [(5, TUESDAY)]


def test_freed_half_hours_can_be_kept_again(session: Session) -> None:
    occupy(session, CHILD, [Presence(5, TUESDAY, MORNING)])
    free(session, CHILD, [Presence(5, TUESDAY, MORNING)])
    occupy(session, CHILD, [Presence(5, TUESDAY, NOON)])

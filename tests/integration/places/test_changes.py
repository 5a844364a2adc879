"""A change of the register reaches the ledger at once, drops nobody, and asks before it hurts."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.integration.places.desk import (
    ALL_DAY,
    MORNING,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    District,
    a_district,
    actions,
    book,
    class_of,
    half_hours,
    house_of,
    resource_of_class,
)
from ylyx_site.facilities.errors import InThePast
from ylyx_site.facilities.kinds import ClassKind, ClosureKind, Filing
from ylyx_site.facilities.models import CareClass, Closure, Facility
from ylyx_site.facilities.service import ClassWish
from ylyx_site.places.claims import Claim
from ylyx_site.places.errors import Full, OverBooked
from ylyx_site.places.kinds import FilingReason
from ylyx_site.places.models import PlaceSlot, Resource
from ylyx_site.places.queries import over_booked
from ylyx_site.places.rules import OverDay
from ylyx_site.places.service import capacity, opening, take
from ylyx_site.places.wishes import (
    CapWish,
    ClosureWish,
    EndWish,
    FilingWish,
    LiftWish,
    NewClassWish,
    PlacesWish,
    WeekWish,
)
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import NotFound

WEEK = ((450, 1050),) * 5 + ((None, None),) * 2
SHORT_WEEK = ((450, 720),) * 5 + ((None, None),) * 2


@pytest.fixture
def district(session: Session) -> District:
    return a_district(session)


def change(command: Callable[..., None], session: Session, facility_id: int, wish: object) -> None:
    """Run a command that nobody has confirmed."""
    command(session, facility_id, wish, confirmed=False, actor_id=1, now=clock.now())


def confirm(command: Callable[..., None], session: Session, facility_id: int, wish: object) -> None:
    """Run a command that has been confirmed."""
    command(session, facility_id, wish, confirmed=True, actor_id=1, now=clock.now())


def test_fewer_registered_places_list_exactly_the_days_that_are_over(
    session: Session, district: District
) -> None:
    book(session, district.ours, district.our_class, [TUESDAY], 3, MORNING)
    book(session, district.ours, district.our_class, [THURSDAY], 3)
    book(session, district.ours, district.our_class, [WEDNESDAY], 2)
    with pytest.raises(OverBooked) as asked:
        change(capacity.change_places, session, district.ours, PlacesWish(2, TUESDAY))
    house = house_of(session, district.ours)
    assert asked.value.days == [
        OverDay(TUESDAY, house, (MORNING,), 3, 2),
        OverDay(THURSDAY, house, (ALL_DAY,), 3, 2),
    ]


def test_days_before_the_change_are_not_listed(session: Session, district: District) -> None:
    book(session, district.ours, district.our_class, [TUESDAY], 3)
    change(capacity.change_places, session, district.ours, PlacesWish(2, WEDNESDAY))
    house = house_of(session, district.ours)
    assert half_hours(session, house, TUESDAY) == {(4, 4, 3)}
    assert half_hours(session, house, WEDNESDAY) == {(2, 2, 0)}


def test_confirmed_it_keeps_what_is_booked_and_lets_nobody_in(
    session: Session, district: District
) -> None:
    book(session, district.ours, district.our_class, [TUESDAY], 3)
    confirm(capacity.change_places, session, district.ours, PlacesWish(2, TUESDAY))
    house = house_of(session, district.ours)
    assert half_hours(session, house, TUESDAY) == {(2, 3, 3)}
    with pytest.raises(Full):
        take(session, [Claim(house, TUESDAY, MORNING)])


def test_a_later_change_does_not_ask_again_about_the_same_days(
    session: Session, district: District
) -> None:
    book(session, district.ours, district.our_class, [TUESDAY], 3)
    confirm(capacity.change_places, session, district.ours, PlacesWish(2, TUESDAY))
    older = class_of(session, district.ours, ClassKind.OLDER)
    change(capacity.change_cap, session, district.ours, CapWish(older, 1, TUESDAY))
    assert len(over_booked(session, district.ours, TUESDAY)) == 20


def test_a_smaller_class_lists_its_own_days(session: Session, district: District) -> None:
    book(session, district.ours, district.our_class, [TUESDAY], 3)
    with pytest.raises(OverBooked) as asked:
        change(capacity.change_cap, session, district.ours, CapWish(district.our_class, 1, TUESDAY))
    resource = resource_of_class(session, district.ours, district.our_class)
    assert asked.value.days == [OverDay(TUESDAY, resource, (ALL_DAY,), 3, 1)]


def test_ending_a_class_lists_who_is_booked_in_it_and_keeps_them(
    session: Session, district: District
) -> None:
    book(session, district.ours, district.our_class, [WEDNESDAY], 1)
    wish = EndWish(district.our_class, WEDNESDAY)
    confirm(capacity.end_class, session, district.ours, wish)
    resource = resource_of_class(session, district.ours, district.our_class)
    assert half_hours(session, resource, TUESDAY) == {(3, 3, 0)}
    assert half_hours(session, resource, WEDNESDAY) == {(0, 1, 1)}
    assert half_hours(session, resource, THURSDAY) == set()


def test_a_new_class_has_places_on_every_published_day(
    session: Session, district: District
) -> None:
    wish = NewClassWish(WEDNESDAY, ClassWish(ClassKind.MIXED, "混合班", children=2))
    capacity.add_class(session, district.ours, wish, actor_id=1, now=clock.now())
    class_id = session.scalars(
        sa.select(CareClass.id).where(CareClass.kind == ClassKind.MIXED)
    ).one()
    resource, house = (
        resource_of_class(session, district.ours, class_id),
        house_of(session, district.ours),
    )

    def days(resource_id: int) -> list[date]:
        return list(
            session.scalars(
                sa.select(PlaceSlot.day)
                .where(PlaceSlot.resource_id == resource_id, PlaceSlot.day >= WEDNESDAY)
                .distinct()
                .order_by(PlaceSlot.day)
            )
        )

    assert days(resource) == days(house)
    assert half_hours(session, resource, TUESDAY) == set()
    assert half_hours(session, resource, date(2026, 12, 31)) == {(2, 2, 0)}


def test_shorter_opening_lists_the_hours_that_fall_away(
    session: Session, district: District
) -> None:
    book(session, district.ours, district.our_class, [WEDNESDAY], 1)
    with pytest.raises(OverBooked) as asked:
        change(opening.change_week, session, district.ours, WeekWish(TUESDAY, SHORT_WEEK))
    assert {(one.day, str(one.spans[0])) for one in asked.value.days} == {
        (WEDNESDAY, "12:00–17:30")
    }


def test_the_same_week_changes_nothing_and_writes_nothing(
    session: Session, district: District
) -> None:
    change(opening.change_week, session, district.ours, WeekWish(TUESDAY, WEEK))
    assert actions(session, district.ours) == []


def test_a_week_that_begins_in_the_past_is_refused(session: Session, district: District) -> None:
    with pytest.raises(InThePast):
        change(opening.change_week, session, district.ours, WeekWish(date(2026, 11, 22), WEEK))


def test_a_closure_shuts_its_days_and_lifting_it_restores_them(
    session: Session, district: District
) -> None:
    house = house_of(session, district.ours)
    wish = ClosureWish(ClosureKind.OWN, TUESDAY, WEDNESDAY, "教师培训")
    change(opening.close, session, district.ours, wish)
    assert half_hours(session, house, TUESDAY) == set()
    assert half_hours(session, house, THURSDAY) == {(4, 4, 0)}
    closure_id = session.scalars(sa.select(Closure.id)).one()
    opening.lift(session, district.ours, LiftWish(closure_id), actor_id=1, now=clock.now())
    assert half_hours(session, house, TUESDAY) == {(4, 4, 0)}
    assert actions(session, district.ours) == ["facilities.closed", "facilities.closure_lifted"]


def test_a_closure_of_booked_days_asks_and_cancels_nobody(
    session: Session, district: District
) -> None:
    book(session, district.ours, district.our_class, [TUESDAY], 2)
    wish = ClosureWish(ClosureKind.EMERGENCY, TUESDAY, TUESDAY, "停水")
    confirm(opening.close, session, district.ours, wish)
    assert half_hours(session, house_of(session, district.ours), TUESDAY) == {(0, 2, 2)}


def test_a_closure_of_another_nursery_cannot_be_lifted(
    session: Session, district: District
) -> None:
    wish = ClosureWish(ClosureKind.OWN, TUESDAY, TUESDAY, "教师培训")
    change(opening.close, session, district.theirs, wish)
    closure_id = session.scalars(sa.select(Closure.id)).one()
    with pytest.raises(NotFound):
        opening.lift(session, district.ours, LiftWish(closure_id), actor_id=1, now=clock.now())


def test_suspension_lets_nobody_in_and_drops_nobody(session: Session, district: District) -> None:
    book(session, district.ours, district.our_class, [TUESDAY], 2)
    wish = FilingWish(Filing.SUSPENDED, None, FilingReason.HAZARD)
    with pytest.raises(OverBooked):
        change(capacity.change_filing, session, district.ours, wish)
    session.expire_all()
    confirm(capacity.change_filing, session, district.ours, wish)
    house = house_of(session, district.ours)
    assert half_hours(session, house, TUESDAY) == {(0, 2, 2)}
    assert half_hours(session, house, WEDNESDAY) == set()
    assert half_hours(session, house_of(session, district.theirs), TUESDAY) == {(20, 20, 0)}


def test_filing_publishes_sixty_days_ahead(session: Session, district: District) -> None:
    nursery = session.get_one(Facility, district.ours)
    nursery.filing = Filing.IN_FILING
    resources = sa.select(Resource.id).where(Resource.facility_id == district.ours)
    session.execute(sa.delete(PlaceSlot).where(PlaceSlot.resource_id.in_(resources)))
    session.flush()
    wish = FilingWish(Filing.FILED, "备 1", FilingReason.COMPLETE)
    change(capacity.change_filing, session, district.ours, wish)
    house = house_of(session, district.ours)
    assert half_hours(session, house, date(2027, 1, 22)) == {(4, 4, 0)}
    assert actions(session, district.ours) == [
        "facilities.filing_changed", "places.filing_decided",
    ]  # fmt: skip

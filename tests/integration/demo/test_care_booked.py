"""The bookings of the demo district: the ledger adds up, and there is something to find."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from ylyx_site.childcare.models import CareBooking, CareDay
from ylyx_site.childcare.queries.claims import live_presences
from ylyx_site.facilities.kinds import FacilityKind, Filing, Nature
from ylyx_site.facilities.models import CareClass, Facility
from ylyx_site.families.kinds import PersonKind
from ylyx_site.families.models import Bond, Person
from ylyx_site.identity import demo
from ylyx_site.identity.models import Account, Grant
from ylyx_site.ledger import findings
from ylyx_site.places.models import PlaceSlot, Resource, ResourceKind
from ylyx_site.places.queries import audit_presence
from ylyx_site.shared.ages import months_on
from ylyx_site.shared.db import db

pytestmark = pytest.mark.slow
MONDAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
MORNING = range(15, 24)  # half hours from 07:30 to 12:00


def least_left(kind: ResourceKind, day: date, slots: range) -> dict[int, int]:
    """Owner (facility or class) → fewest places left in these half hours of a day."""
    rows = db.session.execute(
        sa.select(Resource.owner_id, sa.func.min(PlaceSlot.capacity - PlaceSlot.taken))
        .join(Resource, Resource.id == PlaceSlot.resource_id)
        .where(Resource.kind == kind, PlaceSlot.day == day, PlaceSlot.slot.in_(slots))
        .group_by(Resource.owner_id)
    )
    return {row[0]: row[1] for row in rows}


def account_id(phone: str) -> int:
    return db.session.scalars(sa.select(Account.id).where(Account.phone == phone)).one()


def children_of(phone: str) -> list[Person]:
    children = sa.select(Person).join(Bond, Bond.person_id == Person.id)
    return list(
        db.session.scalars(
            children.where(Bond.account_id == account_id(phone)).order_by(Person.born_on.desc())
        )
    )


def test_ledger_equals_what_is_booked(district: Flask) -> None:
    assert findings(db.session()) == []
    assert audit_presence(db.session, "child", live_presences(db.session)) == []


def test_a_child_of_20_months_finds_a_morning_in_the_named_centre_tomorrow(district: Flask) -> None:
    centre = db.session.scalars(sa.select(Facility.id).where(Facility.name == "金星托育中心")).one()
    classes = db.session.scalars(
        sa.select(CareClass.id).where(
            CareClass.facility_id == centre, CareClass.from_months <= 20, CareClass.to_months > 20
        )
    )
    left = least_left(ResourceKind.CLASS, TOMORROW, MORNING)
    assert max(left[class_id] for class_id in classes) > 0
    assert least_left(ResourceKind.FACILITY, TOMORROW, MORNING)[centre] > 0


def test_some_houses_are_full_tomorrow_and_some_nearly(district: Flask) -> None:
    left = list(least_left(ResourceKind.FACILITY, TOMORROW, range(15, 35)).values())
    assert len(left) == 44
    assert left.count(0) >= 1
    assert left.count(1) + left.count(2) >= 3
    assert max(left) > 20


def test_seven_places_in_ten_are_taken_tomorrow(district: Flask) -> None:
    taken, capacity = db.session.execute(
        sa.select(sa.func.sum(PlaceSlot.taken), sa.func.sum(PlaceSlot.capacity))
        .join(Resource, Resource.id == PlaceSlot.resource_id)
        .where(
            Resource.kind == ResourceKind.FACILITY, PlaceSlot.day == TOMORROW, PlaceSlot.slot == 20
        )
    ).one()
    assert capacity == 1727 - 195
    assert 0.65 < taken / capacity < 0.75


def test_every_enrolled_child_of_a_filed_house_is_a_person_of_the_class_age(
    district: Flask,
) -> None:
    rows = db.session.execute(
        sa.select(Person.born_on, CareDay.day, CareClass.from_months, CareClass.to_months)
        .join(CareDay, CareDay.child_id == Person.id)
        .join(CareClass, CareClass.id == CareDay.class_id)
    ).all()
    assert len(rows) > 10_000
    assert [r for r in rows if not r[2] <= months_on(r.born_on, r.day) < r[3]] == []
    enrolled = db.session.scalar(
        sa.select(sa.func.sum(Facility.enrolled_reported)).where(Facility.filing == Filing.FILED)
    )
    children = sa.select(sa.func.count()).where(Person.kind == PersonKind.CHILD)
    assert db.session.scalar(children) == enrolled + len(["明明", "朵朵", "乐乐"])


def test_houses_in_filing_take_no_bookings(district: Flask) -> None:
    in_filing = sa.select(Facility.id).where(Facility.filing == Filing.IN_FILING)
    booked = sa.select(CareBooking.id).where(CareBooking.facility_id.in_(in_filing))
    resources = sa.select(Resource.id).where(Resource.facility_id.in_(in_filing))
    assert db.session.scalars(booked).all() == []
    assert db.session.scalars(resources).all() == []


def test_kindergartens_take_no_infants(district: Flask) -> None:
    youngest = (
        sa.select(sa.func.min(CareClass.from_months), sa.func.max(CareClass.to_months))
        .join(Facility, Facility.id == CareClass.facility_id)
        .where(Facility.kind == FacilityKind.NURSERY)
    )
    kindergarten = youngest.where(Facility.nature == Nature.KINDERGARTEN)
    others = youngest.where(Facility.nature != Nature.KINDERGARTEN)
    assert tuple(db.session.execute(kindergarten).one()) == (18, 36)
    assert tuple(db.session.execute(others).one()) == (6, 36)


def test_the_cast_is_who_the_sign_in_page_offers(district: Flask) -> None:
    with_password = sa.select(Account.phone).where(Account.password_hash.is_not(None))
    assert set(db.session.scalars(with_password)) == set(demo.PEOPLE)
    assert [phone for phone, _words in demo.people(db.session)] == list(demo.PEOPLE)
    roles = db.session.execute(
        sa.select(Account.phone, Grant.role, Facility.name, Grant.division_code)
        .join(Grant, Grant.account_id == Account.id)
        .outerjoin(Facility, Facility.id == Grant.facility_id)
        .order_by(Account.phone)
    )
    assert [tuple(row) for row in roles] == [
        ("13800000010", "head", "金星托育中心", None),
        ("13800000011", "carer", "金星托育中心", None),
        ("13800000012", "head", "海棠宝贝托育中心", None),
        ("13800000020", "canteen_manager", "水峰社区老年食堂", None),
        ("13800000021", "clerk", "水峰社区老年食堂", None),
        ("13800000022", "courier", "水峰社区老年食堂", None),
        ("13800000030", "health_supervisor", None, "500111"),
        ("13800000031", "civil_supervisor", None, "500111"),
        ("13800000040", "administrator", None, None),
    ]


def test_nobody_has_a_number_outside_the_invented_ranges(district: Flask) -> None:
    phones = set(db.session.scalars(sa.select(Account.phone)))
    guardians = phones - set(demo.PEOPLE)
    assert len(guardians) > 1000
    assert {phone[:7] for phone in guardians} == {"1990000"}


def test_wang_has_two_children_and_bookings_before_and_after_today(district: Flask) -> None:
    children = children_of("13800000001")
    assert [(one.name, months_on(one.born_on, MONDAY)) for one in children] == [
        ("张明明", 20),
        ("张朵朵", 30),
    ]
    assert [months_on(one.born_on, MONDAY) for one in children_of("13800000002")] == [11]
    days = db.session.scalars(
        sa.select(CareDay.day)
        .join(CareBooking, CareBooking.id == CareDay.booking_id)
        .where(CareBooking.account_id == account_id("13800000001"))
        .order_by(CareDay.day)
    )
    assert list(days) == [
        date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 27), date(2026, 12, 2),
    ]  # fmt: skip

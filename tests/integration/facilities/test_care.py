"""Places, classes, prices, hours and limits: by day, with what they refuse."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.integration.facilities.making import MONDAY, TUESDAY, now, register
from ylyx_site.facilities import errors, queries, service
from ylyx_site.facilities.kinds import (
    Basis,
    CareKind,
    ClassKind,
    Deed,
    FacilityKind,
    Filing,
    Nature,
    Tariff,
)
from ylyx_site.facilities.rules import Limit
from ylyx_site.facilities.service import ClassWish
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import TimeSpan

YOUNGER = ClassWish(ClassKind.YOUNGER, "托小班")
YESTERDAY, DECEMBER = MONDAY - timedelta(days=1), date(2026, 12, 1)


def a_house(session: Session, places: int = 20, nature: Nature = Nature.CENTRE) -> int:
    nursery = register(session, nature=nature)
    service.set_registered_places(session, nursery, places, MONDAY, actor_id=None, now=now())
    return nursery


def test_places_hold_from_their_day(session: Session) -> None:
    nursery, other = a_house(session, 20), register(session, "北街托育", number=2)
    service.set_registered_places(session, nursery, 12, TUESDAY, actor_id=None, now=now())
    found = queries.registered_places_between(session, [nursery, other], YESTERDAY, TUESDAY)
    assert found == {(nursery, MONDAY): 20, (nursery, TUESDAY): 12}
    assert queries.registered_places_on(session, [nursery, other], TUESDAY) == {nursery: 12}


@pytest.mark.parametrize(
    ("nature", "places"), [(Nature.CENTRE, -1), (Nature.CENTRE, 10**9), (Nature.HOME, 6)]
)
def test_places_that_cannot_be_are_refused(session: Session, nature: Nature, places: int) -> None:
    nursery = register(session, nature=nature)
    with pytest.raises(errors.TooManyPlaces):
        service.set_registered_places(session, nursery, places, MONDAY, actor_id=None, now=now())


def test_a_canteen_has_no_places(session: Session) -> None:
    canteen = register(session, "宏声食堂", kind=FacilityKind.CANTEEN)
    with pytest.raises(errors.NurseriesOnly):
        service.set_registered_places(session, canteen, 20, MONDAY, actor_id=None, now=now())


def test_class_takes_the_standard_of_its_kind(session: Session) -> None:
    nursery = a_house(session)
    made = service.add_class(session, nursery, YOUNGER, MONDAY, actor_id=None, now=now())
    [found] = queries.classes_of(session, nursery, MONDAY)
    assert (found.id, found.name, found.kind) == (made, "托小班", ClassKind.YOUNGER)
    assert (found.from_months, found.to_months) == (12, 24)
    assert (found.children_per_carer, found.cap) == (5, 15)


def test_class_without_a_number_takes_what_the_house_has(session: Session) -> None:
    nursery = a_house(session, places=8)
    service.add_class(session, nursery, YOUNGER, MONDAY, actor_id=None, now=now())
    assert [one.cap for one in queries.classes_of(session, nursery, MONDAY)] == [8]


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (ClassWish(ClassKind.YOUNGER, "托小班", children=16), errors.TooManyChildren),
        (ClassWish(ClassKind.YOUNGER, "托小班", children=-1), errors.TooManyChildren),
        (ClassWish(ClassKind.YOUNGER, "托小班", children=13), errors.ClassOverPlaces),
        (ClassWish(ClassKind.YOUNGER, "托小班", children_per_carer=6), errors.TooManyPerCarer),
        (ClassWish(ClassKind.YOUNGER, "托小班", children_per_carer=0), errors.TooManyPerCarer),
        (ClassWish(ClassKind.YOUNGER, "托小班", from_months=11), errors.AgesOutsideClass),
        (ClassWish(ClassKind.YOUNGER, "托小班", to_months=12), errors.AgesOutsideClass),
        (ClassWish(ClassKind.YOUNGER, "托"), errors.NameMissing),
    ],
)
def test_class_beyond_the_standard_is_refused(
    session: Session, wish: ClassWish, refusal: type[Exception]
) -> None:
    nursery = a_house(session, places=12)
    with pytest.raises(refusal):
        service.add_class(session, nursery, wish, MONDAY, actor_id=None, now=now())


def test_a_home_takes_five_of_any_age(session: Session) -> None:
    home = a_house(session, 5, Nature.HOME)
    wish = ClassWish(ClassKind.MIXED, "一个家")
    service.add_class(session, home, wish, MONDAY, actor_id=None, now=now())
    [found] = queries.classes_of(session, home, MONDAY)
    assert (found.from_months, found.to_months, found.cap, found.children_per_carer) == (
        0,
        36,
        5,
        3,
    )


def test_caps_hold_from_their_day_until_the_class_ends(session: Session) -> None:
    nursery = a_house(session)
    made = service.add_class(session, nursery, YOUNGER, MONDAY, actor_id=None, now=now())
    service.set_class_cap(session, nursery, made, 10, TUESDAY, actor_id=None, now=now())
    service.end_class(session, nursery, made, TUESDAY + timedelta(days=1), actor_id=None, now=now())
    last = TUESDAY + timedelta(days=2)
    assert queries.class_caps_between(session, [nursery], YESTERDAY, last) == {
        (made, MONDAY): 15,
        (made, TUESDAY): 10,
    }
    assert [one.cap for one in queries.classes_of(session, nursery, TUESDAY)] == [10]
    assert queries.classes_of(session, nursery, last) == []
    assert queries.classes_of(session, nursery, YESTERDAY) == []
    with pytest.raises(errors.ClassEnded):
        service.set_class_cap(session, nursery, made, 10, last, actor_id=None, now=now())


def test_class_of_another_house_does_not_exist(session: Session) -> None:
    nursery, other = a_house(session), register(session, "北街托育", number=2)
    made = service.add_class(session, nursery, YOUNGER, MONDAY, actor_id=None, now=now())
    with pytest.raises(NotFound):
        service.set_class_cap(session, other, made, 1, MONDAY, actor_id=None, now=now())
    with pytest.raises(NotFound):
        service.end_class(session, other, made, TUESDAY, actor_id=None, now=now())
    assert queries.classes_of(session, other, MONDAY) == []


def test_prices_hold_from_their_day(session: Session) -> None:
    nursery, other = a_house(session), register(session, "北街托育", number=2)
    for fen, day in ((8000, MONDAY), (8800, DECEMBER)):
        service.set_price(session, nursery, Tariff.FULL_DAY, fen, day, actor_id=None, now=now())
    before = queries.prices_on(session, [nursery, other], DECEMBER - timedelta(days=1))
    assert before == {nursery: {Tariff.FULL_DAY: 8000}, other: {}}
    after = queries.prices_on(session, [nursery, other], DECEMBER)
    assert after == {nursery: {Tariff.FULL_DAY: 8800}, other: {}}


def test_price_in_force_is_not_changed_and_a_coming_one_may_be(session: Session) -> None:
    nursery = a_house(session)

    def set_price(fen: int, day: date) -> None:
        service.set_price(session, nursery, Tariff.HOUR, fen, day, actor_id=None, now=now())

    set_price(1200, MONDAY)
    set_price(1200, MONDAY)
    with pytest.raises(errors.PriceInForce):
        set_price(1300, MONDAY)
    set_price(1300, DECEMBER)
    set_price(1400, DECEMBER)
    assert queries.prices_on(session, [nursery], DECEMBER) == {nursery: {Tariff.HOUR: 1400}}
    with pytest.raises(errors.InThePast):
        set_price(1, YESTERDAY)
    with pytest.raises(errors.PriceOutOfRange):
        set_price(-1, DECEMBER)


def test_hours_that_are_sold_have_defaults(session: Session) -> None:
    nursery, other = a_house(session), register(session, "北街托育", number=2)
    service.set_care_hours(session, nursery, "am", 480, 690, actor_id=None, now=now())
    assert queries.care_hours(session, nursery)["am"] == TimeSpan(480, 690)
    assert queries.care_hours(session, nursery)["pm"] == TimeSpan(720, 1050)
    assert queries.care_hours(session, other)["am"] == TimeSpan(450, 720)
    with pytest.raises(errors.OffTheGrid):
        service.set_care_hours(session, nursery, "am", 485, 690, actor_id=None, now=now())


def test_own_limit_is_read_back_and_others_keep_the_defaults(session: Session) -> None:
    nursery, other = a_house(session), register(session, "北街托育", number=2)
    key, limit = (CareKind.HOURLY, "", Deed.ADD), Limit(Basis.MINUTES_BEFORE, 30)
    service.set_limit(session, nursery, key, limit, actor_id=None, now=now())
    assert queries.limits(session, nursery)[key] == limit
    assert queries.limits(session, other)[key] == Limit(Basis.MINUTES_BEFORE, 60)


@pytest.mark.parametrize(
    "limit",
    [
        Limit(Basis.DAYS_BEFORE, 31, 0),
        Limit(Basis.DAYS_BEFORE, 0, 1441),
        Limit(Basis.MINUTES_BEFORE, -1),
        Limit(Basis.MINUTES_BEFORE, 10_081),
    ],
)
def test_limit_that_cannot_be_counted_is_refused(session: Session, limit: Limit) -> None:
    nursery = a_house(session)
    key = (CareKind.HOURLY, "", Deed.ADD)
    with pytest.raises(errors.LimitOutOfRange):
        service.set_limit(session, nursery, key, limit, actor_id=None, now=now())


def test_every_command_is_in_the_journal(session: Session) -> None:
    nursery = a_house(session)
    service.change_filing(
        session, nursery, Filing.SUSPENDED, filing_number=None, actor_id=7, now=now()
    )
    contact = service.Contact("13800000001", "南街 2 号", "新的简介")
    service.change_facts(session, nursery, contact, actor_id=7, now=now())
    entries = session.execute(
        sa.select(JournalEntry.action, JournalEntry.subject, JournalEntry.facility_id)
        .where(JournalEntry.actor_id == 7)
        .order_by(JournalEntry.id)
    ).all()
    assert [tuple(entry) for entry in entries] == [
        ("facilities.filing_changed", f"facility:{nursery}", nursery),
        ("facilities.facts_changed", f"facility:{nursery}", nursery),
    ]
    facts = queries.facility_of(session, nursery)
    assert (facts.telephone, facts.address, facts.about) == ("13800000001", "南街 2 号", "新的简介")

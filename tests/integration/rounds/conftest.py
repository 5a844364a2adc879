"""A canteen with a round of three stops, and the browsers of those who go, plan and watch it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests import makers
from tests.client import SiteClient
from tests.integration.childcare.conftest import a_browser
from tests.integration.meals.place import Place, a_place, ordered
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families.models import Person
from ylyx_site.identity.roles import Role
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.rounds import service
from ylyx_site.rounds.rules.wishes import Author, RoundWish, StopWish
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

TUESDAY = date(2026, 11, 24)
NOON = "2026-11-24T11:40:00+08:00"
NAMES = ("周桂芳", "吴国强", "郑秀兰")


@dataclass(frozen=True, slots=True)
class Town:
    """The canteen, its round, its elders in the order of the round, and the courier's account."""

    canteen_id: int
    round_id: int
    people: tuple[int, ...]
    daughter_id: int
    courier_id: int


def a_town(
    session: Session, courier_phone: str = "13800000022", name: str = "平安社区老年食堂"
) -> Town:
    """Three elders, each with Tuesday's lunch to be brought; the courier has one round."""
    place = a_place(session, name=name)
    number = place.canteen.id
    daughter = makers.an_account(session, f"138111{number:05d}", "赵女士")
    people = [
        makers.an_elder(session, daughter.id, one, phone=f"1390000{number:02d}{n:02d}")
        for n, one in enumerate(NAMES)
    ]
    for n, person in enumerate(people):
        order_for(session, place, person, daughter.id, f"{'ABCDEFGH'[number % 8]}{n}C4D5")
    courier = makers.an_account(session, courier_phone, "冯小军")
    makers.a_role(session, courier, Role.COURIER, facility_id=place.canteen.id)
    manager = Author(place.canteen.id, courier.id, clock.now(), is_manager=True)
    round_id = service.add_round(session, RoundWish("平安线", (courier.id,)), manager)
    ids = tuple(one.id for one in people)
    for person_id in ids:
        service.place_stop(session, StopWish(person_id, round_id, 99), manager)
    return Town(place.canteen.id, round_id, ids, daughter.id, courier.id)


def order_for(
    session: Session, place: Place, person: Person, account_id: int, code: str
) -> None:  # fmt: skip
    """Tuesday's lunch, to be brought."""
    ordered(session, place.lunch(person.id, serving=Serving.DELIVERY), account_id, code)


@pytest.fixture
def town(app: Flask) -> Town:
    with transaction() as session:
        return a_town(session)


@pytest.fixture
def noon(town: Town) -> object:
    """Tuesday, when the meals go out."""
    with clock.standing_at(NOON):
        yield town


def staff_of(
    app: Flask, facility_id: int, phone: str, role: Role, name: str = "陈静"
) -> SiteClient:
    """The browser of somebody who works at a canteen."""
    with transaction() as session:
        account = makers.an_account(session, phone, name)
        makers.a_role(session, account, role, facility_id=facility_id)
    return a_browser(app, phone)


@pytest.fixture
def courier(app: Flask, noon: Town) -> SiteClient:
    return a_browser(app, "13800000022")


@pytest.fixture
def manager(app: Flask, noon: Town) -> SiteClient:
    return staff_of(app, noon.canteen_id, "13800000020", Role.CANTEEN_MANAGER, "何经理")


@pytest.fixture
def clerk(app: Flask, noon: Town) -> SiteClient:
    return staff_of(app, noon.canteen_id, "13800000021", Role.CLERK)


def meal_ids() -> list[int]:
    """All meals in the order of ordering."""
    session = db.session()
    session.rollback()
    return list(session.scalars(sa.select(OrderedMeal.id).order_by(OrderedMeal.id)))


Tapping = Callable[..., object]
LUNCH = Meal.LUNCH

"""A canteen on its Tuesday at lunch: three ordered meals, two clerks, one of another canteen."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.client import SiteClient
from tests.integration.meals.place import Place, a_place, ordered
from tests.makers import a_canteen, a_role, an_account, an_elder
from ylyx_site.facilities.kinds import Serving
from ylyx_site.identity.roles import Role
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction

NOON = "2026-11-24T11:10:00+08:00"
CHEN, CHEN_2, MANAGER, ZHAO, COURIER = (
    "13800000021", "13800000023", "13800000020", "13800000024", "13800000022",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hall:
    """The canteen, its meals (collected, eaten there, delivered) and the accounts by telephone."""

    place: Place
    canteen: int
    other: int
    wang: int
    elders: tuple[int, int, int]
    meals: tuple[int, int, int]
    accounts: dict[str, int]


@pytest.fixture
def hall(app: Flask) -> Hall:
    """Ordered on Monday, to be handed over on Tuesday."""
    with transaction() as session:
        place = a_place(session, portions=30)
        other = a_canteen(session, "水峰社区老年食堂")
        wang = an_account(session)
        names = (("陈桂芳", "13900000082"), ("周国强", "13900000083"), ("单秀英", "13900000084"))
        elders = [an_elder(session, wang.id, name, phone=phone) for name, phone in names]
        servings = (Serving.PICK_UP, Serving.DINE_IN, Serving.DELIVERY)
        for number, (elder, serving) in enumerate(zip(elders, servings, strict=True)):
            wish = place.lunch(elder.id, serving=serving)
            ordered(session, wish, wang.id, f"7K392{'FGH'[number]}")
        accounts = {}
        for phone, name, role, house in (
            (CHEN, "陈值班", Role.CLERK, place.canteen.id),
            (CHEN_2, "何值班", Role.CLERK, place.canteen.id),
            (MANAGER, "罗经理", Role.CANTEEN_MANAGER, place.canteen.id),
            (COURIER, "许送餐", Role.COURIER, place.canteen.id),
            (ZHAO, "赵值班", Role.CANTEEN_MANAGER, other.id),
        ):
            account = an_account(session, phone, name)
            a_role(session, account, role, facility_id=house)
            accounts[phone] = account.id
        meals = session.scalars(sa.select(OrderedMeal.id).order_by(OrderedMeal.id)).all()
        return Hall(
            place, place.canteen.id, other.id, wang.id, tuple(one.id for one in elders),
            tuple(meals), accounts,
        )  # fmt: skip


def browser(app: Flask, phone: str) -> SiteClient:
    """Somebody's browser, signed in."""
    made = app.test_client()
    assert isinstance(made, SiteClient)
    made.sign_in_as(phone)
    return made


@pytest.fixture
def chen(app: Flask, hall: Hall) -> SiteClient:
    """A clerk's browser."""
    return browser(app, CHEN)


@pytest.fixture
def noon(hall: Hall) -> Iterator[None]:
    """The clock at Tuesday's lunch."""
    with clock.standing_at(NOON):
        yield

"""A canteen with its clerk, another canteen with another, and elders known to one of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.client import SiteClient
from tests.integration.meals.place import TUESDAY, WEDNESDAY, Place, a_place, ordered
from tests.makers import a_menu, a_role, an_account, an_elder
from ylyx_site.demo.benefits import import_benefits
from ylyx_site.families.models import Person
from ylyx_site.identity.roles import Role
from ylyx_site.journal.models import JournalEntry
from ylyx_site.meals.models import MealOrder, OrderedMeal
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import pinyin_keys

THURSDAY = date(2026, 11, 26)
HE, ZHAO, WANG, LI = "13800000021", "13800000022", "13800000001", "13800000002"
MONDAY_LUNCH = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Town:
    """What has been committed. Zhou eats at ours; the stranger and li's elder do not."""

    ours: int
    theirs: int
    set_id: int
    fish: int
    zhou: int
    stranger: int
    clerk: int
    daughter: int

    @property
    def card(self) -> str:
        """Zhou's card."""
        return f"/desk/phone/people/{self.zhou}"


def elder(session: Session, account_id: int, name: str, **facts: Any) -> Person:
    """An elder who is found by pinyin, and lives where the demo's benefits are given."""
    made = an_elder(session, account_id, name, **facts)
    made.search_text = pinyin_keys(name)
    made.hukou_division = made.residence_division = "500111001"
    session.flush()
    return made


def a_town(session: Session) -> Town:
    """Two canteens with menus from Monday to Thursday; he is the clerk of one, zhao of the other.

    Zhou ordered Tuesday's lunch a week ago, as her daughter wang did it.
    """
    import_benefits(session, today=clock.today(), now=clock.now())
    place, other = a_place(session), a_place(session)
    _menus(session, place)
    wang, li = an_account(session, WANG, "王建国"), an_account(session, LI, "李先生")
    he, zhao = an_account(session, HE, "何小窗"), an_account(session, ZHAO, "赵窗口")
    a_role(session, he, Role.CLERK, facility_id=place.canteen.id)
    a_role(session, zhao, Role.CLERK, facility_id=other.canteen.id)
    zhou = elder(session, wang.id, "周桂芳", phone="13900005678")
    stranger = elder(session, li.id, "周国发", phone="13900004321")
    with clock.standing_at("2026-11-20T08:00:00+08:00"):
        ordered(session, place.lunch(zhou.id), wang.id)
    return Town(
        place.canteen.id, other.canteen.id, place.meal_set.id, place.fish.id, zhou.id,
        stranger.id, he.id, wang.id,
    )  # fmt: skip


def _menus(session: Session, place: Place) -> None:
    for day in (MONDAY_LUNCH, WEDNESDAY, THURSDAY):
        a_menu(session, place.canteen.id, day, (place.meal_set, 10), (place.fish, 10))


@pytest.fixture
def town(app: Flask) -> Town:
    """The town, committed."""
    with transaction() as session:
        return a_town(session)


@pytest.fixture
def he(client: SiteClient, town: Town) -> SiteClient:
    """The clerk of our canteen at the desk."""
    client.sign_in_as(HE)
    return client


@pytest.fixture
def zhao(app: Flask, town: Town) -> SiteClient:
    """The clerk of the other canteen."""
    client = app.test_client()
    assert isinstance(client, SiteClient)
    client.sign_in_as(ZHAO)
    return client


def search(client: SiteClient, words: str) -> Any:
    """Type it into the one field."""
    return client.post(
        "/desk/phone/search", data={"csrf_token": client.token(), "words": words}
    )  # fmt: skip


def meals() -> list[OrderedMeal]:
    """All meals by a fresh look, in their order."""
    db.session.rollback()
    return list(db.session.scalars(sa.select(OrderedMeal).order_by(OrderedMeal.id)))


def orders() -> list[MealOrder]:
    """All orders by a fresh look, in their order."""
    db.session.rollback()
    return list(db.session.scalars(sa.select(MealOrder).order_by(MealOrder.id)))


def journal(action: str) -> list[tuple[int | None, int | None, str]]:
    """(actor, facility, subject) of all entries of an action."""
    db.session.rollback()
    rows = db.session.execute(
        sa.select(JournalEntry.actor_id, JournalEntry.facility_id, JournalEntry.subject)
        .where(JournalEntry.action == action)
        .order_by(JournalEntry.id)
    )
    return [(actor, facility, subject) for actor, facility, subject in rows]


__all__ = ["TUESDAY", "WEDNESDAY"]

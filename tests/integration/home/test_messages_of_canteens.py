"""Texts from a canteen: to the people of a meal, or of a round; those of another see nothing."""

from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from tests import makers
from tests.client import SiteClient, text_of
from tests.integration.meals.place import Place, ordered
from tests.integration.rounds.conftest import TUESDAY, Town, a_town, staff_of
from ylyx_site.facilities.kinds import Serving
from ylyx_site.facilities.models import Facility
from ylyx_site.identity.roles import Role
from ylyx_site.meals.models import Dish, MealSet, MenuDay
from ylyx_site.notices.models import Announcement, Notice
from ylyx_site.notices.words import said
from ylyx_site.shared.db import db, transaction

DAY = TUESDAY.isoformat()
TEXT = "明天的汤换成冬瓜汤。"


@dataclass(frozen=True, slots=True)
class Towns:
    """Two canteens with a round each; at ours son's father collects his lunch himself."""

    ours: Town
    other: Town
    son_id: int


@pytest.fixture
def towns(app: Flask) -> Towns:
    with transaction() as session:
        ours = a_town(session)
        place = place_of(ours.canteen_id)
        son = makers.an_account(session, "13800000005", "钱先生")
        father = makers.an_elder(session, son.id, "钱大爷", phone="13900009999")
        ordered(session, place.lunch(father.id, serving=Serving.PICK_UP), son.id, "KKC4D5")
        other = a_town(session, "13800000023", "北街老年食堂")
        session.execute(sa.delete(Notice))
    return Towns(ours, other, son.id)


def place_of(canteen_id: int) -> Place:
    """What the canteen has, as a test of meals knows it."""
    session = db.session()
    canteen = session.get_one(Facility, canteen_id)
    first = (
        session.scalars(sa.select(model).where(model.facility_id == canteen_id)).first()
        for model in (Dish, MealSet, MenuDay)
    )
    return Place(canteen, *first)  # type: ignore[arg-type]


@pytest.fixture
def manager(app: Flask, towns: Towns) -> SiteClient:
    return staff_of(app, towns.ours.canteen_id, "13800000020", Role.CANTEEN_MANAGER, "何经理")


@pytest.fixture
def stranger(app: Flask, towns: Towns) -> SiteClient:
    """A clerk of the other canteen."""
    return staff_of(app, towns.other.canteen_id, "13800000024", Role.CLERK, "赵店员")


def sends(browser: SiteClient, **asked: object) -> TestResponse:
    """Send the text, confirmed."""
    return looks(browser, confirmed="1", **asked)


def looks(browser: SiteClient, **asked: object) -> TestResponse:
    """See to whom it would go."""
    fields = {"first": DAY, "text": TEXT} | asked
    return browser.submit("/desk/messages", "/desk/messages", **fields)


def told() -> list[tuple[int, str]]:
    """Whom, what."""
    db.session.rollback()
    rows = db.session.scalars(sa.select(Notice).order_by(Notice.account_id))
    return [(one.account_id, said(one)) for one in rows]


NEWS = "平安社区老年食堂发来一条通知，请打开看。"


def test_a_meal_means_everybody_who_ordered_it_here(towns: Towns, manager: SiteClient) -> None:
    asked = looks(manager, meal="lunch")
    assert (asked.status_code, "2 个账号会收到" in text_of(asked), told()) == (200, True, [])
    assert sends(manager, meal="lunch").status_code == 303
    assert told() == sorted([(towns.ours.daughter_id, NEWS), (towns.son_id, NEWS)])


def test_a_round_means_those_to_whom_it_brings_something(towns: Towns, manager: SiteClient) -> None:
    asked = looks(manager, round_id=towns.ours.round_id)
    assert "平安线 送到家的家庭" in text_of(asked)
    assert sends(manager, round_id=towns.ours.round_id).status_code == 303
    assert told() == [(towns.ours.daughter_id, NEWS)]


def test_a_meal_that_nobody_ordered_tells_nobody(towns: Towns, manager: SiteClient) -> None:
    assert (sends(manager, meal="dinner").status_code, told()) == (422, [])


def test_the_round_of_another_canteen_is_not_to_be_chosen(
    towns: Towns, stranger: SiteClient
) -> None:
    answer = sends(stranger, round_id=towns.ours.round_id)
    assert (answer.status_code, told()) == (422, [])


def test_what_one_canteen_sent_the_other_does_not_see(
    towns: Towns, manager: SiteClient, stranger: SiteClient
) -> None:
    sends(manager)
    assert TEXT in text_of(manager.get("/desk/messages"))
    page = stranger.page("/desk/messages")
    assert TEXT not in page.text_content()
    assert page.xpath("//select[@name='round_id']/option/@value") == [
        "0", str(towns.other.round_id),
    ]  # fmt: skip
    code = db.session.scalars(sa.select(Announcement.code)).one()
    assert stranger.get(f"/notices/announcements/{code}").status_code == 404

"""A canteen that has served three lunches on Tuesday, one of them with a benefit of two payers."""

from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.client import SiteClient
from tests.integration.serving.conftest import CHEN, MANAGER, NOON, ZHAO, Hall, browser, hall
from ylyx_site.benefits.kinds import Payer
from ylyx_site.meals.models import BenefitLine, OrderedMeal
from ylyx_site.serving.kinds import HandedHow
from ylyx_site.serving.service.handing import hand_over
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction

__all__ = ["hall"]


@dataclass(frozen=True, slots=True)
class Month:
    """The hall, the manager's, another canteen's manager's and a clerk's browsers."""

    hall: Hall
    manager: SiteClient
    other: SiteClient
    clerk: SiteClient


def with_benefits(meal_id: int) -> None:
    """The city pays three yuan of the meal, the district two."""
    with transaction() as session:
        for position, (payer, fen) in enumerate(((Payer.CITY, 300), (Payer.DISTRICT, 200))):
            session.add(
                BenefitLine(
                    meal_id=meal_id, position=position, rule_code=f"{payer.value}-lunch",
                    rule_version=clock.today(), payer=payer, title="助餐补贴", clause="第三条",
                    fen=fen,
                )
            )  # fmt: skip
        session.execute(
            sa.update(OrderedMeal).where(OrderedMeal.id == meal_id).values(benefit_fen=500)
        )


def serve(hall: Hall, *meal_ids: int, how: HandedHow = HandedHow.COLLECTED) -> None:
    """Hand these meals over at noon."""
    with transaction() as session:
        for meal_id in meal_ids:
            hand_over(
                session, meal_id, how, facility_id=hall.canteen, actor_id=hall.accounts[CHEN],
                now=clock.now(),
            )  # fmt: skip


@pytest.fixture
def month(app: Flask, hall: Hall):  # type: ignore[no-untyped-def]
    """It is Tuesday noon; two of the three have their lunch, nobody was at the third door."""
    with_benefits(hall.meals[0])
    with clock.standing_at(NOON):
        serve(hall, hall.meals[0])
        serve(hall, hall.meals[1], how=HandedHow.DINE_IN)
        serve(hall, hall.meals[2], how=HandedHow.NOBODY)
        yield Month(hall, browser(app, MANAGER), browser(app, ZHAO), browser(app, CHEN))

"""A benefit pays for what one person eats, not for the guests: decision 9."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.integration.meals.place import Place, a_place, ordered
from tests.makers import an_account, an_elder
from ylyx_site.benefits.reading import read_file
from ylyx_site.benefits.service.importing import import_rules
from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.meals.policy.planning import make_plan
from ylyx_site.shared import clock

HALF = """
source = "试验"

[[rule]]
code = "half"
title = "半价"
payer = "区"
clause = "老人的一餐补一半，满 12 元。"
valid_from = 2024-01-01
service = "助餐"
spend = { from_yuan = 12 }

[[rule.amount]]
percent = 50
"""


@pytest.fixture
def place(session: Session) -> Place:
    """A canteen under a rule that pays half; a set of 15 yuan, fish of 12."""
    import_rules(session, read_file(HALF), actor_id=None, today=clock.today(), now=clock.now())
    return a_place(session)


@pytest.mark.parametrize(
    ("sets", "fish", "goods", "benefit"),
    [(1, 0, 1500, 750), (3, 0, 4500, 750), (0, 1, 1200, 600), (0, 4, 4800, 600),
     (1, 1, 2700, 1350), (2, 2, 5400, 1350)],
)  # fmt: skip
def test_half_of_one_portion_is_paid_however_many_are_ordered(
    session: Session, place: Place, sets: int, fish: int, goods: int, benefit: int
) -> None:
    wang = an_account(session)
    elder = an_elder(session, wang.id, avoids=())
    chosen = (
        ((ItemKind.SET, place.meal_set.id), sets),
        ((ItemKind.DISH, place.fish.id), fish),
    )
    wish = place.lunch(elder.id, numbers=tuple(one for one in chosen if one[1]))
    [planned] = make_plan(session, wish, account_id=wang.id, now=clock.now()).meals
    assert planned.pay_fen == goods - benefit
    ordered(session, wish, wang.id)
    row = session.scalars(sa.select(OrderedMeal)).one()
    assert (row.goods_fen, row.benefit_fen) == (goods, benefit)


def test_rice_for_nine_does_not_reach_the_minimum_spend(session: Session, place: Place) -> None:
    wang = an_account(session)
    elder = an_elder(session, wang.id, avoids=())
    wish = place.lunch(elder.id, numbers=(((ItemKind.DISH, place.fish.id), 9),))
    [planned] = make_plan(session, wish, account_id=wang.id, now=clock.now()).meals
    assert planned.quote.benefit_fen == 600  # of one fish at 12 yuan; nine make no difference

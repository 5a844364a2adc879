"""Benefits of a meal: what is quoted is ordered, what is used up or expired is told."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.integration.meals.place import TUESDAY, WEDNESDAY, Place, a_place, ordered
from tests.makers import a_menu, an_account, an_elder
from ylyx_site.benefits.reading import read_file
from ylyx_site.benefits.service.importing import import_rules
from ylyx_site.families.kinds import Group
from ylyx_site.families.models import PersonGroup
from ylyx_site.ledger import findings
from ylyx_site.meals.models import BenefitLine, OrderedMeal
from ylyx_site.meals.policy.planning import make_plan
from ylyx_site.meals.rules.wishes import CancelWish
from ylyx_site.meals.service.endings import cancel
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction

RULES = """
source = "试验"

[[rule]]
code = "weekly"
title = "区助餐补贴"
payer = "区"
clause = "低保老人每周两餐，每餐 4 元。"
apply = "请到社区登记。"
valid_from = 2024-01-01
service = "助餐"
order = 1
who = { groups = ["低保"] }
what = { meals = ["午餐"], place = ["500111"] }

[[rule.amount]]
yuan = 4

[[rule.limit]]
per = "每周"
uses = 2
"""


@pytest.fixture
def place(session: Session) -> Place:
    """A canteen with lunch from Tuesday to Friday, under one rule."""
    import_rules(
        session, read_file(RULES), actor_id=None, today=clock.today(), now=clock.now()
    )  # fmt: skip
    place = a_place(session)
    for ahead in (1, 2, 3):
        day = TUESDAY + timedelta(days=ahead)
        a_menu(session, place.canteen.id, day, (place.meal_set, 5))
    return place


def entitled(session: Session, until: date | None = None) -> tuple[int, int]:
    """An account and its elder on 低保; until a day."""
    wang = an_account(session)
    elder = an_elder(session, wang.id)
    session.add(
        PersonGroup(
            person_id=elder.id, group=Group.MINIMUM_LIVING, evidence="低保证",
            valid_from=date(2026, 1, 1), valid_to=until, verified_by=None,
        )
    )  # fmt: skip
    session.flush()
    return wang.id, elder.id


def paid(session: Session) -> list[tuple[date, int]]:
    """Day and benefit of every meal."""
    rows = session.execute(
        sa.select(OrderedMeal.day, OrderedMeal.benefit_fen).order_by(OrderedMeal.day)
    )
    return [(row.day, row.benefit_fen) for row in rows]


def test_a_quote_is_the_order_to_the_fen(session: Session, place: Place) -> None:
    wang, elder = entitled(session)
    wish = place.lunch(elder)
    (quoted,) = make_plan(session, wish, account_id=wang, now=clock.now()).meals
    ordered(session, wish, wang)
    row = session.scalars(sa.select(OrderedMeal)).one()
    assert (row.goods_fen, row.benefit_fen, row.fee_fen) == (1500, 400, 0)
    assert quoted.pay_fen == row.goods_fen - row.benefit_fen
    line = session.scalars(sa.select(BenefitLine)).one()
    assert (line.rule_code, line.rule_version, line.payer.value, line.clause, line.fen) == (
        "weekly", date(2024, 1, 1), "district", "低保老人每周两餐，每餐 4 元。", 400,
    )  # fmt: skip


def test_the_third_meal_of_the_week_is_not_subsidised_and_a_cancelled_one_gives_its_use_back(
    session: Session, place: Place
) -> None:
    wang, elder = entitled(session)
    thursday = TUESDAY + timedelta(days=2)
    for number, day in enumerate((TUESDAY, WEDNESDAY)):
        ordered(session, place.lunch(elder, day=day), wang, f"7K392{number + 2}")
    third = make_plan(session, place.lunch(elder, day=thursday), account_id=wang, now=clock.now())
    (quote,) = (one.quote for one in third.meals)
    assert (quote.pay_fen, [one.code for one in quote.not_given]) == (1500, ["weekly"])
    cancel(session, CancelWish("7K3922"), actor_id=wang, now=clock.now())
    ordered(session, place.lunch(elder, day=thursday), wang, "7K392H")
    assert paid(session) == [(TUESDAY, 400), (WEDNESDAY, 400), (thursday, 400)]
    assert findings(session) == []


def test_evidence_that_expired_the_day_before_the_meal_is_why_not(
    session: Session, place: Place
) -> None:
    wang, elder = entitled(session, until=clock.today())
    plan = make_plan(session, place.lunch(elder), account_id=wang, now=clock.now())
    (quote,) = (one.quote for one in plan.meals)
    assert (quote.pay_fen, quote.lines) == (1500, ())
    assert [one.apply for one in quote.not_given] == ["请到社区登记。"]


def test_the_page_shows_who_pays_and_why_not(app: Flask) -> None:
    client = app.test_client()
    with transaction() as session:
        import_rules(
            session, read_file(RULES), actor_id=None, today=clock.today(), now=clock.now()
        )  # fmt: skip
        place = a_place(session)
        _wang, elder = entitled(session)
        canteen, number = place.canteen.id, place.meal_set.id
    client.sign_in_as("13800000001")
    fields = f"person_id={elder}&date={TUESDAY}&serving=pick_up&set-{number}=1"
    lunch = client.get(f"/meals/{canteen}/quote?meal=lunch&{fields}")
    assert "区助餐补贴" in lunch.text
    assert f'value="{elder}:1100"' in lunch.text

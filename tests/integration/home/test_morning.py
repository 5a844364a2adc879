"""The first page of a canteen's desk: how today's meals stand, and what is to be done now."""

import sqlalchemy as sa
from flask import Flask

from tests.client import text_of
from tests.integration.serving.conftest import CHEN, COURIER, NOON, Hall, browser, hall
from ylyx_site.home.morning import Morning, morning_of
from ylyx_site.meals.kinds import MealState, PaymentKind
from ylyx_site.meals.models import MealOrder, OrderedMeal
from ylyx_site.meals.queries.canteens import canteen_of
from ylyx_site.meals.rules.wishes import PaymentWish
from ylyx_site.meals.service.payments import record
from ylyx_site.rounds.rules.wishes import Author, RoundWish, StopWish
from ylyx_site.rounds.service import add_round, place_stop
from ylyx_site.serving.kinds import HandedHow
from ylyx_site.serving.service import hand_over
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

__all__ = ["hall"]


def morning(here: Hall) -> Morning:
    """How the canteen stands at Tuesday's noon."""
    db.session.rollback()
    with clock.standing_at(NOON):
        return morning_of(db.session(), canteen_of(db.session(), here.canteen), clock.now())


def hands(here: Hall, number: int, how: HandedHow) -> None:
    """One tap."""
    with clock.standing_at(NOON), transaction() as session:
        hand_over(
            session, here.meals[number], how, facility_id=here.canteen,
            actor_id=here.accounts[CHEN], now=clock.now(),
        )  # fmt: skip


def lunch(here: Hall) -> tuple[int, int, int, int]:
    """Ordered, served, still at the counter, still to be brought."""
    (one,) = (one for one in morning(here).meals if one.meal.value == "lunch")
    return one.counts.ordered, one.counts.served, one.counts.at_counter, one.to_deliver


def test_figures_follow_the_taps(hall: Hall) -> None:
    assert lunch(hall) == (3, 0, 2, 1)
    hands(hall, 0, HandedHow.COLLECTED)
    assert lunch(hall) == (3, 1, 1, 1)
    hands(hall, 2, HandedHow.NOBODY)
    assert (lunch(hall), morning(hall).checks) == ((3, 1, 1, 0), 1)


def test_who_is_in_no_round_is_told(hall: Hall) -> None:
    assert morning(hall).without_round == 1


def test_money_of_an_ended_meal_is_to_be_given_back(hall: Hall) -> None:
    with clock.standing_at(NOON), transaction() as session:
        meal = session.get_one(OrderedMeal, hall.meals[0])
        code = session.scalars(sa.select(MealOrder.code).where(MealOrder.id == meal.order_id)).one()
        wish = PaymentWish(PaymentKind.ON_COLLECTION, 1500, meal_id=meal.id)
        record(session, hall.canteen, code, wish, actor_id=hall.accounts[CHEN], now=clock.now())
        meal.state = MealState.CANCELLED
    assert morning(hall).refunds == [("7K392F", 1500)]


def test_the_clerk_sees_it_and_the_courier_does_not(app: Flask, hall: Hall) -> None:
    hands(hall, 2, HandedHow.NOBODY)
    with clock.standing_at(NOON):
        seen = browser(app, CHEN).page("/desk")
        courier = text_of(browser(app, COURIER).get("/desk"))
    links = seen.xpath("//section[@id='morning']//a/@href")
    assert "/desk/welfare" in links
    assert "现在要做的" not in courier


def test_the_courier_sees_how_far_the_own_rounds_are(app: Flask, hall: Hall) -> None:
    manager, nobody = Author(hall.canteen, hall.accounts[CHEN], clock.now()), RoundWish("二线", ())
    with transaction() as session:
        mine = RoundWish("平安线", (hall.accounts[COURIER],))
        round_id = add_round(session, mine, manager)
        add_round(session, nobody, manager)
        meal = session.get_one(OrderedMeal, hall.meals[2])
        place_stop(session, StopWish(meal.person_id, round_id, 1), manager)
    with clock.standing_at(NOON):
        before = browser(app, COURIER).page("/desk")
        hands(hall, 2, HandedHow.NEIGHBOUR)
        after = browser(app, COURIER).page("/desk")
        clerk = text_of(browser(app, CHEN).get("/desk"))
    assert before.xpath("//h2[starts-with(@id, 'round-')]/text()") == ["今天午餐 · 平安线"]
    figures = [page.xpath("//div[@class='figure']/b/text()") for page in (before, after)]
    assert figures == [["1", "1"], ["1", "0"]]
    assert before.xpath(f"//a[@href='/desk/rounds/{round_id}']")
    assert "今天午餐 · 平安线" not in clerk

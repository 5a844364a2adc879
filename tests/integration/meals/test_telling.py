"""What a family is told days ahead: dishes that the person avoids, plans that run out."""

import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.client import SiteClient, text_of
from tests.integration.meals.place import TUESDAY, Place, a_place, ordered
from tests.makers import a_bond, a_menu, an_account, an_elder
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families.models import ElderProfile
from ylyx_site.meals.kinds import ItemKind, Wish
from ylyx_site.meals.models import Dish
from ylyx_site.meals.rules.menus import DishWish, SetWish
from ylyx_site.meals.rules.wishes import PlanOrderWish, PlanWish, RestWish
from ylyx_site.meals.service.dishes import change_dish, change_set
from ylyx_site.meals.service.plans import add_plan, order_plan, rest
from ylyx_site.meals.service.telling import tell_of_plans_that_run_out, warn_of_avoided
from ylyx_site.notices.models import Notice
from ylyx_site.shared import clock, vault
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.spans import DaySpan

FISH = "%(day)s订的餐里，有一道菜请您看一下合不合适。截止前可以换别的。"
RUNS_OUT = "按星期订的餐只订到%(day)s。要接着吃，请打开再订一个月。"


def told(session: Session) -> list[tuple[int, str, str]]:
    """Who was told what, and where it leads."""
    rows = session.execute(
        sa.select(Notice.account_id, Notice.sentence, Notice.link).order_by(
            Notice.account_id, Notice.id
        )
    )
    return [(row.account_id, row.sentence, row.link) for row in rows]


def fish(place: Place) -> tuple[tuple[tuple[ItemKind, int], int], ...]:
    return (((ItemKind.DISH, place.fish.id), 1),)


def test_everybody_who_may_act_is_told_once_of_fish_for_somebody_who_avoids_it(
    session: Session,
) -> None:
    place, wang, brother = a_place(session), an_account(session), an_account(session, "13800000009")
    elder = an_elder(session, wang.id)
    a_bond(session, elder.id, brother.id)
    ordered(session, place.lunch(elder.id, numbers=fish(place)), wang.id)
    looked = [warn_of_avoided(session, clock.now()), warn_of_avoided(session, clock.now())]
    assert looked == [1, 0]
    assert told(session) == [
        (wang.id, FISH, "/meals/orders/7K392F"), (brother.id, FISH, "/meals/orders/7K392F"),
    ]  # fmt: skip


def test_nobody_is_told_of_what_is_eaten_gladly(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    ordered(session, place.lunch(an_elder(session, wang.id).id), wang.id)
    assert warn_of_avoided(session, clock.now()) == 1
    assert told(session) == []


def test_a_set_that_gets_fish_after_it_was_ordered_is_looked_over_again(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    ordered(session, place.lunch(an_elder(session, wang.id).id), wang.id)
    assert warn_of_avoided(session, clock.now()) == 1
    wish = SetWish("两荤一素套餐", 1500, (place.fish.id,))
    change_set(
        session, place.canteen.id, place.meal_set.id, wish, actor_id=wang.id, now=clock.now()
    )
    looked = [warn_of_avoided(session, clock.now()) for _twice in range(2)]
    assert looked == [1, 0]
    assert told(session) == [(wang.id, FISH, "/meals/orders/7K392F")]


def test_a_dish_inside_a_set_that_changes_is_looked_over_again(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    ordered(session, place.lunch(an_elder(session, wang.id).id), wang.id)
    warn_of_avoided(session, clock.now())
    rice = session.scalars(sa.select(Dish).where(Dish.name == "米饭")).one()
    wish = DishWish("米饭", 100, rice.picture, diets="soft", ingredients="大米 鱼")
    change_dish(session, place.canteen.id, rice.id, wish, actor_id=wang.id, now=clock.now())
    assert warn_of_avoided(session, clock.now()) == 1
    assert [link for _who, _words, link in told(session)] == ["/meals/orders/7K392F"]


def test_a_diet_that_changes_after_the_order_is_looked_at_once_more(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id, avoids=("虾",))
    ordered(session, place.lunch(elder.id, numbers=fish(place)), wang.id)
    assert warn_of_avoided(session, clock.now()) == 1
    assert told(session) == []
    profile, later = session.get_one(ElderProfile, elder.id), clock.now() + timedelta(hours=1)
    profile.avoids_sealed, profile.changed_at = vault.seal(json.dumps(["鱼"])), later
    session.flush()
    looked = [warn_of_avoided(session, later + timedelta(minutes=1)) for _twice in range(2)]
    assert looked == [1, 0]
    assert told(session) == [(wang.id, FISH, "/meals/orders/7K392F")]


def test_a_meal_in_four_days_is_looked_over_tomorrow(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    elder, friday = an_elder(session, wang.id), TUESDAY + timedelta(days=3)
    a_menu(session, place.canteen.id, friday, (place.fish, 5))
    ordered(session, place.lunch(elder.id, day=friday, numbers=fish(place)), wang.id)
    assert warn_of_avoided(session, clock.now()) == 0
    assert warn_of_avoided(session, clock.now() + timedelta(days=1)) == 1
    assert told(session) == [(wang.id, FISH, "/meals/orders/7K392F")]


def test_the_sweep_costs_the_same_for_one_meal_and_for_three(app: Flask, count_queries) -> None:  # type: ignore[no-untyped-def]
    costs = []
    with transaction() as session:
        place, wang = a_place(session), an_account(session)
        for number in range(4):
            elder = an_elder(session, wang.id, f"老人{number}", avoids=("虾",))
            ordered(session, place.lunch(elder.id), wang.id, f"7K39{number}F")
            if number in {0, 3}:
                session.flush()
                with count_queries() as seen:
                    warn_of_avoided(session, clock.now())
                costs.append(len(seen))
    assert costs[0] == costs[1]


def test_the_ticket_names_what_the_person_avoids_until_the_cut_off(
    client: SiteClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction() as session:
        place, wang = a_place(session), an_account(session)
        elder = an_elder(session, wang.id)
        ordered(session, place.lunch(elder.id, numbers=fish(place)), wang.id)
    client.sign_in_as("13800000001")
    assert "里面有陈桂芳不吃的：鱼。" in text_of(client.get("/meals/orders/7K392F"))
    app.config["NOW"] = None
    monkeypatch.setattr(clock, "now", lambda: clock.instant_at(TUESDAY, 9 * 60))
    assert "不吃的" not in text_of(client.get("/meals/orders/7K392F"))


def a_plan_ordered_until(session: Session, last: date) -> int:
    """A plan of an elder's lunches, ordered from Tuesday to a day; returns the account."""
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id)
    for ahead in range(1, 8):
        if TUESDAY + timedelta(days=ahead) != date(2026, 11, 29):
            a_menu(session, place.canteen.id, TUESDAY + timedelta(days=ahead), (place.meal_set, 5))
    wish = PlanWish(
        elder.id, place.canteen.id, Meal.LUNCH, frozenset(range(1, 7)), Wish.FIRST_SET, None,
        Serving.PICK_UP,
    )  # fmt: skip
    add_plan(session, wish, actor_id=wang.id, code="PLAN22", now=clock.now())
    days = tuple(DaySpan(TUESDAY, last).days())
    order_plan(
        session, PlanOrderWish("PLAN22", days, ()), actor_id=wang.id, code="7K392F",
        now=clock.now(),
    )  # fmt: skip
    return wang.id


def test_a_plan_that_runs_out_is_told_once(session: Session) -> None:
    wang = a_plan_ordered_until(session, date(2026, 11, 26))
    for _round in range(2):
        tell_of_plans_that_run_out(session, clock.now())
    assert told(session) == [(wang, RUNS_OUT, "/meals/plans/PLAN22")]


def test_a_plan_with_meals_further_on_is_not_told(session: Session) -> None:
    a_plan_ordered_until(session, date(2026, 11, 27))
    tell_of_plans_that_run_out(session, clock.now())
    assert told(session) == []


def test_a_plan_at_rest_after_its_last_meal_is_not_told(session: Session) -> None:
    wang = a_plan_ordered_until(session, date(2026, 11, 26))
    away = RestWish("PLAN22", DaySpan(date(2026, 11, 27), date(2026, 12, 20)))
    rest(session, away, actor_id=wang, now=clock.now())
    tell_of_plans_that_run_out(session, clock.now())
    assert told(session) == []


def test_sweeps_hold_nobody_when_there_is_nothing(app: Flask) -> None:
    with transaction() as session:
        assert warn_of_avoided(session, clock.now()) == 0
        assert tell_of_plans_that_run_out(session, clock.now()) == 0
    assert db.session().scalar(sa.select(sa.func.count()).select_from(Notice)) == 0

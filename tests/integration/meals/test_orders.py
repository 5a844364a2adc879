"""Ordering a meal: what is taken, who is told no and why, and that nothing is left over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.integration.meals.place import TUESDAY, WEDNESDAY, a_place, ordered
from tests.makers import a_bond, a_canteen, a_dish, a_menu, an_account, an_elder
from ylyx_site.facilities.kinds import ClosureKind, Meal, Serving
from ylyx_site.facilities.models import Closure
from ylyx_site.ledger import findings
from ylyx_site.meals.errors import orders as errors
from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.models import MealOrder, OrderedMeal, Portion
from ylyx_site.meals.queries.menus import menus_of
from ylyx_site.meals.queries.orders import coming_meals
from ylyx_site.meals.rules.wishes import CancelWish, MealWish
from ylyx_site.meals.service.endings import cancel, undo
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import NotFound

MOST = ((ItemKind.SET, 0),)


def left(session: Session, kitchen_id: int) -> dict[str, int]:
    """What is left of each dish on Tuesday."""
    menus = menus_of(session, [kitchen_id], TUESDAY, TUESDAY)
    return {one.name: one.left for menu in menus.values() for one in menu.lines}


def test_an_order_takes_portions_and_a_place_and_says_who_eats_orders_and_pays(
    session: Session,
) -> None:
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id)
    ordered(session, place.lunch(elder.id), wang.id)
    row = session.execute(
        sa.select(
            MealOrder.account_id, MealOrder.payer_id, OrderedMeal.person_id, OrderedMeal.goods_fen,
            OrderedMeal.benefit_fen, OrderedMeal.fee_fen, Portion.name, Portion.number,
        )
        .join(OrderedMeal, OrderedMeal.order_id == MealOrder.id)
        .join(Portion, Portion.meal_id == OrderedMeal.id)
    ).one()  # fmt: skip
    assert tuple(row) == (wang.id, wang.id, elder.id, 1500, 0, 0, "两荤一素套餐", 1)
    assert left(session, place.canteen.id) == {"两荤一素套餐": 9, "清蒸鲈鱼": 10}
    assert findings(session) == []


def test_two_elders_in_one_order_each_have_a_meal(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    mother, father = an_elder(session, wang.id), an_elder(session, wang.id, "王大爷")
    ordered(session, place.lunch(mother.id, father.id), wang.id)
    rows = coming_meals(session, wang.id, clock.today())
    assert sorted(row.person_id for row in rows) == sorted([mother.id, father.id])
    assert left(session, place.canteen.id)["两荤一素套餐"] == 8


def test_a_person_of_another_family_does_not_exist(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    li = an_account(session, "13800000002", "李先生")
    elder = an_elder(session, li.id)
    with pytest.raises(NotFound):
        ordered(session, place.lunch(elder.id), wang.id)


def test_a_dish_of_another_canteen_is_not_on_the_menu(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id)
    other = a_canteen(session, "水峰社区老年食堂")
    foreign = a_dish(session, other.id, "回锅肉")
    a_menu(session, other.id, TUESDAY, (foreign, 5))
    wish = place.lunch(elder.id, numbers=(((ItemKind.DISH, foreign.id), 1),))
    with pytest.raises(errors.NotOnMenu):
        ordered(session, wish, wang.id)


def test_more_than_is_left_is_refused_with_what_is_left(session: Session) -> None:
    place, wang = a_place(session, portions=2), an_account(session)
    elder = an_elder(session, wang.id)
    wish = place.lunch(elder.id, numbers=(((ItemKind.DISH, place.fish.id), 3),))
    with pytest.raises(errors.SoldOut) as refusal:
        ordered(session, wish, wang.id)
    assert refusal.value.values == {"name": "清蒸鲈鱼", "left": 2}


def test_seats_are_counted_apart_from_pick_ups(session: Session) -> None:
    place, wang = a_place(session, seats=1), an_account(session)
    mother, father = an_elder(session, wang.id), an_elder(session, wang.id, "王大爷")
    ordered(session, place.lunch(mother.id, serving=Serving.DINE_IN), wang.id)
    wish = place.lunch(father.id, serving=Serving.DINE_IN)
    with pytest.raises(errors.ServingFull):
        ordered(session, wish, wang.id, "7K392G")
    ordered(session, place.lunch(father.id), wang.id, "7K392H")


def test_the_cut_off_is_exact_to_the_microsecond(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id)
    cutoff = clock.instant_at(TUESDAY, 540)
    with clock.standing_at(cutoff), pytest.raises(errors.PastCutoff):
        ordered(session, place.lunch(elder.id), wang.id)
    with clock.standing_at(cutoff - timedelta(microseconds=1)):
        ordered(session, place.lunch(elder.id), wang.id)


def test_a_delivery_costs_the_fee_and_needs_an_address_in_the_area(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    near = an_elder(session, wang.id, "甲奶奶", division_code="500111001003")
    far = an_elder(session, wang.id, "乙奶奶", division_code="500111002")
    nowhere = an_elder(session, wang.id, "丙奶奶", division_code=None)
    wish = place.lunch(near.id, serving=Serving.DELIVERY)
    with pytest.raises(errors.OutsideArea):
        ordered(session, replace(wish, person_ids=(far.id,)), wang.id)
    with pytest.raises(errors.NoAddress):
        ordered(session, replace(wish, person_ids=(nowhere.id,)), wang.id)
    ordered(session, wish, wang.id)
    assert [row.pay_fen for row in coming_meals(session, wang.id, clock.today())] == [1700]


def test_a_closed_day_says_why(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id)
    with pytest.raises(errors.CanteenShut):
        ordered(session, place.lunch(elder.id, day=date(2026, 11, 29)), wang.id)
    with pytest.raises(errors.NoMenuYet):
        ordered(session, place.lunch(elder.id, day=WEDNESDAY), wang.id)
    with pytest.raises(errors.PastMeal):
        ordered(session, place.lunch(elder.id, day=date(2026, 11, 21)), wang.id)
    session.add(
        Closure(
            facility_id=place.canteen.id, first_day=TUESDAY, last_day=TUESDAY,
            kind=ClosureKind.OWN, reason="设备检修",
        )
    )  # fmt: skip
    session.flush()
    with pytest.raises(errors.ClosureShut) as refusal:
        ordered(session, place.lunch(elder.id), wang.id)
    assert refusal.value.values == {"reason": "设备检修"}


def test_a_meal_that_is_not_served_is_refused(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id)
    wish = place.lunch(elder.id)
    breakfast = (MealWish(TUESDAY, Meal.BREAKFAST, wish.meals[0].numbers),)
    with pytest.raises(errors.NotServed):
        ordered(session, replace(wish, meals=breakfast), wang.id)


def test_a_price_that_is_not_the_one_shown_is_not_charged(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id)
    with pytest.raises(errors.PriceChanged):
        ordered(session, place.lunch(elder.id, quoted=((elder.id, 1400),)), wang.id)
    ordered(session, place.lunch(elder.id, quoted=((elder.id, 1500),)), wang.id)


def test_the_second_child_is_told_who_ordered_what(session: Session) -> None:
    place, wang = a_place(session), an_account(session, name="王建国")
    sister = an_account(session, "13800000009", "王小妹")
    elder = an_elder(session, wang.id)
    a_bond(session, elder.id, sister.id)
    ordered(session, place.lunch(elder.id), wang.id)
    with pytest.raises(errors.AlreadyOrdered) as refusal:
        ordered(session, place.lunch(elder.id), sister.id, "7K392G")
    told = {"who": "王*国", "name": elder.name, "what": "两荤一素套餐"}
    assert (refusal.value.values, refusal.value.status) == (told, 409)
    ordered(session, place.lunch(elder.id, again=True), sister.id, "7K392G")
    held = session.scalars(sa.select(OrderedMeal.holds_meal).order_by(OrderedMeal.id)).all()
    assert held == [True, False]
    assert findings(session) == []


def test_cancelling_gives_everything_back_until_the_cut_off(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id)
    code = ordered(session, place.lunch(elder.id), wang.id)
    with pytest.raises(errors.TooLateToCancel):
        cancel(session, CancelWish(code), actor_id=wang.id, now=clock.instant_at(TUESDAY, 540))
    before = clock.instant_at(TUESDAY, 540) - timedelta(microseconds=1)
    assert cancel(session, CancelWish(code), actor_id=wang.id, now=before) == 1
    assert left(session, place.canteen.id)["两荤一素套餐"] == 10
    assert findings(session) == []
    with pytest.raises(errors.NothingToCancel):
        cancel(session, CancelWish(code), actor_id=wang.id, now=before)
    ordered(session, place.lunch(elder.id), wang.id, "7K392G")


def test_undoing_takes_ten_minutes_even_past_the_cut_off(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id)
    just_before = clock.instant_at(TUESDAY, 539)
    with clock.standing_at(just_before):
        code = ordered(session, place.lunch(elder.id), wang.id)
    late = just_before + timedelta(minutes=10)
    with pytest.raises(errors.UndoOver):
        undo(session, code, actor_id=wang.id, now=late)
    assert undo(session, code, actor_id=wang.id, now=late - timedelta(microseconds=1)) == 1
    assert findings(session) == []


def test_an_order_of_another_family_cannot_be_cancelled(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    li = an_account(session, "13800000002", "李先生")
    elder = an_elder(session, wang.id)
    code = ordered(session, place.lunch(elder.id), wang.id)
    with pytest.raises(NotFound):
        cancel(session, CancelWish(code), actor_id=li.id, now=clock.now())


def test_a_meal_point_sells_its_suppliers_menu_with_places_of_its_own(session: Session) -> None:
    kitchen = a_canteen(session)
    point = a_canteen(session, "北街助餐点", supplied_by=kitchen.id, seats=1)
    fish = a_dish(session, kitchen.id)
    a_menu(session, kitchen.id, TUESDAY, (fish, 3))
    wang = an_account(session)
    mother, father = an_elder(session, wang.id), an_elder(session, wang.id, "王大爷")
    place = a_place(session)
    numbers = (((ItemKind.DISH, fish.id), 1),)
    at_point = place.lunch(mother.id, numbers=numbers, canteen_id=point.id,
                           serving=Serving.DINE_IN)  # fmt: skip
    ordered(session, at_point, wang.id)
    with pytest.raises(errors.ServingFull):
        ordered(session, replace(at_point, person_ids=(father.id,)), wang.id, "7K392G")
    ordered(session, replace(at_point, person_ids=(father.id,), canteen_id=kitchen.id), wang.id,
            "7K392G")  # fmt: skip
    assert left(session, kitchen.id) == {"清蒸鲈鱼": 1}
    assert findings(session) == []

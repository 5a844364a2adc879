"""A menu, or one dish of it, that the canteen takes back: who is told, moved, given money back."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.integration.meals.place import TUESDAY, WEDNESDAY, Place, a_place, ordered
from tests.makers import a_bond, a_canteen, a_dish, a_menu, a_set, an_account, an_elder
from ylyx_site.benefits.reading import read_file
from ylyx_site.benefits.service.importing import import_rules
from ylyx_site.facilities.kinds import Meal
from ylyx_site.ledger import findings
from ylyx_site.meals.errors.menus import MenuPast
from ylyx_site.meals.errors.orders import PriceChanged, TakenBack
from ylyx_site.meals.errors.withdrawals import (
    AlreadyReplaced,
    DearerSet,
    ReasonMissing,
    ReplacementOver,
)
from ylyx_site.meals.kinds import ItemKind, MealState, PaymentKind
from ylyx_site.meals.models import MealSet, MenuDay, OrderedMeal, Portion
from ylyx_site.meals.queries.menus import menus_of
from ylyx_site.meals.queries.orders import coming_meals
from ylyx_site.meals.queries.payments import meals_of_code
from ylyx_site.meals.queries.withdrawals import Answer, changes_of, touched_by, withdrawals_of
from ylyx_site.meals.rules.menus import SwapWish, WithdrawWish
from ylyx_site.meals.rules.wishes import CancelWish, Item, PaymentWish
from ylyx_site.meals.service.endings import cancel
from ylyx_site.meals.service.moving import decline, swap
from ylyx_site.meals.service.payments import record
from ylyx_site.meals.service.withdrawals import Withdrawn, withdraw
from ylyx_site.notices.models import Notice
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import NotFound

RULES = """
source = "试验"

[[rule]]
code = "weekly"
title = "区助餐补贴"
payer = "区"
clause = "每周一餐，每餐 4 元。"
apply = "请到社区登记。"
valid_from = 2024-01-01
service = "助餐"
order = 1
what = { meals = ["午餐"], place = ["500111"] }

[[rule.amount]]
yuan = 4

[[rule.limit]]
per = "每周"
uses = 1
"""


def codes() -> Callable[[], str]:
    """Codes in a row."""
    numbers = count()
    return lambda: f"M{next(numbers):05d}"


def take_back(
    session: Session, place: Place, item: Item | None = None, move_to: Item | None = None
) -> Withdrawn:
    """Take Tuesday's lunch back, or one line of it, because the stove is broken."""
    wish = WithdrawWish(place.canteen.id, TUESDAY, Meal.LUNCH, item, "灶坏了", move_to)
    return withdraw(session, wish, actor_id=None, codes=codes(), now=clock.now())


def the_set(place: Place) -> Item:
    """The set of the place, as an item."""
    return ItemKind.SET, place.meal_set.id


def swap_wish(place: Place, person_id: int, item: Item, fen: int) -> SwapWish:
    """Wang's choice in the place of the order of the tests."""
    return SwapWish("7K392F", person_id, TUESDAY, Meal.LUNCH, item, fen)


def a_cheap_set(session: Session, place: Place, fen: int = 1000, portions: int = 10) -> MealSet:
    """Another set on Tuesday's lunch menu."""
    made = a_set(session, place.canteen.id, "一荤一素套餐", fen)
    take_off = sa.update(MenuDay).where(MenuDay.id == place.menu.id)
    session.execute(take_off.values(withdrawn_at=clock.now()))
    a_menu(session, place.canteen.id, TUESDAY, (place.meal_set, 10), (place.fish, 10),
           (made, portions))  # fmt: skip
    return made


def states(session: Session) -> list[tuple[int, MealState]]:
    """Of every meal, in the order in which they were ordered."""
    rows = session.execute(
        sa.select(OrderedMeal.person_id, OrderedMeal.state).order_by(OrderedMeal.id)
    )
    return [(row.person_id, row.state) for row in rows]


def test_a_withdrawn_menu_ends_every_meal_ordered_from_it_and_no_other(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    a_menu(session, place.canteen.id, WEDNESDAY, (place.meal_set, 5))
    elder = an_elder(session, wang.id)
    ordered(session, place.lunch(elder.id), wang.id)
    ordered(session, place.lunch(elder.id, day=WEDNESDAY), wang.id, "7K392G")
    assert take_back(session, place) == Withdrawn(1, 0)
    rows = session.execute(sa.select(OrderedMeal.day, OrderedMeal.state))
    assert {row.day: row.state for row in rows} == {
        TUESDAY: MealState.WITHDRAWN,
        WEDNESDAY: MealState.ORDERED,
    }
    assert findings(session) == []
    with pytest.raises(TakenBack):
        ordered(session, place.lunch(elder.id), wang.id, "7K392H")
    with pytest.raises(NotFound):
        take_back(session, place)


def test_a_withdrawn_dish_ends_the_meals_with_it_only(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    mother, father = an_elder(session, wang.id), an_elder(session, wang.id, "王大爷")
    fish = (((ItemKind.DISH, place.fish.id), 1),)
    ordered(session, place.lunch(mother.id, numbers=fish), wang.id)
    ordered(session, place.lunch(father.id), wang.id, "7K392G")
    assert take_back(session, place, (ItemKind.DISH, place.fish.id)) == Withdrawn(1, 0)
    assert states(session) == [
        (mother.id, MealState.WITHDRAWN),
        (father.id, MealState.ORDERED),
    ]
    menu = menus_of(session, [place.canteen.id], TUESDAY, TUESDAY)
    lunch = menu[place.canteen.id, TUESDAY, Meal.LUNCH]
    assert [line.name for line in lunch.lines] == ["两荤一素套餐"]
    with pytest.raises(TakenBack):
        ordered(session, place.lunch(mother.id, numbers=fish), wang.id, "7K392H")
    assert findings(session) == []


def test_the_last_dish_takes_the_menu_with_it(session: Session) -> None:
    place = a_place(session)
    take_back(session, place, (ItemKind.DISH, place.fish.id))
    take_back(session, place, the_set(place))
    session.refresh(place.menu)
    assert place.menu.withdrawn_at is not None


def test_a_withdrawal_needs_a_reason_and_a_day_to_come(session: Session) -> None:
    place = a_place(session)
    wish = WithdrawWish(place.canteen.id, TUESDAY, Meal.LUNCH, None, "  ")
    with pytest.raises(ReasonMissing):
        withdraw(session, wish, actor_id=None, codes=codes(), now=clock.now())
    late = clock.instant_at(WEDNESDAY, 0)
    with pytest.raises(MenuPast):
        withdraw(session, replace(wish, reason="x"), actor_id=None, codes=codes(), now=late)


def test_another_kitchens_menu_and_a_foreign_dish_are_not_found(session: Session) -> None:
    place = a_place(session)
    other = a_canteen(session, "水峰社区老年食堂")
    foreign = a_dish(session, other.id, "回锅肉")
    wish = WithdrawWish(other.id, TUESDAY, Meal.LUNCH, None, "灶坏了")
    with pytest.raises(NotFound):
        withdraw(session, wish, actor_id=None, codes=codes(), now=clock.now())
    with pytest.raises(NotFound):
        take_back(session, place, (ItemKind.DISH, foreign.id))


def test_everybody_who_acts_for_the_elder_is_told_once_for_all_meals(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    sister, li = an_account(session, "13800000009"), an_account(session, "13800000002")
    mother, father = an_elder(session, wang.id), an_elder(session, wang.id, "王大爷")
    a_bond(session, mother.id, sister.id)
    an_elder(session, li.id, "李奶奶")
    ordered(session, place.lunch(mother.id, father.id), wang.id)
    take_back(session, place)
    told = session.scalars(sa.select(Notice).order_by(Notice.account_id)).all()
    assert [one.account_id for one in told] == [wang.id, sister.id]
    assert {one.link for one in told} == {"/meals/changes"}
    assert not any("灶" in one.filling + one.sentence for one in told)


def test_what_was_paid_shows_as_money_to_give_back(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id)
    code = ordered(session, place.lunch(elder.id), wang.id)
    meal_id = session.scalar(sa.select(OrderedMeal.id)) or 0
    paid = PaymentWish(PaymentKind.DESK, 1500, meal_id)
    record(session, place.canteen.id, code, paid, actor_id=wang.id, now=clock.now())
    before = touched_by(session, place.canteen.id, TUESDAY, Meal.LUNCH, None)
    assert [(one.what, one.pay_fen, one.paid_fen) for one in before] == [
        ("两荤一素套餐", 1500, 1500)
    ]
    take_back(session, place)
    (account,) = meals_of_code(session, place.canteen.id, code)
    assert (account.account.owed_fen, account.account.due_fen) == (1500, 0)
    (one,) = withdrawals_of(session, place.canteen.id, TUESDAY, Meal.LUNCH)[0].meals
    assert (one.answer, one.paid_fen) == (Answer.OPEN, 1500)


def test_benefits_are_given_back_and_the_next_meal_has_them(session: Session) -> None:
    import_rules(
        session, read_file(RULES), actor_id=None, today=clock.today(), now=clock.now()
    )  # fmt: skip
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id)
    ordered(session, place.lunch(elder.id), wang.id)
    assert session.scalar(sa.select(OrderedMeal.benefit_fen)) == 400
    take_back(session, place, the_set(place))
    assert findings(session) == []
    fish = (((ItemKind.DISH, place.fish.id), 1),)
    ordered(session, place.lunch(elder.id, numbers=fish), wang.id, "7K392G")
    assert coming_meals(session, wang.id, TUESDAY)[0].benefit_fen == 400


def test_the_family_chooses_another_dish_at_the_price_it_saw(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id)
    ordered(session, place.lunch(elder.id), wang.id)
    take_back(session, place, the_set(place))
    choice: Item = (ItemKind.DISH, place.fish.id)
    wish = swap_wish(place, elder.id, choice, 1500)
    with pytest.raises(PriceChanged):
        swap(session, wish, actor_id=wang.id, code="7K392G", now=clock.now())
    wish = swap_wish(place, elder.id, choice, 1200)
    swap(session, wish, actor_id=wang.id, code="7K392G", now=clock.now())
    assert [row.what for row in coming_meals(session, wang.id, TUESDAY)] == ["清蒸鲈鱼"]
    (change,) = changes_of(session, wang.id, TUESDAY)
    assert (change.answer, change.moved_code, change.reason) == (Answer.MOVED, "7K392G", "灶坏了")
    with pytest.raises(AlreadyReplaced):
        swap(session, wish, actor_id=wang.id, code="7K392H", now=clock.now())
    assert findings(session) == []


def test_after_the_cut_off_one_may_choose_until_serving_begins(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id)
    ordered(session, place.lunch(elder.id), wang.id)
    wish = swap_wish(place, elder.id, (ItemKind.DISH, place.fish.id), 1200)
    with clock.standing_at(clock.instant_at(TUESDAY, 600)):
        take_back(session, place, the_set(place))
    late = clock.instant_at(TUESDAY, 660)
    with pytest.raises(ReplacementOver):
        swap(session, wish, actor_id=wang.id, code="7K392G", now=late)
    just = clock.instant_at(TUESDAY, 659)
    swap(session, wish, actor_id=wang.id, code="7K392G", now=just)
    new = session.scalars(sa.select(OrderedMeal).where(OrderedMeal.state == "ordered")).one()
    assert new.late_reason == "原来的菜撤下，改订"


def test_somebody_elses_meal_cannot_be_chosen_for(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    li = an_account(session, "13800000002", "李先生")
    foreign = an_elder(session, li.id, "李奶奶")
    elder = an_elder(session, wang.id)
    ordered(session, place.lunch(elder.id), wang.id)
    take_back(session, place, the_set(place))
    fish: Item = (ItemKind.DISH, place.fish.id)
    for account, person in ((li, elder), (li, foreign), (wang, foreign)):
        wish = swap_wish(place, person.id, fish, 1200)
        with pytest.raises(NotFound):
            swap(session, wish, actor_id=account.id, code="7K392G", now=clock.now())
        with pytest.raises(NotFound):
            decline(session, wish, actor_id=account.id, now=clock.now())
    assert changes_of(session, li.id, TUESDAY) == []


def test_no_other_meal_is_an_answer_too(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id)
    ordered(session, place.lunch(elder.id), wang.id)
    take_back(session, place)
    wish = swap_wish(place, elder.id, the_set(place), 0)
    decline(session, wish, actor_id=wang.id, now=clock.now())
    (one,) = withdrawals_of(session, place.canteen.id, TUESDAY, Meal.LUNCH)[0].meals
    assert one.answer is Answer.REFUND


def test_the_canteen_moves_all_to_what_costs_no_more(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    cheap = a_cheap_set(session, place, portions=1)
    mother, father = an_elder(session, wang.id), an_elder(session, wang.id, "王大爷")
    rice = session.scalars(sa.select(Portion)).all()
    assert rice == []
    with_fish = ((the_set(place), 1), ((ItemKind.DISH, place.fish.id), 1))
    ordered(session, place.lunch(mother.id, numbers=with_fish), wang.id)
    ordered(session, place.lunch(father.id), wang.id, "7K392G")
    made = take_back(session, place, the_set(place), (ItemKind.SET, cheap.id))
    assert made == Withdrawn(2, 1)  # one portion: the second chooses
    (row,) = coming_meals(session, wang.id, TUESDAY)
    assert (row.person_id, row.what, row.pay_fen) == (mother.id, "清蒸鲈鱼、一荤一素套餐", 2200)
    answers = {one.row.person_id: one.answer for one in changes_of(session, wang.id, TUESDAY)}
    assert answers == {mother.id: Answer.MOVED, father.id: Answer.OPEN}
    assert findings(session) == []
    cancel(session, CancelWish(row.code), actor_id=wang.id, now=clock.now())
    answers = {one.row.person_id: one.answer for one in changes_of(session, wang.id, TUESDAY)}
    assert answers[mother.id] is Answer.REFUND


def test_nobody_is_moved_to_what_costs_more(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    dear = a_cheap_set(session, place, fen=1600)
    elder = an_elder(session, wang.id)
    ordered(session, place.lunch(elder.id), wang.id)
    made = take_back(session, place, the_set(place), (ItemKind.SET, dear.id))
    assert made == Withdrawn(1, 0)
    with pytest.raises(DearerSet):
        take_back(session, place, (ItemKind.SET, dear.id), (ItemKind.SET, dear.id))


def test_a_second_meal_stays_a_second_meal_when_it_is_moved(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    cheap = a_cheap_set(session, place)
    elder = an_elder(session, wang.id)
    ordered(session, place.lunch(elder.id), wang.id)
    ordered(session, place.lunch(elder.id, again=True), wang.id, "7K392G")
    assert take_back(session, place, the_set(place), (ItemKind.SET, cheap.id)) == Withdrawn(2, 2)
    live = sa.select(OrderedMeal.holds_meal).where(OrderedMeal.state == MealState.ORDERED)
    assert session.scalars(live.order_by(OrderedMeal.id)).all() == [True, False]
    assert findings(session) == []


def test_a_meal_that_was_handed_over_stays(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id)
    ordered(session, place.lunch(elder.id), wang.id)
    session.execute(sa.update(OrderedMeal).values(handed_at=clock.now()))
    assert take_back(session, place) == Withdrawn(0, 0)
    assert states(session) == [(elder.id, MealState.ORDERED)]


def test_a_menu_can_be_published_anew_after_it_was_taken_back(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    elder = an_elder(session, wang.id)
    ordered(session, place.lunch(elder.id), wang.id)
    take_back(session, place)
    a_menu(session, place.canteen.id, TUESDAY, (place.fish, 3))
    wish = swap_wish(place, elder.id, (ItemKind.DISH, place.fish.id), 1200)
    swap(session, wish, actor_id=wang.id, code="7K392G", now=clock.now())
    assert findings(session) == []

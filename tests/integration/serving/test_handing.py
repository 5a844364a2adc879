"""A meal is handed over once, on its day, by whoever of its canteen comes first."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.house.races.crowd import all_at_once
from tests.integration.meals.place import TUESDAY
from tests.integration.serving.conftest import CHEN, CHEN_2, Hall
from ylyx_site.facilities.kinds import Meal
from ylyx_site.journal.models import JournalEntry
from ylyx_site.meals.errors.orders import NothingToCancel
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.meals.rules.menus import WithdrawWish
from ylyx_site.meals.service.endings import undo as undo_order
from ylyx_site.meals.service.withdrawals import withdraw
from ylyx_site.serving.errors import AlreadyHanded, MealEnded, NothingToUndo, NotItsDay, UndoOver
from ylyx_site.serving.kinds import HandedHow
from ylyx_site.serving.models import Handover
from ylyx_site.serving.service import Handed, hand_over, undo
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import public_code
from ylyx_site.shared.refusals import NotFound

pytestmark = pytest.mark.usefixtures("noon")


def hands(hall: Hall, number: int, how: HandedHow, who: str = CHEN, **changes: Any) -> Handed:
    """One hand-over in a transaction of its own."""
    wish = {"facility_id": hall.canteen, "actor_id": hall.accounts[who], "now": clock.now()}
    with transaction() as session:
        return hand_over(session, hall.meals[number], how, **(wish | changes))


def takes_back(hall: Hall, number: int, who: str = CHEN, **changes: Any) -> None:
    """One undoing in a transaction of its own."""
    wish = {"facility_id": hall.canteen, "actor_id": hall.accounts[who], "now": clock.now()}
    with transaction() as session:
        undo(session, hall.meals[number], **(wish | changes))


def rows() -> list[tuple[int, HandedHow, int | None]]:
    """Who got what at which price."""
    db.session.rollback()
    found = db.session.scalars(sa.select(Handover).order_by(Handover.ordered_meal_id))
    return [(one.ordered_meal_id, one.how, one.price_fen) for one in found]


def test_the_second_clerk_is_told_who_was_first(hall: Hall) -> None:
    first = hands(hall, 0, HandedHow.COLLECTED)
    assert first.is_new
    later = clock.now() + timedelta(seconds=40)
    second = hands(hall, 0, HandedHow.COLLECTED, CHEN_2, now=later)
    assert second == Handed(
        hall.meals[0], HandedHow.COLLECTED, first.at, hall.accounts[CHEN], is_new=False
    )
    assert rows() == [(hall.meals[0], HandedHow.COLLECTED, 1500)]


def test_another_result_is_refused_with_the_name_and_the_time(hall: Hall) -> None:
    hands(hall, 0, HandedHow.COLLECTED)
    with pytest.raises(AlreadyHanded, match="11:10 陈值班"):
        hands(hall, 0, HandedHow.DINE_IN, CHEN_2)
    with pytest.raises(AlreadyHanded):
        hands(hall, 0, HandedHow.NOBODY, CHEN_2)


def test_nobody_gives_way_to_a_later_collection_and_comes_back_when_that_is_undone(
    hall: Hall,
) -> None:
    hands(hall, 2, HandedHow.NOBODY)
    assert not hands(hall, 2, HandedHow.NOBODY, CHEN_2).is_new
    assert rows() == [(hall.meals[2], HandedHow.NOBODY, None)]
    assert hands(hall, 2, HandedHow.COLLECTED, CHEN_2).is_new
    assert rows() == [(hall.meals[2], HandedHow.COLLECTED, 1700)]
    takes_back(hall, 2)
    assert rows() == [(hall.meals[2], HandedHow.NOBODY, None)]
    takes_back(hall, 2)
    assert rows() == []


def test_only_meals_of_this_canteen_on_this_day_that_stand(hall: Hall) -> None:
    with pytest.raises(NotFound):
        hands(hall, 0, HandedHow.COLLECTED, facility_id=hall.other)
    with pytest.raises(NotFound):
        takes_back(hall, 0, facility_id=hall.other)
    with pytest.raises(NotItsDay):
        hands(hall, 0, HandedHow.COLLECTED, now=clock.now() + timedelta(days=1))
    with transaction() as session:
        wish = WithdrawWish(hall.canteen, TUESDAY, Meal.LUNCH, None, "停电")
        withdraw(session, wish, actor_id=None, codes=public_code, now=clock.now())
    with pytest.raises(MealEnded):
        hands(hall, 0, HandedHow.COLLECTED)
    with pytest.raises(MealEnded):
        hands(hall, 0, HandedHow.NOBODY)
    assert rows() == []


def test_undo_is_for_ten_minutes_but_for_the_manager(hall: Hall) -> None:
    with pytest.raises(NothingToUndo):
        takes_back(hall, 0)
    hands(hall, 0, HandedHow.COLLECTED)
    late = clock.now() + timedelta(minutes=10)
    with pytest.raises(UndoOver):
        takes_back(hall, 0, now=late)
    takes_back(hall, 0, now=late, is_manager=True)
    assert rows() == []
    assert hands(hall, 0, HandedHow.COLLECTED, CHEN_2).is_new
    actions = db.session.scalars(sa.select(JournalEntry.action).order_by(JournalEntry.id))
    assert [one for one in actions if one.startswith("serving.")] == [
        "serving.handed", "serving.undone", "serving.handed",
    ]  # fmt: skip


def test_what_was_handed_over_can_neither_be_undone_nor_withdrawn(hall: Hall) -> None:
    """The family's ten minutes do not reach a meal that was eaten."""
    hands(hall, 0, HandedHow.COLLECTED)
    with transaction() as session:
        session.execute(sa.text("UPDATE meal_order SET ordered_at = :now"), {"now": db_now()})
    with pytest.raises(NothingToCancel), transaction() as session:
        undo_order(session, "7K392F", actor_id=hall.wang, now=clock.now())
    with transaction() as session:
        wish = WithdrawWish(hall.canteen, TUESDAY, Meal.LUNCH, None, "停电")
        withdraw(session, wish, actor_id=None, codes=public_code, now=clock.now())
    states = db.session.execute(sa.select(OrderedMeal.id, OrderedMeal.state))
    assert sorted((number, state.value) for number, state in states) == [
        (hall.meals[0], "ordered"), (hall.meals[1], "withdrawn"), (hall.meals[2], "withdrawn"),
    ]  # fmt: skip


def db_now() -> str:
    """The instant of the tests' lunch as both databases read it."""
    return clock.now().strftime("%Y-%m-%d %H:%M:%S.%f")


def test_what_reached_its_person_has_a_final_price_and_nobody_has_none(
    session: Session, hall: Hall
) -> None:
    for number, how in enumerate((HandedHow.COLLECTED, HandedHow.NOBODY, HandedHow.DELIVERED)):
        hand_over(
            session, hall.meals[number], how,
            facility_id=hall.canteen, actor_id=hall.accounts[CHEN], now=clock.now(),
        )  # fmt: skip
    found = session.scalars(sa.select(Handover).order_by(Handover.ordered_meal_id))
    assert [(one.ordered_meal_id, one.day, one.how, one.price_fen) for one in found] == [
        (hall.meals[0], TUESDAY, HandedHow.COLLECTED, 1500),
        (hall.meals[1], TUESDAY, HandedHow.NOBODY, None),
        (hall.meals[2], TUESDAY, HandedHow.DELIVERED, 1700),
    ]


def test_two_counters_at_once_serve_a_meal_once(app: Flask, hall: Hall) -> None:
    def tap(who: str) -> Any:
        def run() -> Handed:
            with app.app_context():
                return hands(hall, 0, HandedHow.COLLECTED, who)

        return run

    answers = all_at_once([tap(CHEN if n % 2 else CHEN_2) for n in range(12)])
    assert sum(one.is_new for one in answers) == 1
    assert len({(one.by_id, one.at) for one in answers}) == 1
    assert rows() == [(hall.meals[0], HandedHow.COLLECTED, 1500)]

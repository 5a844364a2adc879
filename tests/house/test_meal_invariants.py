"""Each invariant of meals tells when somebody bends a row under it."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.house.invariants import broken
from tests.house.meal_invariants import MEAL_INVARIANTS
from tests.integration.meals.place import a_place, ordered
from tests.makers import an_account, an_elder
from ylyx_site.journal.sealing import seal
from ylyx_site.shared.db import db, transaction

BENT = {
    "a person's meal carries benefits once":
        "UPDATE ordered_meal SET benefit_fen = 100, person_id = (SELECT min(id) FROM person)",
    "a meal's money is its portions and its benefits":
        "UPDATE ordered_meal SET goods_fen = goods_fen + 1",
    "every order has its meals and its journal entry":
        "DELETE FROM journal_entry WHERE action = 'meals.ordered'",
}  # fmt: skip


def a_lunch_for_two() -> None:
    """Wang's parents have a lunch each."""
    with transaction() as session:
        place, wang = a_place(session), an_account(session, password=None)
        mother, father = an_elder(session, wang.id), an_elder(session, wang.id, "王大爷")
        ordered(session, place.lunch(mother.id, father.id), wang.id)
        seal(session)


def test_all_invariants_hold_after_a_lunch(app: Flask) -> None:
    a_lunch_for_two()
    assert broken(db.session()) == []


@pytest.mark.parametrize("sentence", MEAL_INVARIANTS)
def test_a_bent_row_is_told(app: Flask, sentence: str) -> None:
    a_lunch_for_two()
    with db.engine.begin() as connection:
        connection.execute(sa.text(BENT[sentence]))
    assert [line for line in broken(db.session()) if line.startswith(sentence)]


def test_a_counter_that_is_bent_is_told(app: Flask) -> None:
    a_lunch_for_two()
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE place_slot SET taken = 1 WHERE taken = 2"))
        connection.execute(sa.text("UPDATE busy_day SET slots = 0"))
    told = [line.split(" ")[0].split(":")[0] for line in broken(db.session())]
    assert {"meal_set", "pick_ups", "eater"} <= set(told)

"""Somebody the desk knows stands at the window without having ordered: found, priced, served."""

from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html

from tests.client import SiteClient, find_form, text_of
from tests.integration.counter.conftest import HE, MONDAY_LUNCH, Town, elder, meals
from tests.integration.counter.test_orders import paid, quoted
from tests.integration.meals.place import ordered
from tests.makers import an_account
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.ledger import findings
from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.rules.wishes import MealWish, OrderWish
from ylyx_site.serving.kinds import HandedHow
from ylyx_site.serving.models import Handover
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

LIST = "/desk/collection?meal=lunch"


@pytest.fixture
def window(he: SiteClient) -> Iterator[SiteClient]:
    """The clerk at Monday's lunch, after the cut-off, while it is served."""
    with clock.standing_at("2026-11-23T11:20:00+08:00"):
        he.sign_in_as(HE)
        yield he


def not_on_the_list(window: SiteClient, words: str) -> str:
    """Search the list in vain and add a meal on the spot; where that leads."""
    answer = window.submit(f"{LIST}&q={words}", "/desk/phone/search")
    assert answer.status_code == 303, text_of(answer)
    return str(answer.location)


def sell_out(town: Town) -> None:
    """Two elders of one family take all ten lunches."""
    with transaction() as session, clock.standing_at("2026-11-23T08:30:00+08:00"):
        family = an_account(session, "13800000009", "吴女士")
        first = elder(session, family.id, "吴国强", phone="13900009998")
        other = elder(session, family.id, "吴秀珍", phone="13900009999")
        for person, number, code in ((first.id, 9, "9K392F"), (other.id, 1, "9K392G")):
            lunch = MealWish(MONDAY_LUNCH, Meal.LUNCH, (((ItemKind.SET, town.set_id), number),))
            wish = OrderWish(town.ours, (person,), (lunch,), Serving.PICK_UP)
            ordered(session, wish, family.id, code)


def handed() -> list[tuple[int, HandedHow]]:
    """Which meals were handed over, and how."""
    db.session.rollback()
    rows = db.session.scalars(db.select(Handover).order_by(Handover.ordered_meal_id))
    return [(one.ordered_meal_id, one.how) for one in rows]


@pytest.mark.parametrize("typed", ["zgf", "周桂芳", "5678"])
def test_from_not_found_on_the_list_to_the_meal_in_the_hand(
    window: SiteClient, town: Town, typed: str
) -> None:
    card = not_on_the_list(window, typed)
    assert card == f"{town.card}?date={MONDAY_LUNCH}&meal=lunch&walk_in=1"
    page = window.page(card)
    made = window.submit(card, "/orders")
    assert made.status_code == 303
    meal = meals()[-1]
    assert (meal.day, meal.serving, paid(meal)) == (MONDAY_LUNCH, Serving.DINE_IN, quoted(page))
    assert (meal.benefit_fen > 0, meal.holds_meal, meal.late_by) == (True, True, town.clerk)
    assert "现场加餐" in meal.late_reason
    tap = window.submit(f"{LIST}&q={typed}", f"/{meal.id}/handover", how="dine_in", pay="1")
    assert tap.status_code == 303
    assert handed() == [(meal.id, HandedHow.DINE_IN)]
    assert findings(db.session()) == []


def test_the_price_of_the_moment_is_shown_before_it_is_asked(
    window: SiteClient, town: Town
) -> None:
    page = window.page(not_on_the_list(window, "zgf"))
    form = find_form(page, "/orders")
    shown = " ".join(page.xpath("//main")[0].text_content().split())
    assert "补贴后" in shown
    assert dict(form.form_values())["serving"] == Serving.DINE_IN.value
    fields: dict[str, Any] = dict(form.form_values()) | {"quoted": f"{town.zhou}:1"}
    answer = window.post(f"{town.card}/orders", data=fields)
    assert (answer.status_code, len(meals())) == (409, 1)
    assert quoted(html.fromstring(answer.text)) == quoted(page)


def test_portions_are_real_at_the_window(window: SiteClient, town: Town) -> None:
    address = not_on_the_list(window, "zgf")
    fields: dict[str, Any] = dict(find_form(window.page(address), "/orders").form_values())
    sell_out(town)
    before = len(meals())
    assert window.get(address).status_code == 422
    answer = window.post(f"{town.card}/orders", data=fields)
    assert (answer.status_code, len(meals())) == (422, before)
    assert (handed(), findings(db.session())) == ([], [])


def test_who_is_not_known_here_is_not_found_by_name(window: SiteClient, town: Town) -> None:
    answer = window.submit(f"{LIST}&q=周国发", "/desk/phone/search")
    assert (answer.status_code, len(meals())) == (200, 1)
    assert "没有找到" in text_of(answer)


def test_another_canteens_clerk_cannot_add_a_meal(zhao: SiteClient, town: Town) -> None:
    address = f"{town.card}?date={MONDAY_LUNCH}&meal=lunch&walk_in=1"
    assert zhao.get(address).status_code == 404

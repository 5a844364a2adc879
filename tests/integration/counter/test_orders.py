"""Ordering for a caller: the family's rules, the usual, and the cut-off that a clerk overrules."""

from datetime import date
from typing import Any

import pytest
from lxml import html

from tests.client import SiteClient, text_of
from tests.integration.counter.conftest import HE, WANG, Town, journal, meals, orders
from ylyx_site.facilities.kinds import Serving
from ylyx_site.ledger import findings
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.shared import clock
from ylyx_site.shared.db import db

WEDNESDAY, MONDAY = date(2026, 11, 25), date(2026, 11, 23)


def quoted(page: Any) -> int:
    """What the card says the order costs."""
    return int(page.xpath("//input[@name='quoted']/@value")[0].partition(":")[2])


def usual(he: SiteClient, town: Town, address: str = "", **fields: Any) -> Any:
    """Press Enter on the card."""
    return he.submit(address or town.card, "/orders", **fields)


def paid(meal: OrderedMeal) -> int:
    """What the person pays."""
    return meal.goods_fen + meal.fee_fen - meal.benefit_fen


def test_the_usual_for_the_next_free_meal_costs_what_the_card_showed(
    he: SiteClient, town: Town
) -> None:
    page = he.page(town.card)  # today's lunch is the next: Tuesday's is ordered
    answer = usual(he, town)
    assert answer.status_code == 303
    made = meals()[-1]
    assert (made.day, made.serving, paid(made)) == (MONDAY, Serving.PICK_UP, quoted(page))
    assert (made.benefit_fen > 0, made.holds_meal, made.late_by) == (True, True, None)
    assert findings(db.session()) == []


def test_the_order_says_who_wrote_it_down_and_the_family_sees_it(
    he: SiteClient, town: Town, app: Any
) -> None:
    usual(he, town)
    order = orders()[-1]
    assert (order.account_id, order.by_desk, order.facility_id) == (town.clerk, True, town.ours)
    assert journal("meals.ordered")[-1] == (town.clerk, town.ours, f"order:{order.code}")
    family = app.test_client()
    family.sign_in_as(WANG)
    ticket = text_of(family.get(f"/meals/orders/{order.code}"))
    assert "周桂芳" in ticket
    assert "窗口代订" in ticket
    assert order.code in family.get("/meals/orders").text
    assert order.code not in he.get("/meals/orders").text
    assert he.get(f"/meals/orders/{order.code}").status_code == 404


def test_another_day_dish_and_way_of_serving_are_chosen(he: SiteClient, town: Town) -> None:
    answer = usual(
        he, town, f"{town.card}?date={WEDNESDAY}&meal=lunch&serving=delivery&set-{town.set_id}=2",
    )  # fmt: skip
    assert answer.status_code == 303
    made = meals()[-1]
    assert (made.day, made.serving, made.goods_fen) == (WEDNESDAY, Serving.DELIVERY, 3000)


def test_a_price_that_was_not_the_one_shown_is_asked_again(he: SiteClient, town: Town) -> None:
    answer = usual(he, town, quoted=f"{town.zhou}:1")
    assert (answer.status_code, len(meals())) == (409, 1)
    page = html.fromstring(answer.text)
    assert quoted(page) == quoted(he.page(town.card))


def test_without_a_price_shown_nothing_is_ordered(he: SiteClient, town: Town) -> None:
    answer = usual(he, town, drop=("quoted",))
    assert (answer.status_code, len(meals())) == (409, 1)


def test_the_same_form_twice_is_one_order(he: SiteClient, town: Town) -> None:
    page = he.page(f"{town.card}?date={WEDNESDAY}&meal=lunch")
    fields: dict[str, Any] = dict(
        next(one for one in page.forms if one.action.endswith("/orders")).form_values()
    )
    answers = [he.post(f"{town.card}/orders", data=fields) for _ in range(2)]
    assert {(one.status_code, one.headers["Location"]) for one in answers} == {
        (303, f"/desk/phone/orders/{orders()[-1].code}")
    }
    assert len(meals()) == 2


def test_a_meal_that_the_daughter_has_ordered_is_told_and_not_subsidised_twice(
    he: SiteClient, town: Town
) -> None:
    address = f"{town.card}?date=2026-11-24&meal=lunch"
    assert "王*国已经订了这一餐" in text_of(he.get(address))
    assert usual(he, town, address).status_code == 409
    assert usual(he, town, address, again="1").status_code == 303
    assert [one.benefit_fen > 0 for one in meals()] == [True, False]
    assert findings(db.session()) == []


def test_after_the_cut_off_only_a_reason_lets_a_meal_in(he: SiteClient, town: Town) -> None:
    address = f"{town.card}?date={MONDAY}&meal=lunch"
    with clock.standing_at("2026-11-23T09:00:00+08:00"):
        page = he.page(address)
        (focused,) = page.xpath("//*[@autofocus]")  # the next thing that is typed
        assert (focused.get("name"), "required" in focused.attrib) == ("late_reason", True)
        assert usual(he, town, address).status_code == 422
        assert len(meals()) == 1
        assert usual(he, town, address, late_reason="厨房说还有").status_code == 303
        made = meals()[-1]
    assert (made.late_reason, made.late_by, paid(made)) == ("厨房说还有", town.clerk, quoted(page))


def test_a_reason_in_time_leaves_no_mark(he: SiteClient, town: Town) -> None:
    with clock.standing_at("2026-11-23T08:59:59+08:00"):
        assert usual(he, town, late_reason="没有用").status_code == 303
    assert (meals()[-1].late_reason, meals()[-1].late_by) == ("", None)


def test_when_serving_is_over_no_reason_helps(he: SiteClient, town: Town) -> None:
    address = f"{town.card}?date={WEDNESDAY}&meal=lunch"
    page = he.page(address)
    fields = dict(
        next(one for one in page.forms if one.action.endswith("/orders")).form_values()
    )  # fmt: skip
    with clock.standing_at("2026-11-25T13:00:00+08:00"):
        he.sign_in_as(HE)
        fields["csrf_token"] = he.token()
        answer = he.post(f"{town.card}/orders", data=fields | {"late_reason": "来晚了"})
    assert (answer.status_code, len(meals())) == (422, 1)


def test_portions_are_real_for_a_clerk_too(he: SiteClient, town: Town) -> None:
    address = f"{town.card}?date={WEDNESDAY}&meal=lunch&set-{town.set_id}=9"
    assert usual(he, town, address).status_code == 303
    again = f"{town.card}?date={WEDNESDAY}&meal=lunch&set-{town.set_id}=9&late_reason=x&again=1"
    answer = he.get(again)
    assert answer.status_code == 422
    assert "不够了，还剩 1 份" in text_of(answer)


def test_what_the_desk_ordered_is_undone_and_what_a_family_ordered_is_not(
    he: SiteClient, town: Town
) -> None:
    ticket = usual(he, town).headers["Location"]
    assert he.submit(ticket, "/undo").status_code == 303
    assert [one.state for one in meals()] == [MealState.ORDERED, MealState.CANCELLED]
    data = {"csrf_token": he.token(), "key": "a-key-to-undo"}
    assert he.post("/desk/phone/orders/7K392F/undo", data=data).status_code == 422
    assert findings(db.session()) == []


def test_a_late_cancellation_needs_a_reason_that_the_kitchen_sees(
    he: SiteClient, town: Town
) -> None:
    with clock.standing_at("2026-11-24T09:30:00+08:00"):
        he.sign_in_as(HE)
        assert he.submit("/desk/phone/orders/7K392F", "/cancellation").status_code == 422
        answer = he.submit("/desk/phone/orders/7K392F", "/cancellation", late_reason="住院了")
    assert answer.status_code == 303
    assert [(one.state, one.late_reason, one.late_by) for one in meals()] == [
        (MealState.CANCELLED, "住院了", town.clerk)
    ]
    assert findings(db.session()) == []


@pytest.mark.parametrize("bent", [{"date": "2026-11-29"}, {"meal": "tea"}, {"serving": "x"},
                                  {"person_id": ""}])  # fmt: skip
def test_what_cannot_be_is_refused(he: SiteClient, town: Town, bent: dict[str, str]) -> None:
    assert usual(he, town, **bent).status_code == 422
    assert len(meals()) == 1


def test_a_bent_person_in_the_form_changes_nothing(he: SiteClient, town: Town) -> None:
    assert usual(he, town, person_id=str(town.stranger)).status_code == 409
    assert {one.person_id for one in meals()} == {town.zhou}


def test_a_card_for_somebody_without_a_telephone_is_printed(he: SiteClient, town: Town) -> None:
    ticket = usual(he, town).headers["Location"]
    card = he.page(f"{ticket}/card")
    assert "周桂芳" in card.text_content()
    assert card.xpath("//svg")
    assert HE not in card.text_content()

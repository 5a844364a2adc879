"""A week's sheet: one digit a cell, the price before, one submit, all or the part chosen."""

from datetime import date
from typing import Any

import pytest
from lxml import html

from tests.client import SiteClient, text_of
from tests.integration.counter.conftest import Town, elder, meals, orders
from tests.integration.meals.place import ordered
from tests.makers import an_account
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.ledger import findings
from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.rules.wishes import MealWish, OrderWish
from ylyx_site.shared.db import db, transaction

SHEET = "/desk/phone/week?week=2026-11-23&meal=lunch"
ACTION = "/desk/phone/week"
MON, TUE, WED, THU, SUN = (date(2026, 11, day) for day in (23, 24, 25, 26, 29))


def cell(person: int, day: date) -> str:
    """The name of a cell."""
    return f"cell-{person}-{day}"


def preview(he: SiteClient, **cells: str) -> Any:
    """Fill in the sheet and ask what it costs."""
    return he.submit(SHEET, ACTION, show="1", **cells)


def confirm(he: SiteClient, shown: Any, **fields: Any) -> Any:
    """Press the button under the price."""
    page = html.fromstring(shown.text)
    form = next(one for one in page.forms if (one.action or "").endswith(ACTION))
    return he.post(ACTION, data=dict(form.form_values()) | fields)


def test_marks_become_meals_at_the_price_that_was_shown(he: SiteClient, town: Town) -> None:
    shown = preview(he, **{cell(town.zhou, MON): "0", cell(town.zhou, WED): "1"})
    assert shown.status_code == 200
    assert len(meals()) == 1
    fen = int(html.fromstring(shown.text).xpath("//input[@name='shown_fen']/@value")[0])
    assert confirm(he, shown).status_code == 303
    made = meals()[1:]
    assert [(one.day, one.serving) for one in made] == [(MON, Serving.PICK_UP),
                                                        (WED, Serving.PICK_UP)]  # fmt: skip
    assert sum(one.goods_fen + one.fee_fen - one.benefit_fen for one in made) == fen
    assert [one.by_desk for one in orders()[1:]] == [True]
    assert findings(db.session()) == []


def test_what_is_ordered_stands_in_the_sheet_and_has_no_cell(he: SiteClient, town: Town) -> None:
    page = he.page(SHEET)
    assert page.xpath(f"//input[@name='{cell(town.zhou, TUE)}']") == []
    assert "已订" in page.xpath("//table")[0].text_content()


def test_cells_that_cannot_be_are_named_and_nothing_is_ordered_until_the_part_is_chosen(
    he: SiteClient, town: Town
) -> None:
    marks = {cell(town.zhou, MON): "1", cell(town.zhou, WED): "7", cell(town.zhou, SUN): "1"}
    shown = preview(he, **marks)
    assert "有 2 格订不了" in text_of(shown)
    refused = confirm(he, shown)
    assert (refused.status_code, len(meals())) == (422, 1)
    assert confirm(he, shown, only_possible="1").status_code == 303
    assert [one.day for one in meals()[1:]] == [MON]


def test_a_sheet_that_changed_after_the_price_is_asked_again(he: SiteClient, town: Town) -> None:
    shown = preview(he, **{cell(town.zhou, MON): "1"})
    answer = confirm(he, shown, **{cell(town.zhou, WED): "1"})
    assert (answer.status_code, len(meals())) == (409, 1)


def test_an_empty_sheet_and_words_in_a_cell(he: SiteClient, town: Town) -> None:
    assert preview(he).status_code == 200
    assert preview(he, **{cell(town.zhou, MON): "鱼"}).status_code == 422
    assert he.submit(SHEET, ACTION, shown_fen="0").status_code == 422
    assert len(meals()) == 1


def test_a_stranger_in_a_bent_cell_is_nobody(he: SiteClient, town: Town) -> None:
    data = {"csrf_token": he.token(), "key": "a-bent-sheet-1", "week": "2026-11-23",
            "meal": "lunch", "show": "1", cell(town.stranger, MON): "1"}  # fmt: skip
    assert he.post(ACTION, data=data).status_code == 404


@pytest.mark.parametrize("more", [3])
def test_a_sheet_asks_the_same_for_one_row_and_for_many(
    he: SiteClient, town: Town, count_queries: Any, more: int
) -> None:
    counts = []
    for number in range(2):
        if number:
            _more_people(town, more)
        he.get(SHEET)
        with count_queries() as statements:
            he.get(SHEET)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[0] <= 25


def _more_people(town: Town, more: int) -> None:
    with transaction() as session:
        account = an_account(session, "13700000001", "孙女", None)
        for number in range(more):
            person = elder(session, account.id, f"吴奶奶{number}", phone=f"1390000100{number}")
            numbers = (((ItemKind.SET, town.set_id), 1),)
            wish = OrderWish(
                town.ours, (person.id,), (MealWish(THU, Meal.LUNCH, numbers),), Serving.PICK_UP
            )
            ordered(session, wish, account.id, f"AAAAA{number}")


def test_two_people_and_the_last_portion(he: SiteClient, town: Town) -> None:
    _more_people(town, 2)  # eight of ten are left on Thursday
    page = he.page(SHEET)
    names = page.xpath(f"//input[contains(@name, '-{WED}')]/@name")
    assert len(names) == 3
    shown = preview(he, **dict.fromkeys(names, "1"))
    assert confirm(he, shown).status_code == 303
    assert sorted(one.person_id for one in meals() if one.day == WED) == sorted(
        int(name.split("-")[1]) for name in names
    )
    assert len(orders()) == 1 + 2 + 3
    assert findings(db.session()) == []

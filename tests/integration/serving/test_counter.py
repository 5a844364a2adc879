"""The list at the counter: finding, one tap with the money, the other counter's taps, the sheet."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from io import BytesIO
from time import thread_time

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from tests.client import SiteClient, text_of
from tests.integration.serving.conftest import CHEN_2, COURIER, MANAGER, ZHAO, Hall, browser
from tests.makers import an_account, an_elder
from ylyx_site.facilities.kinds import Serving
from ylyx_site.families.models import Person
from ylyx_site.journal.models import JournalEntry
from ylyx_site.meals.kinds import PaymentKind
from ylyx_site.meals.models import OrderedMeal, Payment
from ylyx_site.serving.models import EaterCard, Handover
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import new_key

pytestmark = pytest.mark.usefixtures("noon")
LIST = "/desk/collection"


def names(page: SiteClient, query: str = "") -> list[str]:
    """The names on the list, in order."""
    found = page.page(f"{LIST}?q={query}").xpath("//tr[starts-with(@id, 'meal-')]//a/b/text()")
    return [str(one) for one in found]


def tap(page: SiteClient, meal_id: int, part: str = "handover", **fields: str) -> TestResponse:
    """One tap without JavaScript."""
    form = {"csrf_token": page.token(), "key": new_key(), "how": "collected", "pay": "1"}
    return page.post(f"{LIST}/{meal_id}/{part}", data=form | fields)


def receipts() -> list[tuple[PaymentKind, int]]:
    """Kind and fen of all."""
    db.session.rollback()
    rows = db.session.scalars(sa.select(Payment).order_by(Payment.number))
    return [(one.kind, one.fen) for one in rows]


def test_the_list_is_in_the_order_of_pinyin_with_the_surname_as_it_is_read(
    chen: SiteClient, hall: Hall
) -> None:
    assert names(chen) == ["陈桂芳", "单秀英", "周国强"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("陈桂芳", ["陈桂芳"]), ("cgf", ["陈桂芳"]), ("zhouguo", ["周国强"]), ("0083", ["周国强"]),
        ("84", ["单秀英"]), ("7k3-92g", ["周国强"]), ("sxy", ["单秀英"]),
        ("９９９９", []), ("赵", []),
    ],
)  # fmt: skip
def test_one_field_finds_by_name_pinyin_initials_tail_and_code(
    chen: SiteClient, hall: Hall, query: str, found: list[str]
) -> None:
    assert names(chen, query) == found


def test_one_tap_hands_over_and_takes_the_money(chen: SiteClient, hall: Hall) -> None:
    meal = hall.meals[0]
    assert tap(chen, meal).location == f"{LIST}?meal=lunch#meal-{meal}"
    assert receipts() == [(PaymentKind.ON_COLLECTION, 1500)]
    row = chen.page(LIST).get_element_by_id(f"meal-{meal}")
    assert "已取走" in row.text_content() and "11:10 陈值班" in row.text_content()
    assert tap(chen, meal, "undo").status_code == 303
    assert receipts() == [(PaymentKind.ON_COLLECTION, 1500), (PaymentKind.CORRECTION, -1500)]
    tap(chen, meal)
    assert sum(fen for _kind, fen in receipts()) == 1500


def test_the_second_clerk_sees_who_was_first_and_takes_no_money(
    app: Flask, chen: SiteClient, hall: Hall
) -> None:
    he = browser(app, CHEN_2)
    tap(chen, hall.meals[0])
    answer = tap(he, hall.meals[0])
    assert "11:10:00 陈值班已经递过这一餐，没有重复记。" in text_of(answer)
    assert receipts() == [(PaymentKind.ON_COLLECTION, 1500)]


def test_money_ahead_pays_without_cash(chen: SiteClient, hall: Hall) -> None:
    with transaction() as session:
        session.add(
            Payment(
                facility_id=hall.canteen, number=1, person_id=hall.elders[0], month="2026-11",
                fen=10000, kind=PaymentKind.PREPAID, recorded_by=hall.wang, recorded_at=clock.now(),
            )
        )  # fmt: skip
    assert "扣预存 ¥15.00" in text_of(chen.get(LIST))
    tap(chen, hall.meals[0])
    assert receipts()[1:] == [(PaymentKind.PREPAID, 1500)]


def test_taps_of_the_other_counter_come_by_themselves(
    app: Flask, chen: SiteClient, hall: Hall
) -> None:
    address = str(chen.page(LIST).get_element_by_id("pulse").get("hx-get"))
    assert chen.get(address).status_code == 204
    he = browser(app, CHEN_2)
    tap(he, hall.meals[1], how="dine_in")
    answer = chen.get(address)
    assert answer.status_code == 200
    assert f'id="meal-{hall.meals[1]}"' in answer.text and "何值班" in answer.text
    assert f'id="meal-{hall.meals[0]}"' not in answer.text
    assert answer.text.lstrip().startswith("<tr"), "rows are rows only before anything else"
    with clock.moved(timedelta(minutes=1)):
        tap(he, hall.meals[1], "undo")
    again = chen.get(address)
    assert f'id="meal-{hall.meals[1]}"' in again.text and "何值班" not in again.text


def test_nothing_new_costs_one_query_beside_the_session(
    chen: SiteClient, hall: Hall, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    address = str(chen.page(LIST).get_element_by_id("pulse").get("hx-get"))
    with count_queries() as queries:
        assert chen.get(address).status_code == 204
    assert len(queries) == 3  # the session, the canteen, the pulse


def test_a_neighbour_comes_with_six_digits(app: Flask, chen: SiteClient, hall: Hall) -> None:
    wang, meal = browser(app, "13800000001"), hall.meals[0]
    page = "/meals/orders/7K392F/neighbour"
    assert tap(chen, meal, "neighbour", code="000000").status_code == 422
    assert wang.submit(page).status_code == 303
    digits = str(wang.page(page).xpath("//p[@class='code']/text()")[0]).replace(" ", "")
    wrong = "111111" if digits != "111111" else "222222"
    assert "还可以试 4 次" in text_of(tap(chen, meal, "neighbour", code=wrong))
    full_width = digits.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert tap(chen, meal, "neighbour", code=full_width).status_code == 303
    assert "邻居代领" in text_of(chen.get(f"{LIST}/{meal}"))
    assert "邻居已经领走了" in text_of(wang.get(page))
    tap(chen, meal, "undo")
    assert tap(chen, meal, "neighbour", code=digits).status_code == 422  # once, and no more


def test_five_wrong_digits_lock_the_code(app: Flask, chen: SiteClient, hall: Hall) -> None:
    wang, page = browser(app, "13800000001"), "/meals/orders/7K392F/neighbour"
    wang.submit(page)
    digits = str(wang.page(page).xpath("//p[@class='code']/text()")[0]).replace(" ", "")
    wrong = "111111" if digits != "111111" else "222222"
    for _time in range(5):
        tap(chen, hall.meals[0], "neighbour", code=wrong)
    assert tap(chen, hall.meals[0], "neighbour", code=digits).status_code == 422
    assert db.session.scalars(sa.select(Handover)).all() == []
    assert "试错太多次" in text_of(wang.get(page))


def test_another_family_makes_no_code(app: Flask, hall: Hall) -> None:
    with transaction() as session:
        an_account(session, "13800000002", "李先生")
    li = browser(app, "13800000002")
    assert li.get("/meals/orders/7K392F/neighbour").status_code == 404
    form = {"csrf_token": li.token(), "key": new_key(), "meal_id": str(hall.meals[0])}
    assert li.post("/meals/orders/7K392F/neighbour", data=form).status_code == 404


def test_a_card_finds_its_owner_and_a_lost_one_nobody(chen: SiteClient, hall: Hall) -> None:
    page = f"{LIST}/{hall.meals[1]}/card"
    assert "还没有取餐卡" in text_of(chen.get(page))
    codes = []
    for _time in range(2):
        assert chen.submit(page, f"/{hall.meals[1]}/card").status_code == 303
        codes.append(db.session.scalars(sa.select(EaterCard.code)).one())
        db.session.rollback()
    assert names(chen, codes[1]) == ["周国强"]
    assert names(chen, codes[0]) == []


def test_the_sheet_has_the_list_and_no_formula(app: Flask, chen: SiteClient, hall: Hall) -> None:
    with transaction() as session:
        session.execute(sa.update(Person).values(name=sa.func.replace(Person.name, "单", "=")))
    tap(chen, hall.meals[0])
    answer = chen.get(f"{LIST}/sheet")
    book = load_workbook(BytesIO(answer.data))
    answer.close()
    lines = list(book.active.values)
    assert [line[0] for line in lines] == ["姓名", "=秀英", "陈桂芳", "周国强"]
    assert lines[2][7:] == (15, 15, "已取走", "11:10", "陈值班")
    assert all(cell.data_type != "f" for row in book.active.rows for cell in row)
    actions = db.session.scalars(sa.select(JournalEntry.action))
    assert "serving.list_exported" in set(actions)


def test_nobody_of_another_canteen_sees_or_taps(app: Flask, hall: Hall) -> None:
    zhao = browser(app, ZHAO)
    assert names(zhao) == []
    for path in ("", "/card"):
        assert zhao.get(f"{LIST}/{hall.meals[0]}{path}").status_code == 404
    for part in ("handover", "undo", "neighbour", "card"):
        assert tap(zhao, hall.meals[0], part, code="123456").status_code == 404
    assert db.session.scalars(sa.select(Handover)).all() == []


def test_a_courier_has_no_list(app: Flask, hall: Hall) -> None:
    assert browser(app, COURIER).get(LIST).status_code == 404


def test_guests_take_real_portions_and_give_them_back(
    app: Flask, chen: SiteClient, hall: Hall
) -> None:
    page = f"{LIST}/guests?meal=lunch"
    dish = f"set-{hall.place.meal_set.id}"
    assert "余 27 份" in text_of(chen.get(page))
    assert chen.submit(page, "/guests", **{dish: "2"}).status_code == 303
    assert "余 25 份" in text_of(chen.get(page)) and "¥30.00" in text_of(chen.get(page))
    assert chen.submit(page, "/guests", **{dish: "0"}).status_code == 422
    assert chen.submit(page, "/guests", **{dish: "-1"}).status_code == 422
    assert chen.submit(page, "/guests", **{dish: "20"}).status_code == 422  # 20 seats, 3 taken
    assert audit() == []
    assert chen.submit(page, "/undo").status_code == 303
    assert "余 27 份" in text_of(chen.get(page))
    assert audit() == []


def audit() -> list[str]:
    """What the ledger's audit finds."""
    from ylyx_site.ledger import findings  # noqa: PLC0415 the top of the house

    db.session.rollback()
    return findings(db.session())


def test_a_manager_undoes_later(app: Flask, chen: SiteClient, hall: Hall) -> None:
    tap(chen, hall.meals[0])
    manager = browser(app, MANAGER)
    with clock.standing_at("2026-11-24T12:30:00+08:00"):
        assert tap(chen, hall.meals[0], "undo").status_code == 422
        assert tap(manager, hall.meals[0], "undo").status_code == 303


def many(hall: Hall, number: int) -> None:
    """So many people more who eat there."""
    with clock.standing_at("2026-11-23T08:00:00+08:00"), transaction() as session:
        people = [
            an_elder(session, hall.wang, f"张{n:03d}".translate(DIGITS), phone=f"139{n:08d}")
            for n in range(number)
        ]
        first = session.scalars(sa.select(OrderedMeal).order_by(OrderedMeal.id)).first()
        assert first is not None
        session.execute(
            sa.insert(OrderedMeal),
            [
                {
                    "order_id": first.order_id, "facility_id": hall.canteen,
                    "kitchen_id": hall.canteen, "person_id": one.id, "day": first.day,
                    "meal": first.meal, "serving": Serving.PICK_UP, "goods_fen": 1500,
                    "benefit_fen": 0, "fee_fen": 0, "holds_meal": True,
                }
                for one in people
            ],
        )  # fmt: skip


DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")


def test_four_hundred_lunches_cost_the_queries_of_three(
    app: Flask,
    chen: SiteClient,
    hall: Hall,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    with count_queries() as few:
        chen.get(LIST)
    many(hall, 397)
    with count_queries() as queries:
        started = thread_time()
        page = FlaskClient.open(chen, LIST)  # without reading the answer as a strict browser
        took = thread_time() - started
    assert len(queries) == len(few) <= 14
    assert page.text.count('id="meal-') == 400
    assert took < 0.3  # of this thread alone: the machine is shared while tests run

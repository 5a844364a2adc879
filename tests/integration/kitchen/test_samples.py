"""Samples: enough, cold, in a box, kept for 48 hours, and asked for when they are forgotten."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.client import SiteClient, text_of
from tests.integration.serving.conftest import CHEN, ZHAO, Hall, browser
from ylyx_site.kitchen.models import FoodSample
from ylyx_site.kitchen.service.samples import remind_of_samples
from ylyx_site.notices.models import Notice
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import new_key

pytestmark = pytest.mark.usefixtures("noon")
PAGE = "/desk/kitchen/samples"


def kept() -> list[tuple[int, int, str, bool]]:
    """Grams, tenths, box, and whether it was thrown away."""
    db.session.rollback()
    rows = db.session.scalars(sa.select(FoodSample).order_by(FoodSample.id))
    return [(one.grams, one.tenths, one.box, one.disposed_at is not None) for one in rows]


def takes(page: SiteClient, **fields: str) -> int:
    """Send the form as it stands, with these changes; the status."""
    return page.submit(PAGE, "/samples", **({"degrees": "4.5"} | fields)).status_code


def test_samples_of_all_dishes_are_written_down_at_once(chen: SiteClient, hall: Hall) -> None:
    assert takes(chen) == 303
    assert kept() == [(125, 45, "1", False), (125, 45, "2", False)]  # the fish, the set's rice
    assert "这一餐留的" in text_of(chen.get(PAGE))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"degrees": "8.1"}, "留样冰箱要在 0 到 8 ℃"),
        ({"degrees": "-1"}, "温度请这样填"),
        ({"degrees": "四度"}, "温度请这样填"),
        ({"grams": "124"}, "每样菜要留够 125 克"),
        ({"grams": "12.5"}, "克数要填整数"),
        ({"box": " "}, "请写留样盒的编号"),
    ],
)
def test_what_the_law_does_not_allow_is_refused(
    chen: SiteClient, hall: Hall, fields: dict[str, str], sentence: str
) -> None:
    fish = hall.place.fish.id
    changed = {
        f"{name}-{fish}" if name != "degrees" else name: text for name, text in fields.items()
    }
    answer = chen.submit(PAGE, "/samples", **({"degrees": "4"} | changed))
    assert answer.status_code == 422 and sentence in text_of(answer)
    assert kept() == []


def test_no_dish_and_a_foreign_dish_are_refused(chen: SiteClient, hall: Hall) -> None:
    assert chen.submit(PAGE, "/samples", drop=("dish",), degrees="4").status_code == 422
    assert takes(chen, dish="999") == 422
    assert kept() == []


def test_a_sample_is_thrown_away_after_48_hours_and_not_before(
    app: Flask, chen: SiteClient, hall: Hall
) -> None:
    takes(chen)
    sample = db.session.scalars(sa.select(FoodSample.id).order_by(FoodSample.id)).first()
    form = {"csrf_token": chen.token(), "meal": "lunch"}
    address = f"{PAGE}/{sample}/disposal"
    assert chen.post(address, data=form | {"key": new_key()}).status_code == 422
    with clock.moved(timedelta(hours=48)):
        zhao = browser(app, ZHAO)
        foreign = {"csrf_token": zhao.token(), "key": new_key(), "meal": "lunch"}
        assert zhao.post(address, data=foreign).status_code == 404
        assert zhao.post(f"{PAGE}/disposal", data=foreign | {"key": new_key()}).status_code == 303
        assert [gone for *_rest, gone in kept()] == [False, False]
        chen = browser(app, CHEN)  # nobody stays signed in for two days
        form["csrf_token"] = chen.token()
        assert chen.post(address, data=form | {"key": new_key()}).location == f"{PAGE}?meal=lunch"
        assert [gone for *_rest, gone in kept()] == [True, False]
        assert chen.submit(PAGE, f"{PAGE}/disposal").status_code == 303
    assert [gone for *_rest, gone in kept()] == [True, True]


def test_a_meal_served_for_an_hour_without_samples_is_told_once(
    chen: SiteClient, hall: Hall
) -> None:
    def told() -> int:
        with transaction() as session:
            remind_of_samples(session, clock.now())
        return int(db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) or 0)

    assert told() == 0
    assert "还没有留样记录" not in text_of(chen.get("/desk"))
    with clock.standing_at("2026-11-24T12:00:00+08:00"):
        assert told() == 3  # two clerks and the manager
        assert told() == 3
        assert "午餐开餐一个小时了，还没有留样记录。" in text_of(chen.get("/desk"))
        takes(chen)
        assert "还没有留样记录" not in text_of(chen.get("/desk"))

"""A form sent many times at once has one effect and one answer; a child is in one place."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.client import text_of
from tests.house.races import checks
from tests.house.races.conftest import Nursery
from tests.house.races.crowd import (
    Family,
    all_at_once,
    audit,
    booking,
    crowd,
    post,
    rush,
    second_guardians,
)
from ylyx_site.shared.db import db

pytestmark = [pytest.mark.race, pytest.mark.slow]
SOMEWHERE = "孩子在这个时间已经约好了。要换时间，请先取消原来的那一个。"


def test_ten_sendings_of_one_form_are_one_booking(app: Flask, nursery: Nursery) -> None:
    house, [wang] = nursery(20), crowd(app, 1)
    form = booking(wang)
    answers = rush(app, house, [wang] * 10, [form] * 10)
    assert checks.one_answer(answers) == []
    with app.app_context():
        assert db.session.scalar(sa.text("SELECT count(*) FROM care_booking")) == 1
    assert audit(app) == []


def test_the_same_key_with_other_content_is_refused(app: Flask, nursery: Nursery) -> None:
    house, [wang] = nursery(20), crowd(app, 1)
    form = booking(wang)
    assert post(app, wang, f"/childcare/{house}/bookings", form).status_code == 303
    other = post(app, wang, f"/childcare/{house}/bookings", form | {"date": "2026-11-25"})
    assert other.status_code == 422
    assert "这张表已经提交过，内容和现在不一样。请重新打开页面再填。" in text_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [({}, {}), ({"kind": "half_day", "half": "am"}, {"kind": "hourly", "start": "10:00",
     "end": "13:00"})],
    ids=["the same hours", "overlapping hours"],
)  # fmt: skip
def test_two_guardians_at_two_nurseries_in_one_second_get_one_place(
    app: Flask, nursery: Nursery, one: dict[str, str], other: dict[str, str]
) -> None:
    answers = two_guardians_each(app, (nursery(20), nursery(20, name="木星托育中心")), one, other)
    assert checks.one_place_each(answers) == []
    assert {text_of(no).count(SOMEWHERE) > 0 for pair in answers for no in pair
            if no.status_code == 422} == {True}  # fmt: skip
    assert audit(app) == []


def two_guardians_each(
    app: Flask, houses: tuple[int, int], one: dict[str, str], other: dict[str, str]
) -> list[tuple[checks.Answer, checks.Answer]]:
    """Six children with two guardians each, who all book at once, each at another nursery."""
    mothers = crowd(app, 6)
    fathers = second_guardians(app, mothers)

    def ask(house: int, family: Family, fields: dict[str, str]) -> checks.Answer:
        return post(app, family, f"/childcare/{house}/bookings", booking(family, **fields))

    jobs = [
        lambda house=house, family=family, fields=fields: ask(house, family, fields)  # type: ignore[misc]
        for pair in zip(mothers, fathers, strict=True)
        for house, family, fields in zip(houses, pair, (one, other), strict=True)
    ]
    answers = all_at_once(jobs)
    return list(zip(answers[::2], answers[1::2], strict=True))


def test_twenty_cancellations_give_back_once(app: Flask, nursery: Nursery) -> None:
    house, [wang] = nursery(20), crowd(app, 1)
    code = post(app, wang, f"/childcare/{house}/bookings", booking(wang)).location
    form = {"csrf_token": wang.csrf}
    answers = all_at_once([lambda: post(app, wang, f"{code}/cancellation", form)] * 20)
    assert sorted(answer.status_code for answer in answers) == [303] + [422] * 19
    assert audit(app) == []
    again = post(app, wang, f"/childcare/{house}/bookings", booking(wang))
    assert again.status_code == 303


def test_one_cancellation_sent_ten_times_is_answered_yes_ten_times(
    app: Flask, nursery: Nursery
) -> None:
    house, [wang] = nursery(20), crowd(app, 1)
    code = post(app, wang, f"/childcare/{house}/bookings", booking(wang)).location
    form = {"csrf_token": wang.csrf, "key": "one-key-for-all"}
    answers = all_at_once([lambda: post(app, wang, f"{code}/cancellation", form)] * 10)
    assert checks.one_answer(answers) == []
    assert audit(app) == []

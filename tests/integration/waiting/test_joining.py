"""From a full page into the queue: at one tap, or with a choice of nurseries."""

import pytest
from flask import Flask

from tests.client import text_of
from tests.integration.childcare.conftest import TUESDAY, Family, a_family, a_house
from tests.integration.waiting.conftest import (
    agrees,
    declines,
    entry_states,
    joins,
    offer_of,
    sweeps,
)
from ylyx_site.facilities.kinds import ClassKind
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.waiting.service.ruling import set_terms


def test_a_full_booking_page_joins_at_one_tap(app: Flask, wang: Family, full: int) -> None:
    joined = wang.browser.submit(wang.asking(full), "/waiting")
    assert joined.status_code == 303
    assert "排上了" in text_of(wang.browser.get(joined.location))
    assert list(entry_states().values()) == ["waiting"]
    again = wang.browser.submit(wang.asking(full), "/waiting")
    assert (again.status_code, "已经在排" in again.text) == (422, True)


def test_nearby_nurseries_with_a_place_are_for_booking_not_for_waiting(
    app: Flask, wang: Family, full: int
) -> None:
    free = a_house(app, name="木星托育中心")
    second = a_house(app, registered_places=1, name="水星托育中心")
    a_family(app, "13800000098", "吴先生", "西西").books(second)
    a_house(app, caps={ClassKind.INFANT: 3}, name="火星托育中心")  # takes no such child
    fields = f"kind=full_day&date=2026-11-24&child_id={wang.child_id}"
    page = wang.browser.page(f"/waiting/new?facility_id={full}&{fields}")
    assert page.xpath("//form//input[@name='facility_id']/@value") == [str(full), str(second)]
    (there,) = page.xpath("//section[@aria-labelledby='free']//a/@href")
    assert wang.browser.submit(str(there), "/bookings").status_code == 303
    assert str(there).startswith(f"/childcare/{free}/")


def test_where_there_is_a_place_it_is_said_which_nursery_has_it(
    app: Flask, wang: Family, full: int
) -> None:
    free = a_house(app, name="木星托育中心")
    fields = f"kind=full_day&date=2026-11-24&child_id={wang.child_id}"
    answer = wang.browser.get(f"/waiting/new?facility_id={free}&{fields}")
    assert answer.status_code == 422
    assert "木星托育中心这个时间还有位，不用排候补。" in text_of(answer)


def test_the_time_to_answer_is_the_districts(app: Flask, wang: Family, full: int) -> None:
    with transaction() as session:
        numbers = {"most_waiting": 9, "most_per_child": 2, "answer_minutes": 90}
        set_terms(session, "division:500111", numbers, now=clock.now())
    fields = f"kind=full_day&date=2026-11-24&child_id={wang.child_id}&facility_id={full}"
    assert "1 小时 30 分钟内回复" in text_of(wang.browser.get(f"/waiting/new?{fields}"))
    mine = joins(wang, full)
    assert "1 小时 30 分钟内回复" in text_of(wang.browser.get(f"/waiting/{mine}?joined=1"))


@pytest.mark.parametrize(
    "fields", ["", "kind=full_day&date=2026-02-30", "kind=x&date=2026-11-24", "facility_id=x"]
)
def test_a_bent_address_is_422_or_404(app: Flask, wang: Family, full: int, fields: str) -> None:
    answer = wang.browser.get(f"/waiting/new?{fields}")
    assert answer.status_code in (404, 422)
    missing = wang.browser.get("/waiting/new?facility_id=99999&kind=full_day&date=2026-11-24")
    assert missing.status_code == 404


def test_hours_of_an_absent_child_go_to_the_queue_before_hourly_care(
    app: Flask, wang: Family, li: Family
) -> None:
    house = a_house(app, registered_places=1)
    away = a_family(app, "13800000099", "周先生", "东东")
    code = away.books(house)
    mine = joins(wang, house)
    page = f"/childcare/bookings/{code}/absence?date={TUESDAY}"
    assert "先问排候补的家庭" in text_of(away.browser.get(page))
    with clock.standing_at("2026-11-23T16:00:00+08:00"):
        assert away.browser.submit(page).status_code == 303
        hour = {"kind": "hourly", "start": "09:00", "end": "11:00"}
        assert li.posts(house, **hour).status_code == 422  # before any worker ran
        sweeps()
        assert entry_states() == {mine: "offered"}
        declines(wang, offer_of(mine))
        sweeps()
        assert li.posts(house, **hour, key="another-key-of-twenty").status_code == 303
    assert agrees(house) == []

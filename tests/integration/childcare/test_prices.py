"""A price that changed between looking and booking is shown again before anything is booked."""

from datetime import date

from lxml import html

from tests.client import text_of
from tests.integration.childcare.conftest import (
    TUESDAY,
    Family,
    Stored,
    sentences,
    stored,
)
from ylyx_site.facilities.kinds import Tariff
from ylyx_site.facilities.models import CarePrice
from ylyx_site.shared.db import transaction

CHANGED = "您看的时候价格变了。请看一下新的价格，再确认一次。"


def raise_price(house: int, day: date, fen: int) -> None:
    """From a day on a whole day costs so much."""
    with transaction() as session:
        session.add(CarePrice(facility_id=house, tariff=Tariff.FULL_DAY, from_day=day, fen=fen))


def form_of(page: str) -> dict[str, list[str]]:
    """What a browser would send of the booking form of this page."""
    [form] = html.fromstring(page).xpath("//form[contains(@action,'/bookings')][@method='post']")
    fields: dict[str, list[str]] = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return fields


def test_another_price_is_409_with_the_new_figures_and_works_the_second_time(
    wang: Family, house: int
) -> None:
    address = f"/childcare/{house}/bookings"
    seen = form_of(wang.browser.get(wang.asking(house)).text)
    raise_price(house, TUESDAY, 7200)
    answer = wang.browser.post(address, data={**seen, "note": "午睡要抱小熊"})
    assert (answer.status_code, sentences(answer)) == (409, [CHANGED])
    assert "¥72.00" in text_of(answer)
    assert stored() == []
    again = form_of(answer.text)
    assert (again["quoted"], again["note"]) == (["2026-11-24:7200"], ["午睡要抱小熊"])
    assert wang.browser.post(address, data=again).status_code == 303
    assert stored() == [Stored(wang.child_id, TUESDAY, 450, 1050, 7200, "booked")]


def test_a_price_that_rises_within_a_series_is_shown_by_its_days(wang: Family, house: int) -> None:
    raise_price(house, date(2026, 12, 1), 7200)
    page = wang.browser.page(wang.asking(house, date=["2026-11-30", "2026-12-01", "2026-12-02"]))
    assert page.xpath("//dl[@class='lines']/div/dt/text()")[:2] == [
        "¥68.00 × 1 次",
        "¥72.00 × 2 次",
    ]
    assert page.xpath("//div[@class='total']/dd/text()") == ["¥212.00"]


def test_a_price_that_changes_on_another_day_does_not_matter(wang: Family, house: int) -> None:
    seen = form_of(wang.browser.get(wang.asking(house)).text)
    raise_price(house, date(2026, 11, 25), 7200)
    assert wang.browser.post(f"/childcare/{house}/bookings", data=seen).status_code == 303


def test_what_was_booked_keeps_its_price(wang: Family, house: int) -> None:
    code = wang.books(house)
    raise_price(house, TUESDAY, 7200)
    assert "¥68.00" in text_of(wang.browser.get(f"/childcare/bookings/{code}"))

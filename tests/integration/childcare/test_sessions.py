"""A session that ended in the middle: sign in, and the form is there again, note and all."""

from urllib.parse import unquote

import sqlalchemy as sa
from flask import Flask
from lxml import html

from tests.client import text_of
from tests.integration.childcare.conftest import Family, a_browser, stored
from ylyx_site.identity.models import SignedInSession
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction

NOTE = "午睡要抱小熊🧸"
SIBLINGS = {"kind": "hourly", "start": "09:30", "end": "11:00", "date": "2026-11-26"}


def end_all_sessions() -> None:
    """As a password change or thirty days do."""
    with transaction() as session:
        session.execute(sa.update(SignedInSession).values(ended_at=clock.now()))


def form_at(family: Family, address: str) -> dict[str, str]:
    """The booking form of a page, as a browser holds it."""
    page = html.fromstring(family.browser.get(address).text)
    [form] = page.xpath("//form[contains(@action,'/bookings')][@method='post']")
    return dict(form.form_values())


def test_after_signing_in_again_the_form_is_filled_as_before(wang: Family, house: int) -> None:
    address = wang.asking(house, **SIBLINGS)
    held = form_at(wang, address) | {"note": NOTE}
    end_all_sessions()
    answer = wang.browser.post(f"/childcare/{house}/bookings", data=held)
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, "/sign-in")
    assert stored() == []
    onward = wang.browser.submit(
        answer.headers["Location"], "/sign-in", phone="13800000001", password="ylyx-demo"
    )
    assert onward.headers["Location"] == address
    again = form_at(wang, onward.headers["Location"])
    same = ("child_id", "date", "kind", "start", "end", "note", "quoted")
    assert {name: again[name] for name in same} == {name: held[name] for name in same}
    assert wang.browser.post(f"/childcare/{house}/bookings", data=again).status_code == 303
    assert [(one.starts, one.ends) for one in stored()] == [(570, 660)]


def test_the_note_is_gone_after_booking(wang: Family, house: int) -> None:
    wang.posts(house, date="2026-11-28", note=NOTE)
    address = wang.asking(house)
    held = form_at(wang, address)
    assert held["note"] == NOTE
    code = wang.browser.post(f"/childcare/{house}/bookings", data=held).headers["Location"]
    assert NOTE in text_of(wang.browser.get(code))
    assert form_at(wang, wang.asking(house, date="2026-11-25"))["note"] == ""


def test_the_note_is_not_shown_to_whoever_signs_in_next(
    app: Flask, wang: Family, li: Family, house: int
) -> None:
    wang.posts(house, date="2026-11-28", note=NOTE)
    wang.browser.sign_in_as("13800000002")
    assert NOTE not in wang.browser.get(li.asking(house)).text
    assert NOTE not in a_browser(app, "13800000002").get(li.asking(house)).text


def test_a_note_that_somebody_bent_is_no_note(wang: Family, house: int) -> None:
    wang.browser.set_cookie("care_note", "bent", path="/childcare")
    assert form_at(wang, wang.asking(house))["note"] == ""


def test_the_note_stands_in_no_address(wang: Family, house: int) -> None:
    answer = wang.posts(house, date="2026-11-28", note=NOTE)
    page = html.fromstring(answer.text)
    assert [one for one in page.xpath("//@href") if "小熊" in unquote(one)] == []
    assert page.xpath("//form[not(@method='post')]//input[@name='note']") == []


def test_signed_out_htmx_is_told_to_leave_the_page(app: Flask, house: int) -> None:
    nobody = a_browser(app)
    answer = nobody.post(
        f"/childcare/{house}/bookings",
        data={
            "csrf_token": nobody.token(),
            "back": f"/childcare/{house}/bookings/new?date=2026-11-24",
        },
        headers={"HX-Request": "true"},
    )
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (
        204, f"/sign-in?next=/childcare/{house}/bookings/new%3Fdate%3D2026-11-24",
    )  # fmt: skip


def test_a_way_back_to_elsewhere_is_not_followed(app: Flask, house: int) -> None:
    nobody = a_browser(app)
    data = {"csrf_token": nobody.token(), "back": "//evil.example/x"}
    answer = nobody.post(f"/childcare/{house}/bookings", data=data)
    assert answer.headers["Location"] == "/sign-in?next=/"


def test_changing_the_edition_on_a_refused_form_comes_back_to_it(wang: Family, house: int) -> None:
    back = wang.asking(house, date="2026-11-28")
    answer = wang.posts(house, date="2026-11-28", back=back)
    page = html.fromstring(answer.text)
    assert page.xpath("//form[@action='/edition']/input[@name='next']/@value") == [back]

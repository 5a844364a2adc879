"""A day of a booking is changed in one step: the new one is booked and the old one goes."""

from datetime import date

from flask import Flask
from lxml import html

from tests.client import SiteClient, text_of
from tests.makers import a_child, a_nursery, an_account
from ylyx_site.childcare.queries.claims import live_claims, live_presences
from ylyx_site.places.queries import audit, audit_presence
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

WEDNESDAY = date(2026, 11, 25)


def _home(registered_places: int = 20) -> tuple[int, int]:
    """A nursery and wang's child."""
    with transaction() as session:
        nursery = a_nursery(session, registered_places=registered_places)
        account = an_account(session)
        return nursery.id, a_child(session, account.id).id


def _booked(client: SiteClient, nursery: int, child: int, **fields: str) -> str:
    """Book by the page's own form; returns the ticket's address."""
    wish = {"child_id": str(child), "date": "2026-11-25", "kind": "half_day", "half": "am"} | fields
    query = "&".join(f"{name}={value}" for name, value in wish.items())
    answer = client.submit(f"/childcare/{nursery}/bookings/new?{query}", action="/bookings")
    assert answer.status_code == 303, text_of(answer)
    return str(answer.location)


def _change_link(client: SiteClient, ticket: str) -> str:
    links = client.page(ticket).xpath("//a[contains(@href, 'instead_of=')]/@href")
    return str(links[0])


def _days(client: SiteClient, ticket: str) -> str:
    return " ".join(client.page(ticket).xpath("//section[@aria-labelledby='days']")[0]
                    .text_content().split())  # fmt: skip


def _audited() -> bool:
    session = db.session()
    presences = audit_presence(session, "child", live_presences(session))
    return audit(session, live_claims()) == [] and presences == []


def test_a_morning_becomes_the_afternoon_of_the_same_day(app: Flask, client: SiteClient) -> None:
    nursery, child = _home(registered_places=1)
    client.sign_in_as("13800000001")
    old = _booked(client, nursery, child)
    link = _change_link(client, old).replace("half=am", "half=pm")
    assert "改时间" in text_of(client.get(link))
    answer = client.submit(link, action="/bookings")
    assert answer.status_code == 303, text_of(answer)
    assert "已取消" in _days(client, old)
    assert "12:00–17:30" in _days(client, str(answer.location))
    assert _audited()


def test_the_whole_day_may_take_the_place_of_its_own_morning(
    app: Flask, client: SiteClient
) -> None:
    nursery, child = _home(registered_places=1)
    client.sign_in_as("13800000001")
    old = _booked(client, nursery, child)
    link = _change_link(client, old).replace("half_day&half=am", "full_day")
    answer = client.submit(link, action="/bookings")
    assert answer.status_code == 303, text_of(answer)
    assert _audited()


def test_nothing_is_given_up_when_the_new_day_cannot_be(app: Flask, client: SiteClient) -> None:
    nursery, child = _home()
    client.sign_in_as("13800000001")
    old = _booked(client, nursery, child)
    link = _change_link(client, old)
    page = client.page(link)
    form = next(one for one in page.xpath("//form") if (one.action or "").endswith("/bookings"))
    fields = dict(form.form_values()) | {"date": "2026-11-28"}
    answer = client.post(form.action, data=fields)
    assert answer.status_code == 422
    assert "已取消" not in _days(client, old)
    assert _audited()


def test_after_the_limit_for_changing_the_old_day_stays(app: Flask, client: SiteClient) -> None:
    nursery, child = _home()
    client.sign_in_as("13800000001")
    old = _booked(client, nursery, child)
    link = _change_link(client, old).replace("date=2026-11-25", "date=2026-11-27")
    with clock.standing_at("2026-11-25T07:29:59+08:00"):
        assert client.get(link).status_code == 200
    with clock.standing_at("2026-11-25T08:30:00+08:00"):
        answer = client.get(link)
        assert answer.status_code == 422
        assert "改时间的期限" in text_of(answer)
    assert "已取消" not in _days(client, old)


def test_somebody_elses_day_cannot_be_given_up(app: Flask, client: SiteClient) -> None:
    nursery, child = _home()
    client.sign_in_as("13800000001")
    old = _booked(client, nursery, child)
    code = old.rsplit("/", 1)[1]
    with transaction() as session:
        other = an_account(session, "13800000002", "李先生")
        theirs = a_child(session, other.id, "小乐")
        theirs_id = theirs.id
    li = app.test_client()
    assert isinstance(li, SiteClient)
    li.sign_in_as("13800000002")
    answer = li.get(
        f"/childcare/{nursery}/bookings/new?child_id={theirs_id}&date=2026-11-26&kind=full_day"
        f"&instead_of={code}&instead_day=2026-11-25"
    )
    assert answer.status_code == 404
    assert html.fromstring(answer.text) is not None


def test_sending_the_change_twice_changes_once(app: Flask, client: SiteClient) -> None:
    nursery, child = _home()
    client.sign_in_as("13800000001")
    old = _booked(client, nursery, child)
    page = client.page(_change_link(client, old).replace("half=am", "half=pm"))
    form = next(one for one in page.xpath("//form") if (one.action or "").endswith("/bookings"))
    fields = form.form_values()
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    answers = [client.post(form.action, data=data) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert _audited()

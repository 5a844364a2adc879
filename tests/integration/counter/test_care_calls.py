"""A family telephones its nursery: who is found, what is booked, and that it is the family's."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from lxml import html

from tests import makers
from tests.client import SiteClient, text_of
from tests.integration.counter.conftest import journal, search
from tests.integration.counter.test_phone import found
from ylyx_site.childcare.models import CareBooking, CareDay
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service.bookings import book
from ylyx_site.facilities.kinds import CareKind, ClassKind
from ylyx_site.families.models import Bond, Consent, Person
from ylyx_site.identity.models import Account
from ylyx_site.identity.roles import Role
from ylyx_site.ledger import findings
from ylyx_site.notices.models import Notice
from ylyx_site.places.models import PlaceHold
from ylyx_site.places.service.holds import set_holding
from ylyx_site.places.wishes import HoldingWish
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import pinyin_keys
from ylyx_site.waiting.models import WaitingEntry

CHEN, ZHAO, WANG, LI = "13800000010", "13800000011", "13800005678", "13800004321"
TUESDAY, WEDNESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)
CODE = "7K392F"


@dataclass(frozen=True, slots=True)
class Street:
    """What has been committed: wang's child came here, li's goes to no nursery."""

    ours: int
    theirs: int
    chen: int
    wang: int
    child: int
    stranger: int

    @property
    def card(self) -> str:
        """The card of wang's family."""
        return f"/desk/phone/children/{self.child}"


def _child(session: Any, account_id: int, name: str) -> Person:
    made = makers.a_child(session, account_id, name)
    made.search_text = pinyin_keys(name)
    session.flush()
    return made


@pytest.fixture
def street(app: Flask) -> Street:
    """Two nurseries with a place each; Tuesday is booked for wang's child at ours."""
    with transaction() as session:
        caps = {ClassKind.YOUNGER: 2}
        ours = makers.a_nursery(session, caps=caps, registered_places=2)
        theirs = makers.a_nursery(session, caps=caps, name="银星托育中心")
        chen, zhao = (makers.an_account(session, one, "老师") for one in (CHEN, ZHAO))
        makers.a_role(session, chen, Role.HEAD, facility_id=ours.id)
        makers.a_role(session, zhao, Role.HEAD, facility_id=theirs.id)
        wang, li = (
            makers.an_account(session, WANG, "王建国"),
            makers.an_account(session, LI, "李先生"),
        )
        child, stranger = _child(session, wang.id, "王小明"), _child(session, li.id, "李小花")
        wish = CareWish(ours.id, (child.id,), (TUESDAY,), CareKind.HALF_DAY, half="am")
        book(session, wish, actor_id=wang.id, code=CODE, now=clock.now())
        return Street(ours.id, theirs.id, chen.id, wang.id, child.id, stranger.id)


@pytest.fixture
def chen(client: SiteClient, street: Street) -> SiteClient:
    """The head of our nursery."""
    client.sign_in_as(CHEN)
    return client


@pytest.fixture
def zhao(app: Flask, street: Street) -> Iterator[SiteClient]:
    """The head of the other nursery."""
    client = app.test_client()
    assert isinstance(client, SiteClient)
    client.sign_in_as(ZHAO)
    yield client
    db.session.rollback()


def bookings() -> list[CareBooking]:
    """All bookings but the one that was there, by a fresh look."""
    db.session.rollback()
    made = sa.select(CareBooking).where(CareBooking.code != CODE).order_by(CareBooking.id)
    return list(db.session.scalars(made))


def days(booking: CareBooking) -> list[tuple[date, str, int, int]]:
    """(day, state, price, benefit) of a booking's days."""
    rows = db.session.scalars(sa.select(CareDay).where(CareDay.booking_id == booking.id))
    return [(one.day, one.state.value, one.price_fen, one.benefit_fen) for one in rows]


@pytest.mark.parametrize("typed", ["5678", "78", "王小明", "小明", "wxm", "wangxiao", WANG])
def test_one_field_opens_the_one_family_that_the_desk_knows(
    chen: SiteClient, street: Street, typed: str
) -> None:
    answer = search(chen, typed)
    assert answer.status_code == 303
    assert answer.headers["Location"].partition("?")[0] == street.card


@pytest.mark.parametrize("typed", ["4321", "李小花", "lxh", "0000"])
def test_who_was_never_booked_here_is_not_found_by_less_than_the_whole_number(
    chen: SiteClient, street: Street, typed: str
) -> None:
    answer = search(chen, typed)
    assert (answer.status_code, found(answer)) == (200, [])


def test_a_whole_number_finds_a_masked_guardian_and_opens_by_a_recorded_step(
    chen: SiteClient, street: Street
) -> None:
    card = f"/desk/phone/children/{street.stranger}"
    answer = search(chen, LI)
    assert "李*生" in found(answer)[0]
    for hidden in ("李先生", "李小花"):
        assert hidden not in answer.text
    assert chen.get(card).status_code == 404
    form = html.fromstring(answer.text).xpath("//form[@action='/desk/phone/acquaintances']")[0]
    fields = dict(form.form_values())
    bent = fields | {"words": "13800004322", "key": "another-key-1"}
    assert chen.post("/desk/phone/acquaintances", data=bent).status_code == 422
    assert chen.post("/desk/phone/acquaintances", data=fields).headers["Location"] == card
    assert chen.get(card).status_code == 200
    assert journal("counter.person_met") == [
        (street.chen, street.ours, f"person:{street.stranger}")
    ]


def test_the_card_says_what_is_needed_and_is_journaled(chen: SiteClient, street: Street) -> None:
    text = " ".join(chen.page(street.card).xpath("//main")[0].text_content().split())
    for words in ("王小明", "138****5678", "托小班", "缺服务协议", "半日托 · 上午", "38"):
        assert words in text
    assert WANG not in text
    assert journal("counter.family_opened") == [
        (street.chen, street.ours, f"person:{street.child}")
    ]  # fmt: skip


def test_the_usual_is_booked_on_the_next_day_in_the_familys_name(
    chen: SiteClient, street: Street
) -> None:
    answer = chen.submit(street.card, "/bookings")
    assert answer.status_code == 303, text_of(answer)
    [made] = bookings()
    assert (made.account_id, made.booked_by, made.late_reason) == (street.wang, street.chen, "")
    assert (made.kind, made.half) == (CareKind.HALF_DAY, "am")
    assert days(made) == [(WEDNESDAY, "booked", 3800, 0)]
    assert "机构代约" in text_of(chen.get(answer.headers["Location"]))
    assert journal("childcare.booked")[-1] == (street.chen, street.ours, f"booking:{made.code}")


def test_the_family_is_told_and_sees_it_in_its_list(
    chen: SiteClient, street: Street, app: Flask
) -> None:
    chen.submit(street.card, "/bookings")
    [made] = bookings()
    told = sa.select(Notice.link).where(Notice.account_id == street.wang)
    assert list(db.session.scalars(told)) == [f"/childcare/bookings/{made.code}"]
    family = app.test_client()
    assert isinstance(family, SiteClient)
    family.sign_in_as(WANG)
    assert f"/childcare/bookings/{made.code}" in family.get("/childcare/bookings").text
    assert "机构代约" in text_of(family.get(f"/childcare/bookings/{made.code}"))


def test_what_is_quoted_is_what_the_familys_own_form_says_and_what_is_booked(
    chen: SiteClient, street: Street, app: Flask
) -> None:
    asked = f"child_id={street.child}&date={THURSDAY}&kind=hourly&start=09:00&end=11:30"
    family = app.test_client()
    assert isinstance(family, SiteClient)
    family.sign_in_as(WANG)
    quoted = "//input[@name='quoted']/@value"
    theirs = family.page(f"/childcare/{street.ours}/bookings/new?{asked}").xpath(quoted)
    ours = chen.page(f"{street.card}?{asked}").xpath(quoted)
    assert ours == theirs
    chen.submit(f"{street.card}?{asked}", "/bookings")
    [(day, _state, price, benefit)] = days(bookings()[0])
    assert [f"{day}:{price - benefit}"] == ours


def test_another_price_than_the_shown_one_is_refused(chen: SiteClient, street: Street) -> None:
    answer = chen.submit(street.card, "/bookings", quoted=f"{WEDNESDAY}:1")
    assert (answer.status_code, bookings()) == (409, [])


def test_after_the_limit_only_with_a_reason_that_stays_with_the_booking(
    chen: SiteClient, street: Street
) -> None:
    late = f"{street.card}?child_id={street.child}&date={TUESDAY}&kind=half_day&half=pm"
    with clock.standing_at("2026-11-24T00:10:00+08:00"):
        chen.sign_in_as(CHEN)
        assert chen.submit(late, "/bookings").status_code == 422
        assert bookings() == []
        answer = chen.submit(late, "/bookings", late_reason="妈妈临时加班")
        assert answer.status_code == 303, text_of(answer)
        [made] = bookings()
        assert (made.late_reason, made.booked_by) == ("妈妈临时加班", street.chen)
        assert "妈妈临时加班" in text_of(chen.get(answer.headers["Location"]))


def test_a_reason_that_was_not_needed_is_not_kept(chen: SiteClient, street: Street) -> None:
    chen.submit(street.card, "/bookings", late_reason="随便写的")
    assert [one.late_reason for one in bookings()] == [""]


def fill(street: Street) -> None:
    """Take every place of Wednesday."""
    with transaction() as session:
        for number in range(2):
            account = makers.an_account(session, f"1380000900{number}", "别家")
            child = makers.a_child(session, account.id, f"别家{number}")
            wish = CareWish(street.ours, (child.id,), (WEDNESDAY,), CareKind.FULL_DAY)
            book(session, wish, actor_id=account.id, code=f"FULL2{number}", now=clock.now())


def test_nothing_overrules_a_full_day_but_the_queue_is_joined_for_the_family(
    chen: SiteClient, street: Street
) -> None:
    token = chen.page(street.card).xpath("//input[@name='csrf_token']/@value")[0]
    fill(street)
    page = chen.page(street.card)
    assert not page.xpath("//input[@name='quoted']")
    data = {
        "csrf_token": token, "key": "a-bent-form-0001", "child_id": street.child,
        "date": WEDNESDAY.isoformat(), "kind": "half_day", "half": "am", "late_reason": "再挤一个",
    }  # fmt: skip
    assert chen.post(f"{street.card}/bookings", data=data).status_code == 422
    joined = chen.submit(street.card, "/waiting")
    assert joined.status_code == 303, text_of(joined)
    db.session.rollback()
    assert list(db.session.scalars(sa.select(WaitingEntry.account_id))) == [street.wang]
    assert journal("waiting.joined")[0][:2] == (street.chen, street.ours)


def test_a_place_is_held_for_twenty_minutes_in_the_familys_name(
    chen: SiteClient, street: Street
) -> None:
    with transaction() as session:
        wish = HoldingWish(keeps=True)
        set_holding(session, street.ours, wish, actor_id=street.chen, now=clock.now())
    page = chen.page(street.card)
    form = page.xpath("//form[button[contains(@formaction, '/holds')]]")[0]
    assert chen.post(f"{street.card}/holds", data=dict(form.form_values())).status_code == 303
    db.session.rollback()
    [held] = db.session.scalars(sa.select(PlaceHold))
    assert held.account_id == street.wang
    assert (held.expires_at - held.held_at).total_seconds() == 1200
    chen.submit(street.card, "/bookings")
    assert len(bookings()) == 1
    assert list(findings(db.session())) == []


def test_sent_twice_is_booked_once(chen: SiteClient, street: Street) -> None:
    data = _fields(chen.page(street.card))
    first, second = (chen.post(f"{street.card}/bookings", data=data) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(bookings()) == 1


def test_the_family_and_the_desk_never_both_get_the_same_day(
    app: Flask, chen: SiteClient, street: Street
) -> None:
    family = app.test_client()
    assert isinstance(family, SiteClient)
    family.sign_in_as(WANG)
    asked = f"child_id={street.child}&date={WEDNESDAY}&kind=half_day&half=am"
    theirs = family.page(f"/childcare/{street.ours}/bookings/new?{asked}")
    address = f"/childcare/{street.ours}/bookings"
    sent = [
        (chen, f"{street.card}/bookings", _fields(chen.page(street.card))),
        (family, address, _fields(theirs)),
    ]
    answers = list[int]()

    def send(client: SiteClient, where: str, data: dict[str, str]) -> None:
        answers.append(client.post(where, data=data).status_code)

    threads = [threading.Thread(target=send, args=one) for one in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 422]
    assert len(bookings()) == 1


def _fields(page: Any) -> dict[str, str]:
    forms = (one for one in page.forms if (one.action or "").endswith("/bookings"))
    return dict(next(forms).form_values())


def test_the_desk_changes_cancels_and_takes_back(chen: SiteClient, street: Street) -> None:
    place = chen.submit(street.card, "/bookings").headers["Location"]
    change = chen.page(place).xpath("//a[contains(@href, 'instead_of')]/@href")[0]
    moved = change.replace(f"date={WEDNESDAY}", f"date={THURSDAY}", 1)
    answer = chen.submit(moved, "/bookings")
    assert answer.status_code == 303, text_of(answer)
    old, new = bookings()
    assert [days(one)[0][:2] for one in (old, new)] == [
        (WEDNESDAY, "cancelled"), (THURSDAY, "booked")
    ]  # fmt: skip
    assert chen.submit(answer.headers["Location"], "/undo").status_code == 303
    assert days(bookings()[1])[0][1] == "cancelled"
    again = chen.submit(street.card, "/bookings").headers["Location"]
    assert chen.submit(again, "/cancellation").status_code == 303
    assert days(bookings()[2])[0][1] == "cancelled"


def test_what_the_family_booked_is_cancelled_but_not_taken_back(
    chen: SiteClient, street: Street
) -> None:
    place = f"/desk/phone/bookings/{CODE}"
    data = {"csrf_token": chen.token(), "key": "taking-it-back-1"}
    assert chen.post(f"{place}/undo", data=data).status_code == 422
    assert chen.submit(place, "/cancellation").status_code == 303


def test_another_nursery_sees_nothing_of_it(zhao: SiteClient, street: Street) -> None:
    place = f"/desk/phone/bookings/{CODE}"
    for address in (street.card, f"{street.card}/paper?number=1", place):
        assert zhao.get(address).status_code == 404, address
    data = {
        "csrf_token": zhao.token(), "key": "a-key-of-zhaos-1", "child_id": street.child,
        "date": WEDNESDAY.isoformat(), "kind": "full_day",
    }  # fmt: skip
    for address in (
        f"{street.card}/bookings", f"{street.card}/holds", f"{street.card}/waiting",
        f"{place}/undo", f"{place}/cancellation",
    ):  # fmt: skip
        assert zhao.post(address, data=data).status_code == 404, address
    assert found(search(zhao, "王小明")) == []


def test_children_of_another_guardian_cannot_be_slipped_in(
    chen: SiteClient, street: Street
) -> None:
    answer = chen.submit(street.card, "/bookings", child_id=street.stranger)
    assert (answer.status_code, bookings()) == (404, [])


NEW: dict[str, Any] = {
    "guardian": "赵敏", "phone": "13800007777", "relation": "mother", "name": "赵乐乐",
    "born_on": "2025-04-01", "paper": "托-2026-08", "seen": "y",
}  # fmt: skip


def test_a_new_family_gets_an_account_without_a_password_by_a_paper(
    chen: SiteClient, street: Street
) -> None:
    answer = chen.submit("/desk/phone/families/new", **NEW)
    assert answer.status_code == 303, text_of(answer)
    db.session.rollback()
    account = db.session.scalars(sa.select(Account).where(Account.phone == "13800007777")).one()
    bond = db.session.scalars(sa.select(Bond).where(Bond.account_id == account.id)).one()
    consent = db.session.scalars(sa.select(Consent).where(Consent.account_id == account.id)).one()
    assert (account.password_hash, account.name) == (None, "赵敏")
    assert (bond.state.value, bond.confirmed_by) == ("live", street.chen)
    assert (consent.means.value, consent.evidence) == ("paper", "托-2026-08")
    assert answer.headers["Location"] == f"/desk/phone/children/{bond.person_id}"
    assert db.session.scalar(
        sa.select(sa.func.count()).select_from(Notice).where(Notice.account_id == account.id)
    ) == 1  # fmt: skip
    assert chen.submit(answer.headers["Location"], "/bookings").status_code == 303


def test_a_family_that_is_here_already_is_found_again(chen: SiteClient, street: Street) -> None:
    again = NEW | {"phone": LI, "name": "李小花", "born_on": "2025-03-10"}
    answer = chen.submit("/desk/phone/families/new", **again)
    assert answer.headers["Location"] == f"/desk/phone/children/{street.stranger}"


def test_without_having_seen_the_paper_nobody_is_entered(chen: SiteClient, street: Street) -> None:
    answer = chen.submit("/desk/phone/families/new", drop=("seen",), **{**NEW, "seen": []})
    assert answer.status_code == 422
    db.session.rollback()
    assert db.session.scalar(sa.select(Account).where(Account.phone == "13800007777")) is None


def test_a_card_costs_the_same_whatever_is_on_it(
    chen: SiteClient, street: Street, count_queries: Any
) -> None:
    chen.get(street.card)
    counts = []
    for _ in range(3):
        with count_queries() as statements:
            chen.get(street.card)
        counts.append(len(statements))
        chen.submit(street.card, "/bookings")
    assert len(set(counts)) == 1
    assert counts[0] <= 36

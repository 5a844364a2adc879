"""A place is held while the form is filled in: counted for others, converted, expired, let go."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from tests.client import text_of
from tests.integration.childcare.conftest import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    Family,
    a_house,
    audit,
    sentences,
    stored,
)
from tests.makers import a_role
from ylyx_site.identity.models import Account
from ylyx_site.identity.roles import Role
from ylyx_site.places import rules
from ylyx_site.places.models import HoldTerms, PlaceHold, PlaceHoldClaim, PlaceSlot
from ylyx_site.places.service.holds import release_expired
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import new_key

TEN = timedelta(minutes=10)


@pytest.fixture
def one(app: Flask) -> int:
    """A nursery with one place that holds places."""
    return a_holding_house(app, 1)


def a_holding_house(app: Flask, places: int, name: str = "金星托育中心") -> int:
    """A nursery that holds places."""
    house = a_house(app, registered_places=places, name=name)
    with transaction() as session:
        session.add(HoldTerms(facility_id=house))
    return house


def holds(family: Family, house: int, **asked: object) -> int:
    """Hold what is asked; the status of the answer."""
    return sent(family, house, "/holds", **asked)


def sent(family: Family, house: int, where: str, **asked: object) -> int:
    """Send the booking form to one of the buttons' addresses."""
    page = family.browser.page(family.asking(house, **asked))
    assert page.xpath(f"//button[@formaction='/childcare/{house}{where}']"), where
    return tap(family, f"/childcare/{house}{where}", **asked).status_code


def tap(family: Family, address: str, **asked: object) -> TestResponse:
    """Send the form as a page that was just opened does: with a key of its own."""
    return family.posts_to(address, **{"key": new_key()} | asked)


def left(house: int) -> set[int]:
    """What the ledger itself has left on Tuesday."""
    db.session.rollback()
    rows = db.session.scalars(
        sa.select(PlaceSlot.capacity - PlaceSlot.taken).where(PlaceSlot.day == TUESDAY)
    )
    return set(rows)


def test_a_held_place_is_full_for_others_and_booked_by_its_holder(
    one: int, wang: Family, li: Family
) -> None:
    assert holds(wang, one) == 303
    assert (left(one) & {0}, audit()) == ({0}, [])
    assert li.posts(one).status_code == 422
    assert "位子给您留着" in text_of(wang.browser.get(wang.asking(one)))
    wang.books(one)
    assert ([row.child_id for row in stored()], audit()) == ([wang.child_id], [])
    assert list(db.session.scalars(sa.select(PlaceHoldClaim))) == []


def test_an_expired_hold_is_free_at_once_without_a_worker(
    app: Flask, one: int, wang: Family, li: Family
) -> None:
    holds(wang, one)
    with clock.moved(TEN - timedelta(seconds=1)):
        assert "满" in text_of(li.browser.get(f"/childcare/{one}"))
        assert li.posts(one).status_code == 422
    with clock.moved(TEN):
        address = f"/childcare?date={TUESDAY}&kind=full_day&age_months=20"
        assert "只剩 1 位" in text_of(li.browser.get(address))
        assert li.browser.page(f"/childcare/{one}?date={TUESDAY}").xpath(
            f"//a[contains(@href, '/childcare/{one}/bookings/new') "
            f"and contains(@href, 'date={TUESDAY}') and contains(@href, 'full_day')]"
        )
        li.books(one)
        assert "已到时间" not in text_of(wang.browser.get(wang.asking(one)))  # it is taken
        assert wang.posts(one).status_code == 422
    assert ([row.child_id for row in stored()], audit()) == ([li.child_id], [])


def test_who_comes_late_keeps_the_place_that_nobody_took(one: int, wang: Family) -> None:
    holds(wang, one)
    with clock.moved(TEN * 2):
        assert "已到时间" in text_of(wang.browser.get(wang.asking(one)))
        wang.books(one)
    assert (len(stored()), audit()) == (1, [])


def test_letting_go_frees_the_place_and_twice_is_harmless(
    one: int, wang: Family, li: Family
) -> None:
    holds(wang, one)
    for _again in range(2):
        assert tap(wang, f"/childcare/{one}/holds/release").status_code == 303
    li.books(one)
    assert audit() == []


def test_it_is_extended_once(one: int, wang: Family) -> None:
    holds(wang, one)
    assert sent(wang, one, "/holds/extension") == 303
    answer = tap(wang, f"/childcare/{one}/holds/extension")
    assert (answer.status_code, sentences(answer)) == (
        422, ["不能再延长了：留位的时间已到，或者已经延长过一次。请直接确认预约，有位就能约上。"],
    )  # fmt: skip


def test_the_senior_edition_holds_for_twenty_minutes(one: int, wang: Family) -> None:
    wang.browser.set_cookie("edition", "senior")
    assert "先留 20 分钟" in text_of(wang.browser.get(wang.asking(one)))
    holds(wang, one)
    assert db.session.scalars(sa.select(PlaceHold.expires_at)).one() == clock.now() + TEN * 2


def test_staff_with_somebody_at_the_window_hold_for_twenty_minutes_too(
    one: int, wang: Family
) -> None:
    with transaction() as session:
        account = session.get_one(Account, wang.account_id)
        a_role(session, account, Role.HEAD, facility_id=one)
    wang.browser.sign_in_as(account.phone)
    assert "先留 20 分钟" in text_of(wang.browser.get(wang.asking(one)))


def test_a_look_at_other_pages_does_not_let_it_go(one: int, wang: Family, li: Family) -> None:
    holds(wang, one)
    for page in ("/help", "/childcare", f"/childcare/{one}", "/account"):
        assert wang.browser.get(page).status_code == 200
    assert li.posts(one).status_code == 422
    assert "位子给您留着" in text_of(wang.browser.get(wang.asking(one)))


def test_a_second_hold_here_takes_the_place_of_the_first(
    one: int, wang: Family, li: Family
) -> None:
    holds(wang, one)
    assert holds(wang, one, date=WEDNESDAY) == 303
    assert "另一个时间" in text_of(wang.browser.get(wang.asking(one)))
    li.books(one)
    assert li.posts(one, date=WEDNESDAY, key="another-key-of-letters").status_code == 422
    assert audit() == []


def test_booking_something_else_lets_the_hold_go(one: int, wang: Family, li: Family) -> None:
    holds(wang, one)
    wang.books(one, date=WEDNESDAY)
    li.books(one)
    assert audit() == []


def test_the_same_tap_twice_is_one_hold(one: int, wang: Family) -> None:
    for _again in range(2):
        assert wang.posts_to(f"/childcare/{one}/holds").status_code == 303
    assert len(db.session.scalars(sa.select(PlaceHold)).all()) == 1


def test_nobody_hoards(app: Flask, wang: Family) -> None:
    houses = [a_holding_house(app, 5, name) for name in ("甲托育", "乙托育", "丙托育")]
    answers = [tap(wang, f"/childcare/{one}/holds") for one in houses]
    assert [answer.status_code for answer in answers] == [303, 303, 422]
    assert "次数太多" in text_of(answers[-1])
    with clock.moved(TEN):
        assert tap(wang, f"/childcare/{houses[2]}/holds").status_code == 303
    for _again in range(rules.MOST_AN_HOUR - 3):
        with clock.moved(TEN):
            assert tap(wang, f"/childcare/{houses[2]}/holds").status_code == 303
    with clock.moved(TEN):
        answer = tap(wang, f"/childcare/{houses[2]}/holds")
    assert answer.status_code == 422
    assert audit() == []


def test_a_nursery_that_does_not_hold_offers_and_takes_none(house: int, wang: Family) -> None:
    assert "先留" not in text_of(wang.browser.get(wang.asking(house)))
    answer = tap(wang, f"/childcare/{house}/holds")
    assert (answer.status_code, sentences(answer)) == (
        422, ["这家托育机构不提供先留位。请直接确认预约。"],
    )  # fmt: skip


def test_a_visitor_cannot_hold_and_a_strangers_child_is_nobody(
    app: Flask, one: int, wang: Family, li: Family
) -> None:
    assert tap(wang, f"/childcare/{one}/holds", child_id=li.child_id).status_code == 404
    visitor = app.test_client()
    token = {"csrf_token": visitor.token(), "key": "a-key-of-twenty-letters"}  # type: ignore[attr-defined]
    answer = visitor.post(f"/childcare/{one}/holds", data=token)
    assert "/sign-in" in (answer.location or "")
    assert left(one) == {1, 14} or 0 not in left(one)


def test_the_sweep_tidies_and_a_second_time_does_nothing(one: int, wang: Family) -> None:
    holds(wang, one)
    later = clock.now() + TEN
    for expected in (1, 0):
        with transaction() as session:
            assert release_expired(session, later) == expected
    assert (0 in left(one), audit()) == (False, [])
    with transaction() as session:
        release_expired(session, later + timedelta(days=2))
    assert list(db.session.scalars(sa.select(PlaceHold))) == []


def test_a_hold_costs_the_form_two_queries_and_a_booking_without_one_none(
    app: Flask, one: int, wang: Family, count_queries
) -> None:
    plain = a_house(app, name="不留位托育")

    def cost(house: int) -> int:
        wang.browser.get(wang.asking(house))
        with count_queries() as statements:
            wang.browser.get(wang.asking(house))
        return len(statements)

    without = cost(plain)
    assert cost(one) == without
    holds(wang, one)
    assert cost(one) == without + 2
    assert MONDAY < TUESDAY

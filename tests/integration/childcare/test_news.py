"""The other guardians of a child are told of its bookings; nobody else, and no more than needed."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.client import SiteClient, find_form
from tests.integration.childcare.conftest import Family, a_house
from tests.makers import a_bond, an_account
from ylyx_site.notices.models import Notice
from ylyx_site.notices.words import said
from ylyx_site.shared.db import db, transaction


@pytest.fixture
def father(app: Flask, wang: Family) -> int:
    """Another guardian of wang's child; beside them there is li, who has nothing to do with it."""
    with transaction() as session:
        an_account(session, "13800000009", "李无关")
        father = an_account(session, "13800000008", "王大山").id
        a_bond(session, wang.child_id, father)
        return father


def told() -> list[tuple[int, str, str]]:
    """To whom, what, where to."""
    db.session.rollback()
    rows = db.session.scalars(sa.select(Notice).order_by(Notice.id))
    return [(one.account_id, said(one), one.link) for one in rows]


def test_whoever_books_tells_the_others(app: Flask, wang: Family, father: int) -> None:
    code = wang.books(a_house(app))
    link = f"/childcare/bookings/{code}"
    name = "王女士"
    assert told() == [(father, f"{name}约了托育：从11月24日 周二开始，共 1 天。", link)]
    wang.browser.submit(link, "/undo")
    assert told()[1:] == [(father, f"{name}撤销了刚约的托育：从11月24日 周二开始，共 1 天。", link)]


def test_a_booking_that_is_refused_tells_nobody(app: Flask, wang: Family, father: int) -> None:
    house = a_house(app)
    form = find_form(wang.browser.page(wang.asking(house)), "/bookings")
    data = dict(form.form_values())
    wang.books(house)
    before = told()
    answer = wang.browser.post(form.action, data=data | {"key": "another-key"})
    assert (answer.status_code, told() == before) == (422, True)


def test_a_child_with_one_guardian_tells_nobody(app: Flask, wang: Family) -> None:
    wang.books(a_house(app))
    assert told() == []


def test_no_message_holds_more_than_it_needs(
    app: Flask, wang: Family, father: int, client: SiteClient
) -> None:
    wang.books(a_house(app, name="金星托育中心"))
    kept = db.session.execute(sa.select(Notice.sentence, Notice.filling, Notice.subject)).all()
    text = " ".join(" ".join(row) for row in kept)
    for private in ("明明", "金星", "过敏", "13800000001"):
        assert private not in text
    assert not re.search(r"\d{11}", text)

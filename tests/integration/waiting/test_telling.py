"""Who is told what of an offer: both parents, and what came by the link that anybody may hold."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests import makers
from tests.integration.childcare.conftest import Family, a_browser
from tests.integration.waiting.conftest import cancels, entry_states, joins, offer_of, sweeps
from ylyx_site.journal.models import JournalEntry
from ylyx_site.notices.links import outward
from ylyx_site.notices.models import Notice
from ylyx_site.notices.worker import send_due
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

FATHER = "13800000007"


@pytest.fixture
def father(app: Flask, wang: Family) -> int:
    """The child's other guardian."""
    assert app.testing
    with transaction() as session:
        account_id = makers.an_account(session, FATHER, "王先生").id
        makers.a_bond(session, wang.child_id, account_id)
    return account_id


def told(about: str) -> dict[int, str]:
    """Who was told of it, and where to go."""
    db.session.rollback()
    rows = db.session().execute(
        sa.select(Notice.account_id, Notice.link).where(Notice.key.startswith(about))
    )
    return {account_id: link for account_id, link in rows}  # noqa: C416 rows are not pairs


def offered(family: Family, house: int) -> str:
    """The family has an open offer; returns the entry's code."""
    mine = joins(family, house)
    cancels(house)
    sweeps()
    return mine


def test_both_parents_are_told_of_an_offer_and_of_its_end(
    wang: Family, father: int, full: int
) -> None:
    mine = offered(wang, full)
    offer = offer_of(mine)
    both = {wang.account_id, father}
    assert told("waiting.offered") == dict.fromkeys(both, f"/waiting/offers/{offer.code}")
    with clock.standing_at(offer.expires_at):
        sweeps()
        sweeps()
    assert told("waiting.expired") == dict.fromkeys(both, f"/waiting/{mine}")


@pytest.mark.parametrize(
    ("answer", "action", "mother", "father_too"),
    [
        ("/acceptance", "waiting.accepted", "/childcare/bookings/", False),
        ("/refusal", "waiting.declined", "/childcare/", True),
    ],
)
def test_what_is_answered_by_the_link_is_told_and_written_down(
    app: Flask, wang: Family, father: int, full: int,
    answer: str, action: str, mother: str, father_too: bool,
) -> None:  # fmt: skip
    offer = offer_of(offered(wang, full))
    address = outward(f"/waiting/offers/{offer.code}")
    assert a_browser(app).submit(address, answer).status_code == 303
    heard = told("waiting.answered")
    assert heard[wang.account_id].startswith(mother)
    assert (father in heard) == father_too
    assert (father in told("childcare.booked")) == (not father_too)
    entry = db.session().scalars(sa.select(JournalEntry).filter_by(action=action)).one()
    assert entry.detail == "1 2026-11-24 by link"


def test_who_answers_signed_in_is_not_told_of_it(wang: Family, full: int) -> None:
    offer = offer_of(offered(wang, full))
    answer = wang.browser.submit(f"/waiting/offers/{offer.code}", "/refusal")
    assert answer.status_code == 303
    assert told("waiting.answered") == {}


def test_after_the_answer_the_link_offers_nothing_any_more(
    app: Flask, wang: Family, full: int
) -> None:
    mine = offered(wang, full)
    stranger, address = a_browser(app), outward(f"/waiting/offers/{offer_of(mine).code}")
    stranger.submit(address, "/acceptance")
    page = stranger.page(address)
    assert page.xpath("//main//h1/text()") == ["这个名额已经处理过了"]
    assert page.xpath("//main//form") == []
    assert entry_states() == {mine: "booked"}


def test_in_the_demo_the_link_of_the_message_can_be_tried(
    app: Flask, wang: Family, full: int
) -> None:
    offered(wang, full)
    send_due(clock.now() + timedelta(minutes=1))
    stranger = a_browser(app)
    (link,) = stranger.page("/demo/messages").xpath("//main//li//a/@href")
    assert link.startswith("/waiting/answers/")
    assert stranger.page(str(link)).xpath("//main//h1/text()") == ["候补有位了"]

"""The counter at lunch: by name, by camera, two clerks at once, and without a script."""

import re
from datetime import date

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.hand import Hand
from tests.browser.pages.collection import Counter
from tests.browser.site import Site
from ylyx_site.facilities.kinds import Serving
from ylyx_site.families.models import Person
from ylyx_site.identity.models import Account
from ylyx_site.meals.models import MealOrder, OrderedMeal
from ylyx_site.serving.models import Handover
from ylyx_site.serving.service.cards import card_for
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

CLERK, MANAGER = "13800000021", "13800000020"
DESK = {"is_mobile": False, "has_touch": False, "viewport": {"width": 1280, "height": 800}}
TODAY = date(2026, 11, 23)
LUNCH = "/desk/collection?meal=lunch"
CAMERA = """
window.BarcodeDetector = class { async detect() { return [{ rawValue: "%s" }]; } };
Object.defineProperty(navigator, "mediaDevices", {
  value: { getUserMedia: async () => new MediaStream() },
});
HTMLMediaElement.prototype.play = async () => {};
"""


def at_the_counter(site: Site) -> tuple[str, str, int]:
    """Somebody who collects today's lunch: name, the order's code, and who it is."""
    with site.app.app_context():
        row = db.session().execute(
            sa.select(Person.name, MealOrder.code, Person.id)
            .join(OrderedMeal, OrderedMeal.person_id == Person.id)
            .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
            .where(OrderedMeal.day == TODAY, OrderedMeal.serving == Serving.PICK_UP)
            .order_by(Person.id)
        ).first()  # fmt: skip
        assert row is not None
        return row[0], row[1], row[2]


def served(site: Site) -> int:
    """How many of today's meals were handed over."""
    with site.app.app_context():
        count = sa.select(sa.func.count()).where(Handover.day == TODAY)
        return db.session().scalar(count) or 0


def a_card(site: Site, person_id: int) -> str:
    """The code of a card that was made for somebody."""
    with site.app.app_context(), transaction() as session:
        clerk = session.scalars(sa.select(Account.id).where(Account.phone == CLERK)).one()
        return card_for(session, person_id, facility_id=None, actor_id=clerk, now=clock.now())


def counter(hand: Hand) -> Counter:
    """The list of today's lunch."""
    return Counter.open(hand, LUNCH)


@pytest.mark.parametrize("scripts", [True, False])
def test_by_name_enter_enter(visit: Visit, site: Site, scripts: bool) -> None:
    name, _code, _person = at_the_counter(site)
    hand = visit(CLERK, java_script_enabled=scripts, **DESK)
    page = counter(hand).find(name)
    expect(page.row(name).locator("button[autofocus]")).to_be_focused()
    hand.tab.keyboard.press("Enter")
    page.is_served(name)
    assert served(site) == 1


def test_the_other_counter_sees_it_within_seconds_and_cannot_serve_it_again(
    visit: Visit, site: Site
) -> None:
    name, _code, _person = at_the_counter(site)
    first, second = visit(CLERK, **DESK), visit(MANAGER, **DESK)
    here, there = counter(first), counter(second)
    here.row(name).locator("form[action$='/handover'] button").click()
    here.is_served(name)
    expect(there.row(name).locator(".done")).to_be_visible(timeout=15000)
    expect(there.row(name).locator("form[action$='/handover']")).to_have_count(0)
    assert served(site) == 1


@pytest.mark.parametrize("shown", ["ticket", "card"])
def test_by_camera_a_ticket_and_a_card(visit: Visit, site: Site, shown: str) -> None:
    name, code, person_id = at_the_counter(site)
    seen = code if shown == "ticket" else a_card(site, person_id)
    hand = visit(CLERK, **DESK)
    hand.tab.add_init_script(CAMERA % seen)
    page = counter(hand)
    hand.tab.locator("[data-scan]").click()
    hand.tab.wait_for_url(re.compile(rf"[?&]q={seen}"))
    assert page.main.locator("table.counter tbody tr").count() == 1
    expect(page.row(name)).to_be_visible()


def test_where_there_is_no_camera_the_code_is_typed(visit: Visit, site: Site) -> None:
    name, code, _person = at_the_counter(site)
    hand = visit(CLERK, **DESK)
    hand.tab.add_init_script("delete window.BarcodeDetector")
    page = counter(hand)
    expect(hand.tab.locator("[data-scan]")).to_be_hidden()
    page.find(code)
    expect(page.row(name)).to_be_visible()

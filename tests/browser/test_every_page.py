"""Every page that links lead to, of everybody, in every form people meet it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import ruler
from tests.browser.conftest import open_hand
from tests.browser.crawl import kind_of, pages_of
from tests.browser.hand import Hand
from tests.browser.ruler import DESK, ORDINARY, PHONE, SENIOR, SMALL_SCREEN, Edition
from tests.browser.site import Site

NO_SUCH_PAGE = "/no-such-page"
Person = tuple[str | None, tuple[str, ...], str | tuple[str, ...]]
OF_FAMILIES = ("/family", "/account", "/childcare", "/meals", "/waiting", "/notices")
PEOPLE: dict[str, Person] = {  # telephone, where the links are followed from, and in which folder
    "nobody": (None, ("/", "/facilities?kind=nursery", "/sign-in", "/sign-out"), "/"),
    "wang": ("13800000001", ("/", "/family", "/account"), OF_FAMILIES),
    "zhao": ("13800000003", ("/family", "/family/people"), "/family"),
    "zhou": ("13800000004", ("/family/people",), "/family/people"),
    "orders-of-zhao": ("13800000003", ("/meals", "/meals/orders"), "/meals"),
    "head": ("13800000010", ("/desk", "/sign-in/role"), ("/desk", "/sign-in/role")),
    "head-without-roster": ("13800000012", ("/desk/duty",), "/desk/duty/start"),
    "canteen": ("13800000020", ("/desk",), "/desk"),
    "clerk": ("13800000021", ("/desk",), "/desk"),
    "courier": ("13800000022", ("/desk",), "/desk"),
    "health-supervisor": ("13800000030", ("/supervision",), "/supervision"),
    "civil-supervisor": ("13800000031", ("/supervision",), "/supervision"),
    "administrator": ("13800000040", ("/admin/accounts",), "/admin"),
}
NOT_LINKED = {
    "healthz", "readyz", "metrics",  # for machines
    # parts of pages
    "meal_orders.show_quote", "desk_calls.show_quote", "collection.show_pulse",
    # files and pictures
    "collection.download_sheet", "desk_fees.download", "desk_lists.download",
    "desk_settlement.download", "duty_paper.download", "kitchen.download_sheet",
    "own_data.download", "supervision_months.download",
    "queues.queue_ledger", "meals.show_picture", "desk_belongings.show_photo",
    "desk_elders.show_paper", "desk_entry.picture", "desk_families.show_paper",
    "desk_handover.photo", "eater_photos.show_at_counter", "eater_photos.show_to_family",
    "entry_family.picture", "pickup.photo",
    # reached by doing something first; the journeys go there
    "sign_in.code_page", "elders_public.code_page", "elders_public.list_page",
    "elders_asking.request_page", "families.asked", "guardians.ending_page",
    "absences.show_attendance", "meal_plans.show_plan", "meal_payments.order_payments",
    "answers.show_link", "joining.new_entry", "desk_waiting.priority_page",
    "meal_changes.ask", "meal_changes.list_changes", "desk_withdrawals.withdrawn",
    "closed_care.show", "desk_closings.show", "desk_welfare.show_check", "messages.read_message",
    "desk_entry.paper_page", "desk_handover.blocks_page", "desk_leaving.leaving_page",
    "desk_fees.show_receipt",
}  # fmt: skip
people = pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
FORMS = "main form[method=post]:not([hx-post]):has(input:not([type=hidden]), select, textarea)"
EMPTY_AND_SEND = """form => {
  for (const field of form.elements) {
    if (field.type === 'hidden') continue;
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = false;
    else if (field.tagName !== 'BUTTON') field.value = '';
  }
  form.noValidate = true;
  form.requestSubmit(form.querySelector('button:not([type=button])'));
}"""
Looking = Callable[[str | None, Edition], Hand]


@pytest.fixture
def looking(
    browser: Browser, browser_context_args: dict[str, Any], site: Site
) -> Iterator[Looking]:
    """A browser for somebody in an edition; the test reads its complaints page by page."""
    hands = []

    def look(phone: str | None, edition: Edition) -> Hand:
        size = {"width": PHONE[0], "height": PHONE[1]}
        options = browser_context_args | {"edition": edition.name, "viewport": size}
        hands.append(open_hand(browser, site, phone, options | {"screen": size}))
        return hands[-1]

    yield look
    for hand in hands:
        hand.tab.context.close()


@people
def test_pages_hold_on_phones_and_desks_in_light_and_dark(
    looking: Looking, site: Site, person: Person
) -> None:
    hand = looking(person[0], ORDINARY)
    faults = {}
    for address in (*pages_of(site, *person), NO_SUCH_PAGE):
        hand.tab.goto(address)
        faults[address] = ruler.too_wide(hand.tab, PHONE) + ruler.sizes(hand.tab, ORDINARY)
        faults[address] += ruler.broken_rules(hand.tab)
        faults[address] += ruler.too_wide(hand.tab, SMALL_SCREEN, 200)
        faults[address] += ruler.too_wide(hand.tab, DESK)
        faults[address] += hand.take_complaints()
    assert {address: found for address, found in faults.items() if found} == {}


@people
def test_pages_hold_in_the_senior_edition(looking: Looking, site: Site, person: Person) -> None:
    hand = looking(person[0], SENIOR)
    faults = {}
    for address in (*pages_of(site, *person), NO_SUCH_PAGE):
        hand.tab.goto(address)
        faults[address] = ruler.sizes(hand.tab, SENIOR) + ruler.too_wide(hand.tab, PHONE)
        faults[address] += hand.take_complaints()
    assert {address: found for address, found in faults.items() if found} == {}


@people
def test_forms_sent_empty_say_so_on_pages_that_hold(
    looking: Looking, site: Site, person: Person
) -> None:
    hand = looking(person[0], ORDINARY)
    faults = {}
    for address in pages_of(site, *person):
        hand.tab.goto(address)
        for number in range(hand.tab.locator(FORMS).count()):
            hand.tab.goto(address)
            with hand.tab.expect_navigation() as sent:
                hand.tab.locator(FORMS).nth(number).evaluate(EMPTY_AND_SEND)
            if sent.value.status == 422:
                name = f"{address} form {number}"
                faults[name] = ruler.too_wide(hand.tab, SMALL_SCREEN, 200)
                faults[name] += ruler.broken_rules(hand.tab, schemes=("light",))
                faults[name] += hand.take_complaints()
    assert {address: found for address, found in faults.items() if found} == {}


def test_no_page_is_left_out(site: Site) -> None:
    routes = site.app.url_map.bind("localhost")
    seen = {
        kind[0]
        for person in PEOPLE.values()
        for address in pages_of(site, *person)
        if (kind := kind_of(routes, address))
    }
    there = {
        rule.endpoint
        for rule in site.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.endswith(".ics")
    }
    assert sorted(there - seen - NOT_LINKED) == []

"""Each field of each form is sent what nobody means: a page answers, and never breaks.

Every page that somebody may open is asked for its forms; each field in turn gets a hostile text,
another one for each form, all others as the page filled them in.
"""

from collections.abc import Iterator
from itertools import cycle
from urllib.parse import urljoin

import pytest
from lxml import html
from werkzeug.routing import Rule

from tests.client import SiteClient
from tests.house.access_table import DOORS
from tests.house.conftest import ROLES, House, address_of, browsers
from tests.house.hostile import HOSTILE, SCRIPT
from tests.makers import a_role, an_account
from ylyx_site.identity import service as identity
from ylyx_site.identity.roles import Role
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.once import new_key

pytestmark = pytest.mark.slow
Sent = dict[str, list[str]]
ENDS_THE_VISIT = ("/sign-out", "/sessions/ending", "/sign-in/role")
OF_CANTEENS = {"manager": Role.CANTEEN_MANAGER, "clerk": Role.CLERK, "courier": Role.COURIER}
EACH = 2  # texts for a field
VISITORS = ["nobody", "wang", "chen", "carer", "sun", "admin", *OF_CANTEENS]


@pytest.fixture
def full_house(house: House) -> House:
    """The house, and browsers of those who work at its canteen."""
    app, canteen = house.browsers["nobody"].application, int(str(house.arguments["canteen_id"]))
    with transaction() as session:
        for number, (name, role) in enumerate(OF_CANTEENS.items()):
            account = an_account(session, f"1370000000{number}", name, None)
            a_role(session, account, role, facility_id=canteen)
            token = identity.start_session(session, account.id, now=clock.now())
            house.browsers[name] = dict(browsers(app, {"wang": token}))["wang"]
    return house


def opens(browser: SiteClient, rule: Rule, house: House) -> str | None:
    """The address of a rule's page, if this visitor is shown one."""
    address = address_of(rule, house.arguments)
    with browser.get(address) as answer:
        is_page = answer.status_code == 200 and answer.mimetype == "text/html"
        return answer.text if is_page and answer.text.strip() else None


def forms_of(house: House, visitor: str) -> Iterator[tuple[str, str, Sent]]:
    """Method, address and filled-in fields of each form that the visitor is shown."""
    browser = house.browsers[visitor]
    for rule in browser.application.url_map.iter_rules():
        role = (ROLES | OF_CANTEENS).get(visitor)
        is_own = role and role.value in DOORS.get(rule.endpoint, "").split()
        if "GET" not in (rule.methods or ()) or not (is_own or visitor in ("nobody", "wang")):
            continue
        text = opens(browser, rule, house)
        for form in html.fromstring(text).xpath("//form") if text else ():
            address = urljoin(address_of(rule, house.arguments), form.action or "")
            fields: Sent = {field.name: [] for field in form.inputs if field.name}
            for name, value in form.form_values():
                fields[name].append(value)
            yield form.method.upper(), address.split("?")[0], fields


def answer_to(browser: SiteClient, method: str, address: str, sent: Sent) -> tuple[int, str]:
    """Status and text of an answer."""
    query, body = (sent, None) if method == "GET" else (None, sent)
    with browser.open(address, method=method, query_string=query, data=body) as answer:
        is_html = answer.mimetype == "text/html"
        assert "x" not in {one.split("=")[0] for one in answer.headers.getlist("Set-Cookie")}
        return answer.status_code, answer.text if is_html else ""


@pytest.mark.parametrize("visitor", VISITORS)
def test_no_field_of_any_form_breaks_a_page(full_house: House, visitor: str) -> None:
    house = full_house
    browser = house.browsers[visitor]
    app, wrong, seen, texts = browser.application, [], set(), cycle(HOSTILE)
    app.testing = False  # a breakdown is a page with 500, as it is for people
    try:
        for method, address, fields in list(forms_of(house, visitor)):
            if address.endswith(ENDS_THE_VISIT) or (address, *fields) in seen:
                continue
            seen.add((address, *fields))
            for name in sorted(set(fields) - {"csrf_token"}) * EACH:
                text = next(texts)
                sent = fields | ({"key": [new_key()]} if "key" in fields else {}) | {name: [text]}
                status, shown = answer_to(browser, method, address, sent)
                if status >= 500 or SCRIPT in shown:
                    wrong.append(f"{method} {address} {name}={text[:40]!r}: {status}")
    finally:
        app.testing = True
    assert wrong == []
    assert seen

"""What nobody means is sent to each field and each address: a page answers, and never breaks.

Every page that somebody may open is asked for its forms, and is watched for the names that it looks
for in its address. Each of both gets hostile texts, another one each time, all others stay as the
page filled them in; a field of choices gets a space first, which WTForms takes for nothing.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from lxml import html
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.test import TestResponse

from tests.client import SiteClient
from tests.house.access_table import DOORS
from tests.house.conftest import OF_CANTEENS, ROLES, House, address_of
from tests.house.hostile import HOSTILE, SCRIPT
from ylyx_site.shared.db import db
from ylyx_site.shared.once import new_key

pytestmark = pytest.mark.slow
Sent = dict[str, list[str]]
ENDS_THE_VISIT = ("/sign-out", "/sessions/ending", "/sign-in/role")
EACH = 2  # texts for a field
VISITORS = ["nobody", "wang", "chen", "carer", "sun", "admin", *OF_CANTEENS]
CHOICES = ("select", "radio", "checkbox", "hidden")
NO_ROWS = ("0", "10000000000")  # numbers that there cannot be
NO_TEXT = "%ff%fe"  # bytes that are no text


@dataclass
class FilledIn:
    """A form of a page as a browser would send it."""

    method: str
    address: str
    values: Sent
    choices: set[str]


@dataclass
class Page:
    """An address, the names that its view looks for in a query string, and its forms."""

    address: str
    names: set[str]
    forms: list[FilledIn] = field(default_factory=list)


@pytest.fixture
def walked_app(app: Flask) -> Flask:
    """Both databases: PostgreSQL refuses what SQLite takes, as a page before the first."""
    return app


class Watched(ImmutableMultiDict[str, str]):
    """A query string that notes what is looked for in it."""

    looked_for: ClassVar[set[str]] = set()

    def __contains__(self, name: object) -> bool:
        self.looked_for.add(str(name))
        return super().__contains__(name)

    def get(self, name: str, *args: Any, **options: Any) -> Any:
        """As werkzeug's."""
        self.looked_for.add(name)
        return super().get(name, *args, **options)


@contextmanager
def served_as_to_people(app: Flask) -> Iterator[None]:
    """A breakdown is a page with 500; names that are looked for in an address are noted."""
    usual, app.testing = app.request_class, False
    app.request_class = type("Request", (usual,), {"parameter_storage_class": Watched})
    try:
        yield
    finally:
        app.request_class, app.testing = usual, True


def pages_of(house: House, visitor: str) -> Iterator[Page]:
    """The pages that the visitor is shown."""
    browser, role = house.browsers[visitor], (ROLES | OF_CANTEENS).get(visitor)
    for rule in browser.application.url_map.iter_rules():
        is_own = role and role.value in DOORS.get(rule.endpoint, "").split()
        if "GET" not in (rule.methods or ()) or not (is_own or visitor in ("nobody", "wang")):
            continue
        address, Watched.looked_for = address_of(rule, house.arguments), set()
        with browser.open(address) as answer:
            if answer.status_code == 404:
                continue
            page = Page(address, Watched.looked_for - {"csrf_token"})
            if answer.status_code == 200 and answer.mimetype == "text/html":
                page.forms = list(forms_of(address, answer.text or "<p></p>"))
            yield page


def forms_of(address: str, text: str) -> Iterator[FilledIn]:
    """The forms of a page."""
    for form in html.fromstring(text).xpath("//form"):
        values: Sent = {one.name: [] for one in form.inputs if one.name}
        for name, value in form.form_values():
            values[name].append(value)
        kinds = {one.name: one.get("type", one.tag) for one in form.inputs if one.name}
        choices = {name for name, kind in kinds.items() if kind in CHOICES}
        target = urljoin(address, form.action or "").split("?")[0]
        yield FilledIn(form.method.upper(), target, values, choices)


class Attack:
    """Sends hostile texts, and keeps what was answered wrongly."""

    def __init__(self, browser: SiteClient) -> None:
        self.browser, self.texts = browser, cycle(HOSTILE)
        self.wrong: list[str] = []
        self.sent = 0

    def page(self, page: Page) -> None:
        """All that a page looks for is hostile at once, then no text at all."""
        for text in (*NO_ROWS, next(self.texts)) if page.names else ():
            self.send("GET", page.address, {name: [text, "\u200b"] for name in page.names})
        if page.names:
            raw = "&".join(f"{name}={NO_TEXT}" for name in page.names)
            self.send("GET", f"{page.address}?{raw}", {})

    def form(self, form: FilledIn) -> None:
        """Each field in turn, then all of them at once and several times over."""
        fields = sorted(set(form.values) - {"csrf_token", "key"})
        for name in fields:
            first = " " if name in form.choices else next(self.texts)
            for text in (first, *(next(self.texts) for _ in range(EACH - 1))):
                self.send(form.method, form.address, fresh(form.values) | {name: [text]})
        every = {name: ["", next(self.texts), "1"] for name in fields}
        self.send(form.method, form.address, fresh(form.values) | every)

    def send(self, method: str, address: str, sent: Sent) -> None:
        """Send and judge."""
        self.sent += 1
        query, body = (sent or None, None) if method == "GET" else (None, sent)
        answer = self.browser.open(address, method=method, query_string=query, data=body)
        with answer:
            if fault := fault_of(answer):
                self.wrong.append(f"{method} {address} {str(sent)[:200]}: {fault}")


def fresh(values: Sent) -> Sent:
    """The values with a one-time key that was not used."""
    return values | ({"key": [new_key()]} if "key" in values else {})


def fault_of(answer: TestResponse) -> str:
    """What is wrong with an answer to a hostile text; nothing if it is well."""
    if answer.status_code >= 500:
        return f"{answer.status_code}"
    if answer.mimetype == "text/html" and SCRIPT in answer.text:
        return "a script came back"
    if "x" in {one.split("=")[0] for one in answer.headers.getlist("Set-Cookie")}:
        return "a header came back"
    parts = urlsplit(answer.headers.get("Location", ""))
    return f"led away to {parts.netloc}" if parts.netloc or parts.path.startswith("/\\") else ""


def different(forms: Iterable[FilledIn]) -> list[FilledIn]:
    """Each form once, without those that would end the visit."""
    seen: dict[tuple[str, ...], FilledIn] = {}
    for form in forms:
        if not form.address.endswith(ENDS_THE_VISIT):
            seen.setdefault((form.address, *sorted(form.values)), form)
    return list(seen.values())


@pytest.mark.parametrize("visitor", VISITORS)
def test_no_field_of_any_form_and_no_address_breaks_a_page(full_house: House, visitor: str) -> None:
    browser = full_house.browsers[visitor]
    attack = Attack(browser)
    with served_as_to_people(browser.application):
        pages = list(pages_of(full_house, visitor))
        for page in pages:
            attack.page(page)
        is_slower = db.engine.dialect.name == "postgresql"  # forms differ by their fields alone
        for form in different(form for page in pages for form in page.forms if not is_slower):
            attack.form(form)
    assert attack.wrong == []
    assert attack.sent > 0

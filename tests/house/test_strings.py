"""Templates are used and parse, the catalogue is whole, and pages in English are in English."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.client import SiteClient
from ylyx_site.demo.service import fill
from ylyx_site.identity.models import Account
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff01-\uff5e]")
RUN = re.compile(rf"{CHINESE.pattern}+")
OFFERED = {"中文", "Language · 中文"}  # the other language, in its own words
SEALED = {"鱼"}  # data that the database keeps encrypted: what somebody cannot eat
SERIES = "kind=full_day&weekdays=2&weekdays=6&from=2026-11-24&to=2026-12-20&child_id=CHILD"
PAGES = {
    "": (
        "/", "/help", "/sign-in", "/demo/messages", "/childcare", "/childcare/1",
        "/childcare?kind=hourly", "/facilities?kind=nursery", "/facilities?kind=canteen",
        "/facilities/1", "/facilities?kind=nursery&q=zz", "/meals", "/family/bindings",
    ),
    "13800000001": (
        "/", "/family", "/family/people", "/family/people/new", "/family/people/join", "/account",
        "/account/name", "/account/password", "/notices", "/notices/preferences",
        "/childcare/bookings", f"/childcare/1/bookings/new?{SERIES}", "/sign-out",
    ),
    "13800000003": ("/meals", "/meals/orders", "/meals/plans", "/family/people"),
    "13800000010": (
        "/desk", "/desk/attendance", "/desk/duty", "/desk/duty/carers", "/desk/duty/carers/new",
        "/desk/facility", "/desk/facility/opening", "/desk/facility/closures",
        "/desk/facility/weekends", "/desk/facility/classes", "/desk/facility/classes/new",
        "/desk/facility/prices", "/desk/facility/hours", "/desk/facility/limits",
        "/desk/facility/limits/full_day/any/add", "/desk/facility/contact",
    ),
    "13800000030": (
        "/supervision", "/supervision/facilities", "/supervision/facilities/1/places",
    ),
    "13800000040": ("/admin/accounts", "/admin/accounts/1", "/admin/accounts/new"),
}  # fmt: skip


def test_every_template_is_used() -> None:
    sources = [*TEMPLATES.rglob("*.html"), *(ROOT / "ylyx_site").rglob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    unused = [
        name
        for path in TEMPLATES.rglob("*.html")
        if (name := str(path.relative_to(TEMPLATES))) not in text
        and not re.search(rf"[\"'{{}}/]{re.escape(path.name)}[\"']", text)
    ]
    assert unused == []


def test_every_template_parses(sqlite_app: Flask) -> None:
    for path in TEMPLATES.rglob("*.html"):
        sqlite_app.jinja_env.get_template(str(path.relative_to(TEMPLATES)))


def test_every_string_has_its_english() -> None:
    script = ROOT / "ylyx_site" / "setup" / "strings.sh"
    answer = subprocess.run(  # noqa: S603 our own script
        [script, "check"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


@pytest.mark.slow
def test_pages_in_english_have_no_chinese_but_data(sqlite_app: Flask) -> None:
    with transaction() as session:
        fill(session, now=clock.now())
    names = Names()
    assert {
        (address, words)
        for phone, addresses in PAGES.items()
        for client in [_client(sqlite_app, phone)]
        for address in addresses
        for words in _words(client.page(_address(address)))
        if not names.explain(words)
    } == set()


def test_a_chinese_sentence_would_be_found(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    assert isinstance(client, SiteClient)
    assert "首页" in set(_words(client.page("/")))


class Names:
    """Whatever Chinese stands in the database: names, places, reasons, notes."""

    def __init__(self) -> None:
        """Read every text of every table but the journal's; a carer goes by her surname."""
        self.known = (
            {
                text
                for table in db.metadata.sorted_tables
                if table.name != "journal_entry"
                for row in db.session.execute(sa.select(table))
                for value in row
                for text in _texts(value)
            }
            | {name[0] for name in db.session.scalars(sa.select(Account.name)) if name}
            | OFFERED
            | SEALED
        )
        several = sorted((one for one in self.known if len(one) > 1), key=len, reverse=True)
        self._any = re.compile("|".join(map(re.escape, several)))

    def explain(self, words: str) -> bool:
        """Whether there is no Chinese left once these are taken out."""
        rest = self._any.sub("", words)
        return words in self.known or all(run in self.known for run in RUN.findall(rest))


def _texts(value: Any) -> Iterator[str]:
    """The Chinese in a value of a column, JSON included."""
    if isinstance(value, str) and CHINESE.search(value):
        yield value
        if value.startswith("{"):
            yield from _texts(json.loads(value))
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def _client(app: Flask, phone: str) -> SiteClient:
    client = app.test_client()
    assert isinstance(client, SiteClient)
    if phone:
        client.post("/sign-in/demo", data={"csrf_token": client.token(), "phone": phone})
    client.set_cookie("language", "en")
    return client


def _address(address: str) -> str:
    if "CHILD" not in address:
        return address
    bond = db.metadata.tables["bond"]
    child = sa.select(bond.c.person_id).where(bond.c.account_id == 1).limit(1)
    return address.replace("CHILD", str(db.session.scalar(child)))


def _words(page: Any) -> Iterator[str]:
    """The texts of a page with Chinese in them, and those that only readers hear."""
    spoken = page.xpath("//body//@aria-label | //body//@title | //body//@placeholder")
    for text in (*page.xpath("//title/text()"), *page.xpath("//body")[0].itertext(), *spoken):
        if CHINESE.search(text):
            yield text.strip()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_page_says_its_language(sqlite_app: Flask, language: str) -> None:
    client = _client(sqlite_app, "")
    client.set_cookie("language", language[:2])
    assert client.page("/").get("lang") == language

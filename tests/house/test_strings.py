"""Every template is used, and the main pages in English have no Chinese but names and addresses."""

import re
from pathlib import Path

import pytest
from flask import Flask
from lxml import html

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


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


@pytest.mark.parametrize(
    "address", ["/", "/help", "/sign-in", "/childcare", "/meals", "/facilities?kind=nursery"]
)
def test_a_page_in_english_has_no_chinese(sqlite_app: Flask, address: str) -> None:
    client = sqlite_app.test_client()
    client.set_cookie("language", "en")
    page = html.fromstring(client.get(address).text)
    main = page.xpath("//main")[0]
    assert page.get("lang") == "en"
    words = [one.strip() for one in main.itertext() if CHINESE.search(one)]
    assert words == []

"""A test client that reads every answer the way a strict browser and a strict colleague would.

It fails a test when a page is not well-formed enough, carries something inline, links nowhere, or
lacks a header; and it finds forms and sends them as a browser does, CSRF token and key included.
"""

import re
from typing import Any
from urllib.parse import urljoin

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

INLINE = ("style", "onclick", "onchange", "onsubmit", "onload", "hx-on", "hx-vars")


class SiteClient(FlaskClient):
    """A client whose `open` lints each answer; `submit` fills in and sends a form of a page."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """As Flask's, then lint.

        In an application context of its own, as a server gives each request: in the test's one
        `g` would be shared, and one browser would be taken for another.
        """
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        answer.request.input_stream.close()  # werkzeug spools a large upload to a file of its own
        lint(answer)
        return answer

    def page(self, address: str, status: int = 200) -> Any:
        """GET an address and return its parsed page; asserts the status."""
        answer = self.get(address)
        assert answer.status_code == status, (address, answer.status_code, text_of(answer)[:400])
        return html.fromstring(answer.text)

    def submit(
        self, address: str, action: str | None = None, drop: tuple[str, ...] = (), **fields: Any
    ) -> TestResponse:
        """Open `address`, take its form (by `action` suffix, or the only one in main), fill, send.

        A field given as a list is sent several times; `drop` leaves fields out.
        """
        page = self.page(address)
        form = find_form(page, action)
        data: dict[str, Any] = {}
        for name, value in form.form_values():
            data.setdefault(name, []).append(value)
        data.update(fields)
        for name in drop:
            data.pop(name, None)
        target = urljoin(address, form.action or address)
        return self.post(target, data=data)

    def token(self) -> str:
        """A CSRF token of this client's session."""
        page = self.page("/language")
        return str(page.xpath("//input[@name='csrf_token']/@value")[0])

    def sign_in_as(self, phone: str, password: str = "ylyx-demo") -> TestResponse:
        """Sign in by password as a person would."""
        answer = self.post(
            "/sign-in",
            data={"phone": phone, "password": password, "csrf_token": self.token()},
        )
        assert answer.status_code == 303, text_of(answer)[:400]
        return answer


def find_form(page: Any, action: str | None) -> Any:
    """The form whose action ends with `action`; without one, the only POST form in main."""
    forms = page.xpath("//main//form")
    if action is not None:
        forms = [form for form in page.xpath("//form") if (form.action or "").endswith(action)]
    else:
        forms = [form for form in forms if form.method.upper() == "POST"]
    assert len(forms) == 1, [form.action for form in page.xpath("//form")]
    return forms[0]


def text_of(answer: TestResponse) -> str:
    """The words of a page's main part, on one line."""
    if "html" not in answer.content_type:
        return answer.text
    tree = html.fromstring(answer.text or "<p></p>")
    mains = tree.xpath("//main") or [tree]
    return re.sub(r"\s+", " ", str(mains[0].text_content())).strip()


def lint(answer: TestResponse) -> None:
    """Assert what every answer of this site has to be."""
    assert "Content-Security-Policy" in answer.headers or answer.request.path.startswith("/static/")
    if answer.mimetype != "text/html" or not answer.text.strip() or answer.location:
        return  # werkzeug's few words under a redirect are nobody's page
    text = answer.text
    assert "{{" not in text and "{%" not in text, "a template tag reached the page"
    tree = html.fromstring(text)
    for name in INLINE:
        assert not tree.xpath(f"//*[@{name}]"), f"inline {name}"
    assert not tree.xpath("//style | //script[not(@src)]"), "inline style or script"
    ids = tree.xpath("//*/@id")
    assert len(ids) == len(set(ids)), f"an id twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    for link in tree.xpath("//a"):
        assert link.get("href") not in (None, "", "#"), html.tostring(link)[:200]
    for form in tree.xpath("//form[translate(@method,'POST','post')='post']"):
        assert form.xpath(".//input[@name='csrf_token']"), f"no CSRF token in {form.action}"
    for box in tree.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        assert is_labelled(tree, box), f"no label: {html.tostring(box)[:200]}"
    if "<html" in text:
        assert tree.xpath("//title/text()")[0].strip(" ·"), "no title"
        assert len(tree.xpath("//h1")) == 1, "one h1 a page"
        assert len(tree.xpath("//main")) == 1


def is_labelled(tree: Any, box: Any) -> bool:
    """Whether a field has a label, an aria-label, or stands inside a label."""
    if box.get("aria-label") or box.get("aria-labelledby") or box.xpath("ancestor::label"):
        return True
    return bool(box.get("id") and tree.xpath("//label[@for=$id]", id=box.get("id")))

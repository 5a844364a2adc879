"""Which pages somebody can reach by links: one of each kind."""

from collections import deque
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from lxml import html
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from tests.browser.site import Site

KIND_MATTERS = ("/family", "/facilities")  # there `kind` leads to another page


def pages_of(
    site: Site, phone: str | None, starts: tuple[str, ...], folder: str | tuple[str, ...] = "/"
) -> list[str]:
    """Addresses in `folder` that links lead to from `starts`; of each view the first."""
    client = site.app.test_client()
    if phone:
        client.set_cookie("ylyx", site.keys[phone])
    routes = site.app.url_map.bind("localhost")
    found: dict[tuple[str, ...], str] = {}
    waiting = deque(starts)
    while waiting:
        address = waiting.popleft()
        key = kind_of(routes, address)
        if key is None or key in found or not (address in starts or address.startswith(folder)):
            continue
        with client.get(address) as answer:  # a file to take away is closed, not read
            if answer.status_code == 200 and answer.mimetype == "text/html":
                found[key] = address
                waiting.extend(urljoin(address, link) for link in _links(answer.text))
    return list(found.values())


def _links(text: str) -> list[str]:
    """Where a page's links lead, and its forms that only ask, sent as they are."""
    page = html.fromstring(text)
    asking = [form for form in page.forms if form.method == "GET"]
    return [
        *page.xpath("//a/@href"),
        *(f"{form.action or ''}?{urlencode(form.form_values())}" for form in asking),
    ]


def kind_of(routes: MapAdapter, address: str) -> tuple[str, ...] | None:
    """The view behind an address of ours, and the kind it is asked for; None for no page."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return None
    try:
        endpoint, _fields = routes.match(parts.path, method="GET")
    except HTTPException:
        return None
    matters = parts.path.startswith(KIND_MATTERS)
    return (endpoint, *(parse_qs(parts.query).get("kind", []) if matters else []))

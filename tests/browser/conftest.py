"""A real browser on a real server; each test finds the demo district as it was filled."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright

from tests.browser import ruler
from tests.browser.hand import Hand
from tests.browser.site import Site, serving
from ylyx_site.shared.language import COOKIE as LANGUAGE
from ylyx_site.shared.templating import EDITION_COOKIE

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
TIMEOUT_MS = 8000
Visit = Callable[..., Hand]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies here: it drives a browser, and takes its time."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def browser_type_launch_args(root: Path) -> dict[str, Any]:
    """Our own Chromium: Playwright's download is not available everywhere."""
    path = os.environ.get("YLYX_CHROMIUM", str(root / ".cache" / "chromium"))
    return {"executable_path": path, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def browser_context_args(playwright: Playwright, site: Site) -> dict[str, Any]:
    """A phone in Chongqing."""
    phone = playwright.devices["Pixel 7"]
    return {
        **phone,
        "base_url": site.address,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "reduced_motion": "reduce",
    }


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo district, filled and served once per worker."""
    with serving(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(autouse=True)
def _as_it_was_filled(site: Site) -> None:
    site.restore()


@pytest.fixture
def visit(browser: Browser, browser_context_args: dict[str, Any], site: Site) -> Iterator[Visit]:
    """Open a browser as somebody: `visit("13800000001", edition="senior", **options)`.

    Whatever the browser complains of, any request to another host, and what axe and the ruler
    find on the page where it ends, fails the test.
    """
    hands = []

    def open_browser(phone: str | None = None, **options: Any) -> Hand:
        hands.append(open_hand(browser, site, phone, browser_context_args | options))
        return hands[-1]

    yield open_browser
    faults = [fault for hand in hands for fault in _faults_at_the_end(hand)]
    for hand in hands:
        hand.tab.context.close()
    assert faults == []


def _faults_at_the_end(hand: Hand) -> list[str]:
    faults = list(hand.complaints)
    if hand.tab.locator("html.scripted").count():  # axe is a script itself
        faults += ruler.broken_rules(hand.tab, schemes=("light",))
    return faults + ruler.too_wide(hand.tab, ruler.SMALL_SCREEN, 200)


def open_hand(browser: Browser, site: Site, phone: str | None, options: dict[str, Any]) -> Hand:
    """A browser of its own, with the cookies of somebody and of what they have chosen."""
    cookies = {
        EDITION_COOKIE: options.pop("edition", "ordinary"),
        LANGUAGE: options.pop("language", "zh"),
    }
    if phone:
        cookies["ylyx"] = site.keys[phone]
    context = browser.new_context(**options)
    context.set_default_timeout(TIMEOUT_MS)
    context.add_cookies([
        {"name": name, "value": value, "url": site.address} for name, value in cookies.items()
    ])  # fmt: skip
    return Hand(context.new_page(), site.address)

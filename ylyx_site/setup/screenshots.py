"""Take pictures of the demo's pages in every form people meet them: then open and look at them.

    python ylyx_site/setup/screenshots.py [ADDRESS …]

Serves the demo itself, takes each page as whoever it is for, writes `looks/<form>/<page>.png`, and
prints what a ruler can see: errors, and pages wider than the screen. Without addresses it also
writes the picture of the README: three pages on a phone, side by side.
"""

import base64
import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

LOOKS = Path("looks")
PICTURE = Path("docs/pictures/phone.png")
PARENT = "13800000001"
PASSWORD = "ylyx-demo"  # noqa: S105 every demo account's
PAGES: dict[str | None, tuple[str, ...]] = {  # who (a demo account's telephone): their pages
    None: ("/", "/facilities", "/sign-in", "/help", "/childcare", "/meals"),
    "13800000001": ("/family", "/childcare", "/childcare/bookings", "/waiting", "/account"),
    "13800000003": ("/family", "/meals", "/meals/orders", "/meals/plans", "/notices"),
    "13800000010": ("/desk", "/desk/attendance", "/desk/duty", "/desk/waiting"),
    "13800000020": ("/desk", "/desk/kitchen", "/desk/menus", "/desk/phone", "/desk/settlement"),
    "13800000030": ("/supervision", "/supervision/indicators", "/supervision/inspections"),
}


@dataclass(frozen=True)
class Look:
    """One form: size in CSS pixels, type size in percent."""

    name: str
    width: int
    height: int
    type_percent: int = 100
    is_dark: bool = False
    is_senior: bool = False
    is_paper: bool = False


ALL_LOOKS = (
    Look("phone", 390, 844),
    Look("senior", 390, 844, is_senior=True),
    Look("small-200", 320, 640, type_percent=200),
    Look("dark", 390, 844, is_dark=True),
    Look("desk", 1280, 800),
    Look("paper", 794, 1123, is_paper=True),
)


def main(addresses: list[str]) -> None:
    """Take the given addresses as everybody, or each person's own pages."""
    pages = {who: tuple(addresses) or own for who, own in PAGES.items()}
    with _server() as base, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("YLYX_CHROMIUM", ".cache/chromium")
        )
        keys = {who: _signed_in(browser, base, who) for who in pages}
        for look in ALL_LOOKS:
            for who, own in pages.items():
                _take(_context(browser, base, look, keys[who]), look, who, own)
        if not addresses:
            _picture(_context(browser, base, ALL_LOOKS[0], keys[PARENT]))


@contextlib.contextmanager
def _server() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    serve = Path(sys.executable).with_name("waitress-serve")
    server = subprocess.Popen([serve, f"--listen={address}", "wsgi:app"])  # noqa: S603 ours
    try:
        _wait_for(server, f"http://{address}/healthz")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait()


def _wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address):  # noqa: S310 ours
            return
        time.sleep(0.2)
    raise SystemExit("The site did not start; its own words stand above.")


def _signed_in(browser: Browser, base: str, phone: str | None) -> StorageState:
    """The cookies of somebody signed in: once each, since sign-ins are limited."""
    context = browser.new_context(base_url=base)
    if phone:
        tab = context.new_page()
        tab.goto("/sign-in")
        form = tab.locator("form:has([name=password])").first
        form.locator("[name=phone]").fill(phone)
        form.locator("[name=password]").fill(PASSWORD)
        form.locator("[name=password]").press("Enter")
        tab.wait_for_url(lambda address: not address.endswith("/sign-in"))
    state = context.storage_state()
    context.close()
    return state


def _context(browser: Browser, base: str, look: Look, cookies: StorageState) -> BrowserContext:
    return browser.new_context(
        base_url=base,
        storage_state=cookies,
        viewport={"width": look.width, "height": look.height},
        color_scheme="dark" if look.is_dark else "light",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        is_mobile=look.width < 700,
        has_touch=look.width < 700,
    )


def _take(context: BrowserContext, look: Look, who: str | None, pages: tuple[str, ...]) -> None:
    tab = context.new_page()
    if look.is_senior:
        tab.goto("/")
        tab.locator("form[action^='/edition'] button").first.click()
        tab.wait_for_load_state()
    for address in pages:
        _shoot(tab, look, who, address)
    context.close()


def _shoot(tab: Page, look: Look, who: str | None, address: str) -> None:
    answer = tab.goto(address)
    tab.emulate_media(media="print" if look.is_paper else "screen")
    if look.type_percent != 100:  # an edition sets its own size, which 100 % would undo
        tab.evaluate(f"document.documentElement.style.fontSize = '{look.type_percent}%'")
    name = "-".join(filter(None, [who, address.strip("/").replace("/", "-") or "home"]))
    tab.screenshot(path=LOOKS / look.name / f"{name}.png", full_page=True)
    faults = [f"status {answer.status}"] if answer and answer.status >= 400 else []
    too_wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
    if too_wide > 0 and not look.is_paper:
        faults.append(f"{too_wide} px too wide")
    print(f"{look.name:10} {name:36} {', '.join(faults)}".rstrip())


def _picture(context: BrowserContext) -> None:
    """The front door, who has a place, and a ticket, as a parent sees them."""
    tab = context.new_page()
    screens = [_screen(tab, address) for address in ("/", "/childcare", "/childcare/bookings")]
    tab.locator("main li a[href^='/childcare/bookings/']").first.click()
    tab.wait_for_url("**/childcare/bookings/*")
    screens[2] = _screen(tab, tab.url)
    shown = "".join(f'<img width="390" src="data:image/png;base64,{one}">' for one in screens)
    tab = context.new_page()  # an empty one: the site's own refuse styles written into them
    tab.set_viewport_size({"width": 3 * 390 + 4 * 24, "height": 844 + 2 * 24})
    tab.set_content(f'<body style="margin:24px;display:flex;gap:24px;background:#ddd">{shown}')
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    tab.screenshot(path=PICTURE)
    context.close()
    print(f"{PICTURE}  {PICTURE.stat().st_size // 1024} KB")


def _screen(tab: Page, address: str) -> str:
    tab.goto(address)
    return base64.b64encode(tab.screenshot()).decode()


if __name__ == "__main__":
    main(sys.argv[1:])

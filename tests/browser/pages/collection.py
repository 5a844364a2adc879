"""The list at the counter of a canteen."""

from typing import Self

from playwright.sync_api import Locator, expect

from tests.browser.pages.base import SitePage


class Counter(SitePage):
    """Who gets today's lunch."""

    path = r"/desk/collection"

    def find(self, words: str) -> Self:
        """Type a name or a code, then Enter."""
        self.tab.locator("#q").fill(words)
        self.tab.locator("#q").press("Enter")
        self.tab.wait_for_url("**q=**")
        return self

    def row(self, name: str) -> Locator:
        """Somebody's row."""
        return self.main.locator("table.counter tbody tr", has_text=name)

    def waiting(self) -> str:
        """The first who has got nothing yet."""
        rows = self.main.locator("tr:has(form[action$='/handover'] button:not(.plain))")
        return rows.first.locator("b").first.inner_text()

    def is_served(self, name: str) -> None:
        """Wait until the row says so."""
        expect(self.row(name).locator(".done")).to_be_visible()

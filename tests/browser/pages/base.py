"""What all page objects share."""

import re
from typing import ClassVar, Self

from playwright.sync_api import Locator, expect

from tests.browser.hand import Hand


class SitePage:
    """A page in a hand; making one waits until the browser is there."""

    path: ClassVar[str]  # a regular expression for the whole path

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.tab = hand.tab
        expect(self.tab).to_have_url(re.compile(rf"^https?://[^/]+{self.path}([?#].*)?$"))
        expect(self.main.locator("h1")).to_be_visible()

    @classmethod
    def open(cls, hand: Hand, address: str = "") -> Self:
        """Type an address; without one the page's own."""
        hand.tab.goto(address or cls.path)
        return cls(hand)

    @property
    def main(self) -> Locator:
        """The page without its frame."""
        return self.tab.locator("main")

    def link(self, address: str) -> Locator:
        """The first link of the page that leads to `address`, or to a query of it."""
        return self.main.locator(f"a[href='{address}'], a[href^='{address}?']").first

    def send(self, action: str) -> None:
        """Press the button of the form whose action ends with `action`."""
        self.hand.tap(self.main.locator(f"form[action$='{action}'] button").last)

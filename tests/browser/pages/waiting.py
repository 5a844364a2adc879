"""The queue: what the family waits for, joining, the offer."""

from tests.browser.pages.base import SitePage
from tests.browser.pages.care import Ticket


class Joining(SitePage):
    """What would be waited for."""

    path = "/waiting/new"

    def join(self) -> "Entry":
        """Stand in line."""
        self.send("/waiting")
        return Entry(self.hand)


class Entry(SitePage):
    """Where an entry stands."""

    path = r"/waiting/(?!new)[^/]+"

    def leave(self) -> "Entry":
        """Wait no more: asked once."""
        self.hand.tap(self.main.locator("a[href$='/ending']"))
        self.send("/ending")
        return Entry(self.hand)


class Offer(SitePage):
    """A place that became free."""

    path = r"/waiting/offers/[^/]+"

    def accept(self) -> Ticket:
        """Take it."""
        self.send("/acceptance")
        return Ticket(self.hand)

"""The telephone of a nursery, by keys alone."""

from playwright.sync_api import expect

from tests.browser.hand import Hand
from tests.browser.pages.base import SitePage


class FamilyCard(SitePage):
    """A family's card; the button that books has the focus."""

    path = r"/desk/phone/children/\d+.*"

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        expect(self.main.locator("form[action$='/bookings'] button[autofocus]")).to_be_focused()

    def price(self) -> str:
        """What the family would pay, as it stands there."""
        return self.main.locator("#quote .total dd").inner_text()


class Booked(SitePage):
    """What has just been booked."""

    path = r"/desk/phone/bookings/\w+"

    def words(self) -> str:
        """What the page says."""
        return self.main.inner_text()

"""The front door and the family's board."""

from tests.browser.pages.base import SitePage
from tests.browser.pages.care import WhoHasAPlace
from tests.browser.pages.families import People
from tests.browser.pages.meals import WhichCanteen


class Home(SitePage):
    """The front door."""

    path = "/"

    def who_has_a_place(self) -> WhoHasAPlace:
        """The half of the little ones."""
        self.hand.tap(self.link("/childcare"))
        return WhoHasAPlace(self.hand)

    def which_canteen(self) -> WhichCanteen:
        """The half of the old."""
        self.hand.tap(self.link("/meals"))
        return WhichCanteen(self.hand)


class FamilyBoard(SitePage):
    """The next seven days of everybody at home."""

    path = "/family"

    def bookings(self) -> list[str]:
        """Addresses of the care booked in these days."""
        links = self.main.locator("li a[href^='/childcare/bookings/']")
        return [str(link.get_attribute("href")) for link in links.all()]

    def people(self) -> People:
        """Those at home."""
        self.hand.tap(self.link("/family/people"))
        return People(self.hand)

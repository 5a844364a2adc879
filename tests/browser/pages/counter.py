"""The telephone desk of a canteen, by keys alone."""

from typing import Self

from playwright.sync_api import expect

from tests.browser.hand import Hand
from tests.browser.pages.base import SitePage


class Ringing(SitePage):
    """The one field, with the focus in it. `keys` counts what is pressed after the name."""

    path = "/desk/phone"

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.keys = 0

    def ask(self, words: str) -> Self:
        """Type who calls, then Enter."""
        expect(self.tab.locator("#words")).to_be_focused()
        self.tab.keyboard.type(words)
        return self.press("Enter")

    def press(self, key: str) -> Self:
        """One key."""
        self.keys += 1
        self.tab.keyboard.press(key)
        return self

    def found(self) -> int:
        """How many people the list has; the first has the focus."""
        people = self.main.locator("section[aria-labelledby=found] li a")
        expect(people.first).to_be_focused()
        return people.count()


class Card(SitePage):
    """Somebody's card; the button that orders has the focus."""

    path = r"/desk/phone/people/\d+"

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        expect(self.main.locator("form[action$='/orders'] button[autofocus]")).to_be_focused()

    def price(self) -> str:
        """What the order costs, as it stands there."""
        return self.main.locator("#quote .total dd").inner_text()

    def key_of_another_lunch(self) -> str:
        """The digit on the last lunch that has one and is neither chosen nor ordered."""
        chips = self.main.locator("a.chip[data-key]:not([aria-current])", has_text="午餐")
        return str(chips.filter(has_not_text="已订").last.get_attribute("data-key"))

    def wait_for_the_price(self) -> None:
        """Until what the page has worked out stands there."""
        expect(self.tab.locator(".htmx-request")).to_have_count(0)

    def serving(self) -> str:
        """How it will be served."""
        return str(self.main.locator("[name=serving]:checked").get_attribute("value"))


class Ordered(SitePage):
    """Done; the field for the next call has the focus."""

    path = r"/desk/phone/orders/[A-Z0-9]+"

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        expect(self.tab.locator("#words")).to_be_focused()

    def words(self) -> str:
        """What was ordered."""
        return self.main.locator("section[aria-labelledby=done]").inner_text()

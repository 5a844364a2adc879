"""Ordering a meal: which canteen, what, for whom, the ticket, the weekly pattern."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.pages.base import SitePage


class WhichCanteen(SitePage):
    """All canteens of the district for one day and meal."""

    path = "/meals"

    def something_else_for(self, person: str) -> "MealOrder":
        """Another meal than usual for this elder."""
        row = self.main.locator("#usuals li").filter(has_text=person)
        self.hand.tap(row.locator("a.button.plain"))
        return MealOrder(self.hand)

    def order_first(self) -> "MealOrder":
        """Take the first that still has something."""
        self.hand.tap(self.main.locator("#canteens a.button[href*='/orders/new']").first)
        return MealOrder(self.hand)

    def the_usual(self) -> "MealOrder":
        """The same as the last time."""
        again = self.main.locator("a.button[href*='/orders/new'][href*='=1']")
        self.hand.tap(again.first)
        return MealOrder(self.hand)


class MealOrder(SitePage):
    """Who eats what, how it gets there, and who pays how much of it."""

    path = r"/meals/\d+/orders(/new)?"

    @property
    def quote(self) -> Locator:
        """What there is to pay, line by line."""
        return self.main.locator("#quote")

    def to_pay(self) -> str:
        """The sum that is shown, as it is printed."""
        return self.quote.locator(".total dd").last.inner_text()

    def one_of_the_first(self) -> None:
        """Put one portion of the first thing on the menu; the price appears."""
        number = self.main.locator("#choice .stepper input").first
        if number.input_value() in ("", "0"):
            self.hand.tap(self.main.locator("#choice .stepper [data-step='1']").first)
            expect(number).to_have_value("1")
        expect(self.quote.locator(".total dd").last).to_have_text(re.compile(r"^¥[1-9]"))

    def names(self) -> str:
        """For whom, as the page says in its title."""
        return self.main.locator("h1").inner_text()

    def confirm(self) -> "MealTicket":
        """Order it."""
        self.hand.tap(self.main.locator("form[action$='/orders'] button.wide:not([name])"))
        return MealTicket(self.hand)

    def by_weekdays(self) -> "NewPlan":
        """The same for a month."""
        self.hand.tap(self.link("/meals/plans/new"))
        return NewPlan(self.hand)


class MealTicket(SitePage):
    """An order: code, QR, its meals."""

    path = "/meals/orders/[A-Z0-9]{6,}"

    @property
    def qr(self) -> Locator:
        """The square to be scanned; gone when nothing is left."""
        return self.main.locator(".ticket .qr svg")

    def to_pay(self) -> str:
        """The sum of its first meal, as it is printed."""
        return self.main.locator(".lines .total dd").first.inner_text()

    def meals(self) -> int:
        """How many meals stand."""
        rows = self.main.locator("section[aria-labelledby=meals] .rows > li")
        return rows.count() - rows.locator(".tag.full").count()

    def undo(self) -> "MealTicket":
        """Take it back, in the first ten minutes."""
        self.send("/undo")
        expect(self.qr).to_have_count(0)
        return MealTicket(self.hand)

    def cancel(self, day: str = "") -> "MealTicket":
        """Cancel one day, or without one all of them."""
        end = f"?date={day}" if day else ""
        self.hand.tap(self.main.locator(f"a[href$='/cancellation{end}']"))
        self.send("/cancellation")
        return MealTicket(self.hand)


class NewPlan(SitePage):
    """Who eats on which weekdays."""

    path = "/meals/plans(/new)?"

    def look(self) -> "Plan":
        """What the month would be."""
        self.hand.tap(self.main.locator("form[action^='/meals/plans'] button.wide"))
        return Plan(self.hand)


class Plan(SitePage):
    """A month of a pattern, day by day, with prices."""

    path = "/meals/plans/[A-Z0-9]{6,}"

    @property
    def ticks(self) -> Locator:
        """One for each day that can be ordered."""
        return self.main.locator("input[type=checkbox][name=date]")

    def untick(self, number: int) -> str:
        """Leave a day out; returns which."""
        tick = self.ticks.nth(number)
        tick.uncheck()
        return str(tick.get_attribute("value"))

    def order(self) -> MealTicket:
        """Order what is ticked."""
        self.send("/orders")
        return MealTicket(self.hand)

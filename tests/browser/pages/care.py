"""Booking care: who has a place, confirming, the ticket, cancelling."""

from datetime import date

from playwright.sync_api import Locator, expect

from tests.browser.hand import Hand
from tests.browser.pages.base import SitePage


class WhoHasAPlace(SitePage):
    """All nurseries of the district for one day and way of care."""

    path = "/childcare"

    @property
    def results(self) -> Locator:
        """What a chip exchanges."""
        return self.tab.locator("#results")

    def choose(self, kind: str, half: str = "") -> "WhoHasAPlace":
        """Tap the chip of a kind of care."""
        words = f"[href*='kind={kind}']" + (f"[href*='half={half}']" if half else "")
        chip = self.kinds.and_(self.tab.locator(words))
        self.hand.tap(chip)
        expect(chip).to_have_attribute("aria-current", "true")
        return WhoHasAPlace(self.hand)

    @property
    def kinds(self) -> Locator:
        """The chips of ways of care."""
        return self.results.locator(".chips.wrap a.chip")

    @property
    def chosen(self) -> Locator:
        """The way of care that is shown."""
        return self.kinds.and_(self.tab.locator("[aria-current]"))

    def offers(self) -> Locator:
        """The buttons that book."""
        return self.results.locator("a.button[href*='/bookings/new']")

    def book_first(self) -> "Confirmation":
        """Take the first that has a place."""
        self.hand.tap(self.offers().first)
        return Confirmation(self.hand)


class Confirmation(SitePage):
    """What is booked, what it costs, until when it can be changed."""

    path = r"/childcare/\d+/bookings(/new)?"

    @property
    def button(self) -> Locator:
        """确认预约."""
        return self.main.locator("form[action$='/bookings'] button:not([formaction])")

    def confirm(self) -> "Ticket":
        """Book it."""
        self.hand.tap(self.button)
        return Ticket(self.hand)

    def hold(self, deed: str = "") -> "Confirmation":
        """先留 …; with `extension` or `release` what follows it."""
        end = f"/holds/{deed}" if deed else "/holds"
        self.hand.tap(self.main.locator(f"button[formaction$='{end}']"))
        return self

    @property
    def held(self) -> Locator:
        """位子给您留着，到 …."""
        return self.main.locator("#hold")

    def preview_weeks(self, weekdays: list[int], first: date, last: date) -> "Confirmation":
        """Ask for some weekdays of a span; nothing is booked by it."""
        details = self.main.locator("details:has(details [name=weekdays]) > summary")
        self.hand.tap(details)
        self.hand.tap(self.main.locator("details details:has([name=weekdays]) > summary"))
        form = self.main.locator("form:has([name=weekdays])")
        for weekday in range(1, 8):
            box = form.locator(f"[name=weekdays][value='{weekday}']")
            box.set_checked(weekday in weekdays)
        form.locator("[name=from]").fill(first.isoformat())
        form.locator("[name=to]").fill(last.isoformat())
        self.hand.tap(form.locator("button"))
        expect(self.ticks.first).to_be_visible()
        return Confirmation(self.hand)

    @property
    def ticks(self) -> Locator:
        """One for each day that can be booked."""
        return self.main.locator("input[type=checkbox][name=date]")

    def days(self) -> list[str]:
        """The days that will be booked."""
        return [str(tick.get_attribute("value")) for tick in self.ticks.all() if tick.is_checked()]

    def untick(self, day: str) -> None:
        """Leave a day out."""
        self.main.locator(f"input[name=date][value='{day}']").uncheck()

    def left_out(self) -> list[str]:
        """The days that cannot be booked; each is followed by why."""
        rows = self.main.locator("section[aria-labelledby=out] li").all()
        for row in rows:
            expect(row.locator(".quiet")).not_to_be_empty()
        return [row.locator("b").inner_text() for row in rows]


class Ticket(SitePage):
    """A booking: code, QR, its days."""

    path = "/childcare/bookings/[A-Z0-9]{6,}"

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.code = self.main.locator(".ticket .code").inner_text().replace("-", "")

    @property
    def qr(self) -> Locator:
        """The square to be scanned; gone when nothing is left."""
        return self.main.locator(".ticket .qr svg")

    def undo(self) -> "Ticket":
        """Take it back, in the first ten minutes."""
        self.send("/undo")
        expect(self.qr).to_have_count(0)
        return Ticket(self.hand)

    @property
    def days(self) -> Locator:
        """One row a day."""
        return self.main.locator("section[aria-labelledby=days] li")

    def live_days(self) -> int:
        """How many are not cancelled."""
        return self.days.count() - self.days.locator(".tag.full").count()

    def cancel(self, day: str = "") -> "Ticket":
        """Cancel one day, or without one all of them."""
        end = f"?date={day}" if day else ""
        self.hand.tap(self.main.locator(f"a[href$='/cancellation{end}']"))
        return Cancellation(self.hand).confirm()


class Cancellation(SitePage):
    """Asks once more."""

    path = f"{Ticket.path}/cancellation"

    def confirm(self) -> Ticket:
        """Yes."""
        self.send("/cancellation")
        return Ticket(self.hand)


class Bookings(SitePage):
    """What is booked, and what was."""

    path = "/childcare/bookings"

    def coming(self) -> list[str]:
        """Addresses of the days to come, one for each day."""
        links = self.main.locator("section[aria-labelledby=coming] li a")
        return [str(link.get_attribute("href")) for link in links.all()]

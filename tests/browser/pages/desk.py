"""The desk of a nursery and of its supervisors."""

from datetime import date

from playwright.sync_api import Locator

from tests.browser.pages.base import SitePage


class OwnNursery(SitePage):
    """What a head can change."""

    path = "/desk/facility"

    def closures(self) -> "Closures":
        """The days on which the nursery is shut."""
        self.hand.tap(self.link("/desk/facility/closures"))
        return Closures(self.hand)

    def opening(self) -> "Opening":
        """The hours of the week."""
        self.hand.tap(self.link("/desk/facility/opening"))
        return Opening(self.hand)


class Closures(SitePage):
    """Closures to come, and a new one."""

    path = "/desk/facility/closures"

    def rows(self) -> list[str]:
        """Reasons and days of what is entered."""
        return self.main.locator("section[aria-labelledby=coming] .rows li").all_inner_texts()

    def shut(self, first: date, last: date, reason: str) -> None:
        """Enter a closure; over booked days it is asked once more."""
        form = self.main.locator("form[action='/desk/facility/closures']")
        form.locator("[name=kind]").first.check()
        form.locator("[name=first_day]").fill(first.isoformat())
        form.locator("[name=last_day]").fill(last.isoformat())
        form.locator("[name=reason]").fill(reason)
        self.send("/desk/facility/closures")


class Opening(SitePage):
    """The hours of each weekday."""

    path = "/desk/facility/opening"

    def change(self, weekday: int, opens: str, closes: str) -> None:
        """Change one weekday and save."""
        self.main.locator(f"[name=opens_{weekday}]").fill(opens)
        self.main.locator(f"[name=closes_{weekday}]").fill(closes)
        self.send("/desk/facility/opening")

    def hours(self, weekday: int) -> tuple[str, str]:
        """What stands in the form."""
        form = self.main
        return (
            form.locator(f"[name=opens_{weekday}]").input_value(),
            form.locator(f"[name=closes_{weekday}]").input_value(),
        )


class OverBooked(SitePage):
    """Days on which more children would come than may; nothing is saved yet."""

    path = "/(desk|supervision)/.*"

    @property
    def rows(self) -> Locator:
        """One for each day."""
        return self.main.locator("section[aria-labelledby=over-days] tbody tr")

    def save_all_the_same(self) -> None:
        """Save; nobody is cancelled."""
        self.hand.tap(self.main.locator("button[name=confirmed]"))


class Register(SitePage):
    """The nurseries of a supervisor's district."""

    path = "/supervision/facilities"

    def find(self, words: str) -> "Register":
        """Search by name."""
        self.main.locator("[name=q]").fill(words)
        self.hand.tap(self.main.locator("form[role=search] button"))
        return Register(self.hand)

    def places_of_first(self) -> "RegisteredPlaces":
        """Registered places and filing of the first that was found."""
        self.hand.tap(self.main.locator("a[href$='/places']").first)
        return RegisteredPlaces(self.hand)


class RegisteredPlaces(SitePage):
    """How many places a nursery has registered, by day."""

    path = r"/supervision/facilities/\d+/places"

    def lower_to(self, places: int, first: date) -> OverBooked:
        """Change the number from a day on."""
        form = self.main.locator("form[action$='/places']")
        form.locator("[name=places]").fill(str(places))
        form.locator("[name=from_day]").fill(first.isoformat())
        self.send("/places")
        return OverBooked(self.hand)

    def over(self) -> Locator:
        """The days that are over-booked."""
        return self.main.locator("section[aria-labelledby=over] tbody tr")

"""Those at home: children, consent, guardians."""

from datetime import date

from playwright.sync_api import Locator

from tests.browser.pages.base import SitePage


class People(SitePage):
    """Those at home."""

    path = "/family/people"

    def names(self) -> list[str]:
        """In the page's order."""
        return self.main.locator("li h2").all_inner_texts()

    def child(self, name: str) -> "Child":
        """The page of one of them."""
        self.hand.tap(self.main.locator("li", has_text=name).locator("header a"))
        return Child(self.hand)

    def join(self) -> "Join":
        """With a code from the other guardian."""
        self.hand.tap(self.link("/family/people/join"))
        return Join(self.hand)


class Whom(SitePage):
    """Who is to be added."""

    path = "/family/people/new"

    def child(self) -> "NewChild":
        """A child."""
        self.hand.tap(self.main.locator("a.task[href*='kind=child']"))
        return NewChild(self.hand)


class NewChild(SitePage):
    """The consent, and what is asked about a child."""

    path = "/family/people/new"

    @property
    def errors(self) -> Locator:
        """The summary above the form."""
        return self.main.locator("[role=alert]")

    def fill(self, name: str, born_on: date, relation: str) -> None:
        """Agree, and say what must be said."""
        self.main.locator("[name=consent]").check()
        self.main.locator("[name=name]").fill(name)
        self.main.locator("[name=born_on]").fill(born_on.isoformat())
        self.main.locator("[name=relation]").select_option(relation)

    def save(self) -> None:
        """Send it; the page that follows depends on where one came from."""
        self.send("/family/people/new")


class Child(SitePage):
    """One child."""

    path = r"/family/people/\d+"

    def invite(self) -> str:
        """Have a code made for the other guardian."""
        self.send("/invitations")
        return self.main.locator(".ticket .code").inner_text()


class Join(SitePage):
    """The code of an invitation."""

    path = "/family/people/join"

    def enter(self, code: str, relation: str) -> Child:
        """Join with it."""
        self.main.locator("[name=code]").fill(code)
        self.main.locator("[name=relation]").select_option(relation)
        self.send("/join")
        return Child(self.hand)

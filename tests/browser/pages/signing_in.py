"""Signing in by a code, and the name that is asked for the first time."""

import re

from tests.browser.pages.base import SitePage


class SignIn(SitePage):
    """A number and a password, or a number and a code."""

    path = "/sign-in"

    def ask_for_code(self, phone: str) -> "EnterCode":
        """Have a code sent."""
        self.main.locator("form[action='/sign-in/code'] [name=phone]").fill(phone)
        self.send("/sign-in/code")
        return EnterCode(self.hand)


class EnterCode(SitePage):
    """The code from the message."""

    path = "/sign-in/code"

    def newest_code(self) -> str:
        """Look into the demo's messages, in a tab of their own."""
        messages = self.tab.context.new_page()
        messages.goto("/demo/messages")
        words = messages.locator("main li").first.inner_text()
        messages.close()
        found = re.search(r"\b\d{6}\b", words.split("\n", 1)[-1])
        assert found, words
        return found[0]

    def enter(self, code: str) -> "GiveName":
        """Sign in for the first time."""
        self.main.locator("[name=code]").fill(code)
        self.send("/sign-in")
        return GiveName(self.hand)


class GiveName(SitePage):
    """How to address somebody new."""

    path = "/account/name"

    def save(self, name: str) -> None:
        """Go on to where one wanted to go."""
        self.main.locator("[name=name]").fill(name)
        self.send("/account/name")

"""Signing in by a code, and the name that is asked for the first time."""

import re

from playwright.sync_api import Locator

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
        self.type(code)
        return GiveName(self.hand)

    def type(self, code: str) -> None:
        """Send a code, right or wrong."""
        self.main.locator("[name=code]").fill(code)
        self.send("/sign-in")


class OwnBindings(SitePage):
    """An elder looks, without an account, who orders for them: the telephone first."""

    path = "/family/bindings"

    def ask_for_code(self, phone: str) -> "EnterBindingsCode":
        """Have a code sent."""
        self.main.locator("[name=phone]").fill(phone)
        self.send("/family/bindings")
        return EnterBindingsCode(self.hand)


class EnterBindingsCode(EnterCode):
    """The code of an elder."""

    path = "/family/bindings/code"

    def show(self, code: str) -> "BindingsList":
        """Who it is."""
        self.main.locator("[name=code]").fill(code)
        self.send("/family/bindings/code")
        return BindingsList(self.hand)


class BindingsList(SitePage):
    """Who orders for an elder, each with a button that ends it."""

    path = "/family/bindings/list"

    @property
    def rows(self) -> Locator:
        """One for each."""
        return self.main.locator("li:has(form[action='/family/bindings/ending'])")


class GiveName(SitePage):
    """How to address somebody new."""

    path = "/account/name"

    def save(self, name: str) -> None:
        """Go on to where one wanted to go."""
        self.main.locator("[name=name]").fill(name)
        self.send("/account/name")

"""Somebody's hand on a browser: it counts its taps, and hears what the browser complains of."""

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Locator, Page, Request

STATUSES_SHOWN = (" 404 ", " 409 ", " 422 ")  # answers of ours that the browser reports as errors


@dataclass
class Hand:
    """A tab of a browser and the taps made in it."""

    tab: Page
    home: str
    taps: int = 0
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tab.on("console", self._hear)
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.on("request", self._watch)

    def tap(self, target: Locator) -> None:
        """Tap once."""
        self.taps += 1
        target.click()

    def take_complaints(self) -> list[str]:
        """What was heard since the last time."""
        heard, self.complaints[:] = list(self.complaints), []
        return heard

    def _hear(self, message: ConsoleMessage) -> None:
        is_ours = any(status in message.text for status in STATUSES_SHOWN)
        if message.type in ("error", "warning") and not is_ours:
            self.complaints.append(message.text)

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.home + "/", "data:", "blob:")):
            self.complaints.append(f"request to {request.url}")

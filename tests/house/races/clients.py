"""Clients that book and cancel over HTTP, and do not take no answer for an answer.

An outcome that nobody told (the connection broke, 503) is settled by sending the same form again
with the same key, as the page says; all sendings are one event of the history.
"""

import random
import re
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event as Signal
from urllib.parse import urlencode

from tests.house.races.crowd import FULL, Family, booking
from tests.house.races.history import Event
from ylyx_site.shared.once import new_key

SENDINGS = 40  # six seconds: longer than a database takes to come back
HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer said; `status` 0 when there was none."""

    status: int
    location: str = ""
    text: str = ""


@dataclass(slots=True)
class Client:
    """One family that books, cancels and books again until told to stop."""

    number: int
    port: int
    house: int
    family: Family
    stop: Signal
    keeps: bool = False
    events: list[Event] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    sent_again: int = 0

    def run(self) -> None:
        """Book; with a place, cancel after a moment, unless it is to be kept."""
        dice = random.Random(self.number)
        while not self.stop.is_set():
            code = self.book()
            time.sleep(dice.uniform(0, 0.02))
            if code is None or (code and (self.keeps or self.stop.is_set())):
                return
            if code and self.cancel(code) != "yes":
                return

    def book(self) -> str | None:
        """Book a whole Tuesday: the booking's address, nothing when it is full, None if unknown."""
        asked = time.monotonic()
        told = self._settle(f"/childcare/{self.house}/bookings", booking(self.family))
        outcome = self._outcome(told)
        self._note("book", asked, outcome, told.location)
        if outcome == "unknown":
            return None
        return told.location if outcome == "yes" else ""

    def cancel(self, code: str) -> str:
        """Cancel it, with a key; returns the outcome."""
        asked = time.monotonic()
        form = {"csrf_token": self.family.csrf, "key": new_key()}
        outcome = self._outcome(self._settle(f"{code}/cancellation", form))
        self._note("cancel", asked, outcome, code)
        return outcome

    def _note(self, deed: str, asked: float, outcome: str, address: str) -> None:
        code = address.rpartition("/")[2]
        self.events.append(Event(self.number, deed, asked, time.monotonic(), outcome, code))

    def _outcome(self, told: Told) -> str:
        if told.status == 303:
            return "yes"
        if told.status == 422 and FULL in re.sub(r"\s+", " ", told.text):
            return "full"
        if told.status not in (0, 503):
            self.odd.append(f"{told.status} {_words(told.text)}")
        return "unknown"

    def _settle(self, address: str, form: dict[str, object]) -> Told:
        """Send, and send the same again until there is an answer."""
        body = urlencode(form, doseq=True)
        told = Told(0)
        for _sending in range(SENDINGS):
            told = self._send(address, body)
            if told.status not in (0, 503):
                return told
            self.sent_again += 1
            time.sleep(0.15)
        return told

    def _send(self, address: str, body: str) -> Told:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(
                "POST", address, body, HEADERS | {"Cookie": f"ylyx={self.family.cookie}"}
            )
            answer = connection.getresponse()
            return Told(answer.status, answer.headers.get("Location", ""), answer.read().decode())
        except (OSError, HTTPException):
            return Told(0)
        finally:
            connection.close()


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).strip()[:200]

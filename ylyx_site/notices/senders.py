"""The ports through which messages leave the house; used after the commit, never inside it.

`plug_in` takes one sender per channel; a district plugs in its own text-message service there.
"""

import hashlib
import smtplib
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import structlog
from flask import Flask, current_app
from sqlalchemy.orm import Session

from ylyx_site.notices.kinds import Channel
from ylyx_site.shared.identifiers import mask_phone

PORT = "ylyx_post"
LETTER_SECONDS = 6.0  # a page waits for its letter, and has to end within eight
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Message:
    """One message. Sent again, it has the same `key`: a service that knows keys drops the twin."""

    key: str
    to: str
    text: str


class Sender(Protocol):
    """Brings a message to a telephone or to a mailbox."""

    @property
    def name(self) -> str:
        """What is written down as the sender; 20 letters at most."""

    def send(self, message: Message) -> None:
        """Send it; raises when it surely did not go out."""


class NotPluggedInError(RuntimeError):
    """There is nobody to send this kind of message: it is tried again until it is given up."""


@dataclass(frozen=True, slots=True)
class LogSender:
    """Stands in until a service is plugged in: tells the log that a message was due, not which."""

    name: str = "log"

    def send(self, message: Message) -> None:
        """Log the key and, of the number, what may be seen."""
        log.info("message due", key=message.key, to=mask_phone(message.to))


@dataclass(frozen=True, slots=True)
class NoSender:
    """Where there is no way out: refuses, so that nothing is called sent that was not."""

    name: str = "none"

    def send(self, message: Message) -> None:
        """Raise `NotPluggedInError`."""
        raise NotPluggedInError(f"No sender is plugged in for {message.key}.")


@dataclass(frozen=True, slots=True)
class TextSender:
    """A text-message service: any function of a number and a text that raises when it fails."""

    tell: Callable[[str, str], None]
    name: str = "sms"

    def send(self, message: Message) -> None:
        """Hand over number and text."""
        self.tell(message.to, message.text)


class _Brief(smtplib.SMTP):
    """A conversation whose every answer has to come before one end, not each in its own time."""

    _ends = 0.0

    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> Any:
        """The time runs from here."""
        self._ends = time.monotonic() + float(self.timeout or LETTER_SECONDS)
        return super().connect(host, port, source_address)

    def getreply(self) -> tuple[int, bytes]:
        """Wait for what is left of the time; raises `TimeoutError`."""
        left = self._ends - time.monotonic()
        if left <= 0 or self.sock is None:
            raise TimeoutError
        self.sock.settimeout(left)
        return super().getreply()


class _BriefSecurely(_Brief, smtplib.SMTP_SSL):
    """The same, by TLS from the first byte."""


@dataclass(frozen=True, slots=True)
class MailSender:
    """E-mail by SMTP: `smtp://user:password@host:port` (TLS when offered) or `smtps://…`.

    `seconds` is for the whole conversation, however slowly the server answers.
    """

    url: str
    mail_from: str
    name: str = "email"
    seconds: float = LETTER_SECONDS

    def send(self, message: Message) -> None:
        """Send one letter; raises `OSError` or `SMTPException`."""
        parts = urlsplit(self.url)
        kind = _BriefSecurely if parts.scheme == "smtps" else _Brief
        host, port = parts.hostname or "localhost", parts.port or 0
        with closing(kind(host, port, timeout=self.seconds)) as server:
            server.ehlo()
            if parts.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls()
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(self._letter(message))
            server.quit()

    def _letter(self, message: Message) -> EmailMessage:
        """The Message-ID comes from the key, so that a mailbox shows a letter sent twice once."""
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self.mail_from, message.to, "一老一小"
        digest = hashlib.sha256(message.key.encode()).hexdigest()[:32]
        letter["Message-ID"] = f"<{digest}@{self.mail_from.rpartition('@')[2].rstrip('>')}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(message.text)
        return letter


@dataclass(frozen=True, slots=True)
class Post:
    """How messages leave: senders, whose telephone is whose (None: closed), the site's address."""

    senders: Mapping[Channel, Sender]
    phone_of: Callable[[Session, int], str | None]
    site: str


def plug_in(app: Flask, post: Post) -> None:
    """Use these ports unless others are there already."""
    app.extensions.setdefault(PORT, post)


def post() -> Post:
    """The ports of this site."""
    plugged: Post = current_app.extensions[PORT]
    return plugged

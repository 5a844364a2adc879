"""The port through which codes leave the house; called after the commit, never inside it.

A district plugs in its own text-message service by `app.extensions[PORT] = …`.
"""

from typing import Protocol

import structlog
from flask import Flask, current_app

from ylyx_site.identity.models import DemoMessage
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.identifiers import mask_phone
from ylyx_site.shared.language import gettext

PORT = "ylyx_code_sender"
log = structlog.get_logger()


class CodeSender(Protocol):
    """Sends a one-time code to a mobile number of 11 digits."""

    def send(self, phone: str, code: str) -> None:
        """Send it; raises when it surely did not go out."""

    def tell(self, phone: str, text: str) -> None:
        """Send a code that is not for signing in, within its own words (200 characters at most)."""


class LogSender:
    """Stands in until a service is plugged in: tells the log that a code went, but not which."""

    def send(self, phone: str, code: str) -> None:  # noqa: ARG002 the code is not for the log
        """Log the masked number."""
        log.info("code sent", phone=mask_phone(phone))

    def tell(self, phone: str, text: str) -> None:  # noqa: ARG002 nor is it in these words
        """Log the masked number."""
        log.info("code sent", phone=mask_phone(phone))


class DemoSender:
    """Shows codes on `/demo/messages`, so that a demo works without any service."""

    def send(self, phone: str, code: str) -> None:
        """Keep the message as a row: several processes show the same page."""
        text = gettext(
            "登录验证码 %(code)s，5 分钟内有效。不要告诉别人，我们也不会来问。", code=code
        )
        self.tell(phone, text)

    def tell(self, phone: str, text: str) -> None:
        """Keep the message as a row."""
        with transaction() as session:
            session.add(DemoMessage(phone=phone, text=text, sent_at=clock.now()))


def plug_in(app: Flask) -> None:
    """Use the demo's or the log's sender unless another one is there already."""
    app.extensions.setdefault(PORT, DemoSender() if app.config["DEMO"] else LogSender())


def sender() -> CodeSender:
    """The sender of this site."""
    plugged: CodeSender = current_app.extensions[PORT]
    return plugged

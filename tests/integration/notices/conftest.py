"""A post office that keeps what it is given, plugged in where the real senders stand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask

from ylyx_site.notices.kinds import Channel
from ylyx_site.notices.senders import PORT, Message, Post


@dataclass
class Keeper:
    """A sender that keeps what it is given; with a plan for what goes wrong."""

    name: str
    kept: list[Message] = field(default_factory=list)
    before: Callable[[Message], None] = lambda _message: None

    def send(self, message: Message) -> None:
        """Keep it, unless `before` raises."""
        self.before(message)
        self.kept.append(message)


@dataclass
class Office:
    """The senders of a test, and who has which telephone."""

    sms: Keeper
    email: Keeper
    phones: dict[int, str]


@pytest.fixture
def office(app: Flask) -> Iterator[Office]:
    """Wang is 1, li is 2; both have a telephone."""
    office = Office(Keeper("sms"), Keeper("email"), {1: "13800000001", 2: "13800000002"})
    usual = app.extensions[PORT]
    app.extensions[PORT] = Post(
        {Channel.SMS: office.sms, Channel.EMAIL: office.email},
        lambda _session, account_id: office.phones.get(account_id),
        "https://ylyx.example",
    )
    yield office
    app.extensions[PORT] = usual

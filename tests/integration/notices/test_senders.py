"""The ways out: e-mail by a real SMTP conversation, the log, none at all."""

import smtplib
import time
from dataclasses import replace

import pytest
from flask import Flask
from structlog.testing import capture_logs

from tests.conftest import settings_for
from tests.integration.notices.mailbox import a_mailbox
from ylyx_site.app import create_app
from ylyx_site.notices.kinds import Channel
from ylyx_site.notices.senders import (
    LETTER_SECONDS,
    PORT,
    LogSender,
    MailSender,
    Message,
    NoSender,
    NotPluggedInError,
    Post,
    TextSender,
)
from ylyx_site.settings import BadSettingsError, from_environment

LETTER = Message("care:7K392F:1", "wang@example.org", "【一老一小】李建国约了托育。\n.一个点开头")


def test_a_letter_arrives_by_smtp_with_the_same_number_when_sent_again() -> None:
    with a_mailbox() as box:
        sender = MailSender(box.url, "一老一小 <site@example.org>")
        for _again in range(2):
            sender.send(LETTER)
    first, second = box.letters
    assert (first["To"], first["From"]) == ("wang@example.org", "一老一小 <site@example.org>")
    assert first.get_content().replace("\r\n", "\n") == LETTER.text + "\n"
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].endswith("@example.org>")


def test_a_refused_letter_and_a_dead_server_are_told() -> None:
    with a_mailbox() as box:
        box.refuses = True
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            MailSender(box.url, "site@example.org").send(LETTER)
    with pytest.raises(OSError, match="refused"):
        MailSender(box.url, "site@example.org").send(LETTER)


def test_a_slow_server_is_not_waited_for_beyond_the_whole_time() -> None:
    """Each answer comes in time, all of them together do not."""
    with a_mailbox() as box:
        box.slow = 0.4
        began = time.monotonic()
        with pytest.raises(OSError, match=r"timed out|^$"):
            MailSender(box.url, "site@example.org", seconds=1).send(LETTER)
    assert (time.monotonic() - began < 2, box.letters) == (True, [])
    assert LETTER_SECONDS < 8  # the longest that any request may take (SAFETY P14)


def test_the_log_sees_the_number_masked_and_no_word(sqlite_app: Flask) -> None:
    with capture_logs() as told:
        LogSender().send(Message("care:1", "13800000001", "【一老一小】李建国约了托育。"))
    assert told == [
        {"event": "message due", "key": "care:1", "to": "138****0001", "log_level": "info"}
    ]


def test_no_sender_says_so_instead_of_calling_it_sent() -> None:
    with pytest.raises(NotPluggedInError):
        NoSender().send(LETTER)


def test_the_app_plugs_in_what_its_settings_say(sqlite_app: Flask) -> None:
    demo: Post = sqlite_app.extensions[PORT]
    assert isinstance(demo.senders[Channel.SMS], TextSender)
    assert isinstance(demo.senders[Channel.EMAIL], NoSender)
    settings = replace(
        settings_for("sqlite://"), smtp_url="smtp://mail.example", mail_from="site@example.org",
        mode="production",
    )  # fmt: skip
    real: Post = create_app(settings).extensions[PORT]
    assert real.senders == {
        Channel.SMS: LogSender(),
        Channel.EMAIL: MailSender("smtp://mail.example", "site@example.org"),
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"YLYX_SMTP_URL": "http://mail.example", "YLYX_MAIL_FROM": "a@example.org"},
        {"YLYX_SMTP_URL": "smtp://mail.example"},
    ],
)
def test_a_wrong_mail_server_is_told_when_the_site_starts(wrong: dict[str, str]) -> None:
    with pytest.raises(BadSettingsError, match="YLYX_"):
        from_environment(wrong)

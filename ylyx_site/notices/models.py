"""Messages, where to send them, and what each account has chosen. Accounts are numbers here."""

import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.notices.kinds import Channel, NoticeKind
from ylyx_site.shared.db import Model


def new_code() -> str:
    """The name of a message in addresses: 72 random bits."""
    return secrets.token_urlsafe(9)


class Notice(Model):
    """One message to one account; stands on its page 消息 whether or not it was sent.

    `sentence` is a message id with named places, `filling` their values as JSON, so that it is said
    in the reader's language; neither holds health data, ID or telephone numbers. `link` is the one
    thing to do. `due_at` is when it is to be sent, or when the claim of whoever sends it now runs
    out; None: nothing is left to send. `message_key` is set when it is first claimed, the same for
    all that go out together, and stays: whatever is sent again is sent under the same key.
    """

    __tablename__ = "notice"
    __table_args__ = (
        sa.Index("ix_notice_account_id_planned_at", "account_id", "planned_at"),
        sa.Index(
            "ix_notice_unread",
            "account_id",
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        ),
        sa.Index(
            "ix_notice_due",
            "due_at",
            sqlite_where=sa.text("due_at IS NOT NULL"),
            postgresql_where=sa.text("due_at IS NOT NULL"),
        ),
        sa.Index(
            "ix_notice_gathering",
            "account_id",
            "subject",
            sqlite_where=sa.text("due_at IS NOT NULL"),
            postgresql_where=sa.text("due_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=new_code)
    account_id: Mapped[int]
    kind: Mapped[NoticeKind]
    sentence: Mapped[str] = mapped_column(sa.String(200))
    filling: Mapped[str] = mapped_column(sa.Text, default="{}")
    link: Mapped[str] = mapped_column(sa.String(200))
    subject: Mapped[str] = mapped_column(sa.String(60))
    key: Mapped[str] = mapped_column(sa.String(120), unique=True)
    planned_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    message_key: Mapped[str | None] = mapped_column(sa.String(120), index=True)
    sent_at: Mapped[datetime | None]
    sender: Mapped[str] = mapped_column(sa.String(20), default="", server_default="")
    tries: Mapped[int] = mapped_column(default=0, server_default="0")


class NoticePreference(Model):
    """How an account wants one kind of message; without a row, as is usual."""

    __tablename__ = "notice_preference"

    account_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[NoticeKind] = mapped_column(primary_key=True)
    channel: Mapped[Channel]


class AccountChannel(Model):
    """An address of an account beside its telephone, sealed; used once it is verified."""

    __tablename__ = "account_channel"

    account_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[Channel] = mapped_column(primary_key=True)
    address_sealed: Mapped[str] = mapped_column(sa.Text)
    verified_at: Mapped[datetime | None]


class AddressCode(Model):
    """A code sent to an address that an account wants to use; the newest counts, five tries."""

    __tablename__ = "address_code"

    account_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[Channel] = mapped_column(primary_key=True)
    address_sealed: Mapped[str] = mapped_column(sa.Text)
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    sent_at: Mapped[datetime]
    sent: Mapped[int] = mapped_column(default=1)
    tries: Mapped[int] = mapped_column(default=0)


class Announcement(Model):
    """A text from staff to families, kept once; each family's notice leads to it."""

    __tablename__ = "announcement"
    __table_args__ = (sa.Index("ix_announcement_facility_id_sent_at", "facility_id", "sent_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=new_code)
    facility_id: Mapped[int]
    account_id: Mapped[int]
    audience: Mapped[str] = mapped_column(sa.String(120))
    text: Mapped[str] = mapped_column(sa.String(300))
    families: Mapped[int]
    sent_at: Mapped[datetime]

"""Accounts, their roles, their sessions, and one-time codes."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.identity.roles import Role
from ylyx_site.shared.db import Model


class Account(Model):
    """Somebody who signs in. The number is for signing in here; people cared for have their own."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(sa.String(20), unique=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Grant(Model):
    """A role of an account, at one facility or in one division, from a moment until ended."""

    __tablename__ = "role_grant"
    __table_args__ = (
        sa.CheckConstraint("(facility_id IS NULL) OR (division_code IS NULL)", name="one_scope"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    role: Mapped[Role]
    facility_id: Mapped[int | None] = mapped_column(sa.ForeignKey("facility.id"), index=True)
    division_code: Mapped[str | None] = mapped_column(sa.String(12))
    granted_by: Mapped[int | None]
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class StaffInvitation(Model):
    """Asked to work at a facility; whoever signs in with this number may take it up or not.

    An invitation says nothing about who has the number, so that asking cannot be used to find out.
    """

    __tablename__ = "staff_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), index=True)
    phone: Mapped[str] = mapped_column(sa.String(20), index=True)
    role: Mapped[Role]
    invited_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    invited_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignedInSession(Model):
    """A session is a row, so that it can be ended. The browser holds the token, we its hash."""

    __tablename__ = "session"

    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    grant_id: Mapped[int | None] = mapped_column(sa.ForeignKey("role_grant.id"))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(sa.String(80), default="")


class OneTimeCode(Model):
    """A code sent to a telephone; six digits, kept as a keyed digest, five tries, used once.

    `purpose` keeps codes apart: whoever is told a code that means consent cannot sign in by it.
    """

    __tablename__ = "one_time_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(sa.String(20), index=True)
    address: Mapped[str] = mapped_column(sa.String(64), index=True, server_default="")
    purpose: Mapped[str] = mapped_column(sa.String(40), default="sign_in", server_default="sign_in")
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    sent_at: Mapped[datetime] = mapped_column(index=True)
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]


class FailedSignIn(Model):
    """A wrong password or code, counted per number and per address; kept for a day."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (
        sa.Index("ix_failed_sign_in_phone_at", "phone", "at"),
        sa.Index("ix_failed_sign_in_address_at", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(sa.String(20))
    address: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime]


class DemoMessage(Model):
    """In demo mode, what would have gone to a telephone; shown on `/demo/messages`."""

    __tablename__ = "demo_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(sa.String(20))
    text: Mapped[str] = mapped_column(sa.Text)
    sent_at: Mapped[datetime] = mapped_column(index=True)

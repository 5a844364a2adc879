"""Who is asking: the few facts of a session, read in one small query."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn

import sqlalchemy as sa
import structlog
from flask import Flask, Response, g
from flask_login import LoginManager, current_user
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ylyx_site.identity.models import Account, Grant, SignedInSession
from ylyx_site.identity.roles import Role
from ylyx_site.identity.rules import hash_token
from ylyx_site.notices.queries import unread_of
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody signed in. `role` is None for a family; scope by facility or by division."""

    account_id: int
    name: str
    phone: str
    token: str
    token_hash: str
    role: Role | None
    facility_id: int | None
    division_code: str | None
    last_seen_at: datetime
    unread: int = 0  # messages not opened yet
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What Flask-Login keeps in the signed cookie: the session's token."""
        return self.token


@dataclass(frozen=True, slots=True)
class Nobody:
    """Somebody who is not signed in."""

    account_id: int = 0
    name: str = ""
    role: Role | None = None
    facility_id: int | None = None
    division_code: str | None = None
    is_authenticated: bool = False
    is_active: bool = False
    is_anonymous: bool = True

    def get_id(self) -> NoReturn:
        """There is none."""
        raise NotImplementedError


# Put together once: it is asked for every page.
_LIVE = (
    sa.select(
        Account.id,
        Account.name,
        Account.phone,
        SignedInSession.last_seen_at,
        Grant.role,
        Grant.facility_id,
        Grant.division_code,
        unread_of(Account.id),
    )
    .select_from(SignedInSession)
    .join(Account, Account.id == SignedInSession.account_id)
    .outerjoin(Grant, sa.and_(Grant.id == SignedInSession.grant_id, Grant.ended_at.is_(None)))
    .where(
        SignedInSession.token_hash == sa.bindparam("token_hash"),
        SignedInSession.ended_at.is_(None),
        SignedInSession.expires_at > sa.bindparam("now"),
        Account.closed_at.is_(None),
    )
)


def find_visitor(session: Session, token: str, now: datetime) -> Visitor | None:
    """The facts of a live session, or None: unknown, ended, expired, account closed.

    A session whose role has ended goes on as a family's session.
    """
    hashed = hash_token(token)
    row = session.connection().execute(_LIVE, {"token_hash": hashed, "now": now}).first()
    if row is None:
        return None
    account_id, name, phone, seen, role, facility_id, division_code, unread = row
    return Visitor(
        account_id, name, phone, token, hashed, role, facility_id, division_code, seen, unread
    )


def visitor() -> Visitor | Nobody:
    """Whoever makes this request."""
    who: Visitor | Nobody = current_user._get_current_object()  # noqa: SLF001 Flask-Login's way
    return who


def signed_in() -> Visitor:
    """Whoever makes this request, on pages that only the signed-in reach."""
    who = visitor()
    assert isinstance(who, Visitor)  # noqa: S101 @access has seen to it
    return who


def unread_messages() -> int:
    """For the bar below each page; 0 where nobody has asked who it is: no page asks for that."""
    who = g.get("_login_user")
    return who.unread if isinstance(who, Visitor) else 0


def login_manager() -> LoginManager:
    """Flask-Login, told to read sessions from our rows."""
    manager = LoginManager()
    manager.anonymous_user = Nobody
    manager.session_protection = None  # a phone changes its address all day long
    return manager


SEEN_EVERY = timedelta(minutes=5)


def set_up(app: Flask) -> None:
    """Read the visitor of each request from our rows, and note last-seen now and then."""
    manager: LoginManager = app.login_manager  # type: ignore[attr-defined]
    manager.user_loader(_load)
    app.after_request(_note_last_seen)
    app.jinja_env.globals["unread_messages"] = unread_messages


def _load(token: str) -> Visitor | None:
    return find_visitor(db.session(), token, clock.now())


def _note_last_seen(response: Response) -> Response:
    """At most every five minutes; only when this request has looked up its visitor.

    What was done is done by now, and answered: a note that fails must not say otherwise.
    """
    who = g.get("_login_user")
    if isinstance(who, Visitor) and clock.now() - who.last_seen_at >= SEEN_EVERY:
        try:
            _write_last_seen(who)
        except SQLAlchemyError as error:
            log.warning("last seen not noted", error=type(error).__name__)
    return response


def _write_last_seen(who: Visitor) -> None:
    with transaction(aside="last seen") as session:
        session.execute(
            sa.update(SignedInSession)
            .where(SignedInSession.token_hash == who.token_hash)
            .values(last_seen_at=clock.now())
        )

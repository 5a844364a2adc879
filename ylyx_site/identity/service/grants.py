"""Roles: given for a facility or a division, chosen for a session, ended."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.identity import queries, rules, scopes
from ylyx_site.identity.errors import AccountClosed, LastAdministratorRole, RoleHeld, WrongScope
from ylyx_site.identity.models import Account, Grant, SignedInSession
from ylyx_site.identity.roles import Role
from ylyx_site.journal.service import note
from ylyx_site.shared.refusals import NotFound


def grant_role(
    session: Session,
    account_id: int,
    role: Role,
    *,
    facility_id: int | None = None,
    division_code: str | None = None,
    actor_id: int | None,
    now: datetime,
) -> Grant:
    """Give an account a role; live sessions take it up when they choose it or sign in anew.

    Staff roles need `facility_id`, supervisors `division_code`, administrators neither. Raises
    `NotFound`, `AccountClosed`, `WrongScope`, `NoSuchScope`, `RoleHeld`.
    """
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound
    if account.closed_at is not None:
        raise AccountClosed
    if not rules.fits_scope(role, facility_id, division_code):
        raise WrongScope(field="role")
    scopes.refuse_unknown(session, facility_id, division_code)
    _refuse_held(session, account_id, (role, facility_id, division_code))
    grant = Grant(
        account_id=account_id, role=role, facility_id=facility_id, division_code=division_code,
        granted_by=actor_id, granted_at=now,
    )  # fmt: skip
    session.add(grant)
    session.flush()
    _note(session, "identity.role_granted", grant, actor_id, now)
    return grant


def end_role(
    session: Session, account_id: int, grant_id: int, *, actor_id: int, now: datetime
) -> None:
    """End a role; sessions that work under it lose it at their next request.

    Raises `NotFound` and, for one's own administrator role, `LastAdministratorRole`.
    """
    grant = _live(session, account_id, grant_id)
    if grant.role is Role.ADMINISTRATOR and account_id == actor_id:
        raise LastAdministratorRole
    grant.ended_at = now
    session.flush()
    _note(session, "identity.role_ended", grant, actor_id, now)


def choose_role(
    session: Session, token_hash: str, account_id: int, grant_id: int | None, *, now: datetime
) -> Role | None:
    """Work under one of one's roles in this session; None: as a family. Raises `NotFound`.

    A session under a role lasts a shift, even one that began as a family's.
    """
    grant = None if grant_id is None else _live(session, account_id, grant_id)
    mine = session.scalars(
        sa.select(SignedInSession).where(
            SignedInSession.token_hash == token_hash, SignedInSession.account_id == account_id
        )
    ).one()
    mine.grant_id = grant_id
    if grant is not None:
        mine.expires_at = min(mine.expires_at, now + rules.session_lives(on_duty=True))
    session.flush()
    return grant.role if grant else None


def _live(session: Session, account_id: int, grant_id: int) -> Grant:
    for grant in queries.live_grants(session, account_id):
        if grant.id == grant_id:
            return grant
    raise NotFound


def _refuse_held(
    session: Session, account_id: int, wanted: tuple[Role, int | None, str | None]
) -> None:
    for held in queries.live_grants(session, account_id):
        if (held.role, held.facility_id, held.division_code) == wanted:
            raise RoleHeld


def _note(session: Session, action: str, grant: Grant, actor_id: int | None, now: datetime) -> None:
    note(
        session, action, f"account:{grant.account_id}",
        actor_id=actor_id, facility_id=grant.facility_id, now=now,
        detail=f"{grant.role.value} {grant.division_code or ''}".strip(),
    )  # fmt: skip

"""People of a house: asked in by its head, taken up or declined by themselves, ended."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.identity import house, queries, rules
from ylyx_site.identity.errors import InvitationGone, OwnRole, TooManyInvitations, WrongScope
from ylyx_site.identity.models import Grant, StaffInvitation
from ylyx_site.identity.roles import Role
from ylyx_site.identity.service.grants import end_role, grant_role
from ylyx_site.journal.service import note
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.shared.refusals import N_, NotFound


def invite(
    session: Session,
    phone: str,
    role: Role,
    *,
    facility_id: int,
    actor_id: int,
    actor_role: Role,
    now: datetime,
) -> None:
    """Ask whoever has this number to work here; `phone` is 11 digits (`identifiers.mobile`).

    A second invitation to the same number for the same role takes the place of the first. Raises
    `WrongScope` for a role that the actor cannot give, and `TooManyInvitations`.
    """
    if role not in rules.MAY_INVITE.get(actor_role, ()):
        raise WrongScope(field="role")
    _end_open(
        session, now,
        StaffInvitation.facility_id == facility_id, StaffInvitation.phone == phone,
        StaffInvitation.role == role,
    )  # fmt: skip
    if len(house.open_invitations(session, facility_id, now)) >= rules.MOST_INVITATIONS:
        raise TooManyInvitations(field="phone", most=rules.MOST_INVITATIONS)
    invitation = StaffInvitation(
        facility_id=facility_id, phone=phone, role=role, invited_by=actor_id, invited_at=now,
        expires_at=now + rules.INVITATION_LIVES,
    )  # fmt: skip
    session.add(invitation)
    session.flush()
    _note(session, "identity.invited", invitation, actor_id, now)
    account = queries.account_by_phone(session, phone)
    if account is not None and account.closed_at is None:
        plan(session, [account.id], _news(invitation), now=now)


def withdraw(
    session: Session, invitation_id: int, *, facility_id: int, actor_id: int, now: datetime
) -> None:
    """Take an invitation of the house back; done already is done. Raises `NotFound`."""
    invitation = session.get(StaffInvitation, invitation_id)
    if invitation is None or invitation.facility_id != facility_id:
        raise NotFound
    if invitation.ended_at is None:
        _end_open(session, now, StaffInvitation.id == invitation_id)
        _note(session, "identity.invitation_withdrawn", invitation, actor_id, now)


def answer(
    session: Session, invitation_id: int, *, account_id: int, phone: str, yes: bool, now: datetime
) -> Grant | None:
    """Take up or decline what one's own number is asked for; returns the role when taken up.

    Raises `NotFound` for another number's, `InvitationGone`, and those of `grant_role`.
    """
    invitation = session.get(StaffInvitation, invitation_id)
    if invitation is None or invitation.phone != phone:
        raise NotFound
    if invitation.expires_at <= now or not _end_open(
        session, now, StaffInvitation.id == invitation_id
    ):
        raise InvitationGone
    if not yes:
        _note(session, "identity.invitation_declined", invitation, account_id, now)
        return None
    return grant_role(
        session, account_id, invitation.role,
        facility_id=invitation.facility_id, actor_id=invitation.invited_by, now=now,
    )  # fmt: skip


def end_colleague(
    session: Session,
    grant_id: int,
    *,
    facility_id: int,
    actor_id: int,
    actor_role: Role,
    now: datetime,
) -> None:
    """End somebody's role at the house; sessions under it lose it at their next request.

    Raises `NotFound` for a role of another house, `OwnRole`, `WrongScope` for one that the actor
    could not have given.
    """
    grant = session.get(Grant, grant_id)
    if grant is None or grant.facility_id != facility_id or grant.ended_at is not None:
        raise NotFound
    if grant.account_id == actor_id:
        raise OwnRole
    if grant.role not in rules.MAY_INVITE.get(actor_role, ()):
        raise WrongScope
    end_role(session, grant.account_id, grant_id, actor_id=actor_id, now=now)


def _end_open(session: Session, now: datetime, *where: sa.ColumnElement[bool]) -> bool:
    """End open invitations, and say whether there were any: of two answers one is the first."""
    ended = session.scalars(
        sa.update(StaffInvitation)
        .where(StaffInvitation.ended_at.is_(None), *where)
        .values(ended_at=now)
        .returning(StaffInvitation.id)
        .execution_options(synchronize_session=False)
    )
    return bool(ended.all())


def _news(invitation: StaffInvitation) -> News:
    return News(
        NoticeKind.ACCOUNT, N_("有单位邀请您去工作。请看看是哪里，再决定接受不接受。"), {},
        "/sign-in/role", "staff_invitation", f"identity.invited:{invitation.id}",
    )  # fmt: skip


def _note(
    session: Session, action: str, invitation: StaffInvitation, actor_id: int, now: datetime
) -> None:
    note(
        session, action, f"invitation:{invitation.id}",
        actor_id=actor_id, facility_id=invitation.facility_id, detail=invitation.role.value,
        now=now,
    )  # fmt: skip

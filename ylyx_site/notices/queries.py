"""Reading messages, choices and addresses of one account."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.notices import rules
from ylyx_site.notices.kinds import USUAL, Channel, NoticeKind, channels_for
from ylyx_site.notices.models import (
    AccountChannel,
    AddressCode,
    Announcement,
    Notice,
    NoticePreference,
)
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.vault import unseal

A_PAGE = 20


def inbox(session: Session, account_id: int, page: int) -> tuple[Sequence[Notice], bool]:
    """One page, unread first, then the newest; and whether there is a further one."""
    rows = session.scalars(
        sa.select(Notice)
        .where(Notice.account_id == account_id)
        .order_by(Notice.read_at.is_not(None), Notice.planned_at.desc(), Notice.id.desc())
        .offset((page - 1) * A_PAGE)
        .limit(A_PAGE + 1)
    ).all()
    return rows[:A_PAGE], len(rows) > A_PAGE


def unread_of(account_id: sa.SQLColumnExpression[int]) -> sa.ScalarSelect[int]:
    """How many messages an account has not opened, as a part of another query."""
    return (
        sa.select(sa.func.count())
        .select_from(Notice)
        .where(Notice.account_id == account_id, Notice.read_at.is_(None))
        .scalar_subquery()
    )


def notice_of(session: Session, account_id: int, code: str) -> Notice:
    """A message of this account; raises `NotFound` for everybody else's."""
    found = session.scalar(
        sa.select(Notice).where(Notice.account_id == account_id, Notice.code == code)
    )
    if found is None:
        raise NotFound
    return found


def choices_of(session: Session, account_id: int) -> dict[NoticeKind, Channel]:
    """What the account has chosen, or is usual, for every kind."""
    rows = session.execute(
        sa.select(NoticePreference.kind, NoticePreference.channel).where(
            NoticePreference.account_id == account_id
        )
    )
    chosen = {kind: channel for kind, channel in rows}  # noqa: C416 rows are no pairs to mypy
    return {kind: _allowed(kind, chosen.get(kind, USUAL)) for kind in NoticeKind}


def choices_of_all(
    session: Session, accounts: Collection[int]
) -> dict[tuple[int, NoticeKind], Channel]:
    """As `choices_of`, for many accounts, in one query."""
    rows = session.execute(
        sa.select(
            NoticePreference.account_id, NoticePreference.kind, NoticePreference.channel
        ).where(NoticePreference.account_id.in_(accounts))
    )
    chosen = {(account_id, kind): channel for account_id, kind, channel in rows}
    return {
        (one, kind): _allowed(kind, chosen.get((one, kind), USUAL))
        for one in accounts
        for kind in NoticeKind
    }


def address_of(session: Session, account_id: int, channel: Channel) -> str | None:
    """The verified address of an account for a channel, or None."""
    sealed = session.scalar(
        sa.select(AccountChannel.address_sealed).where(
            AccountChannel.account_id == account_id,
            AccountChannel.kind == channel,
            AccountChannel.verified_at.is_not(None),
        )
    )
    return unseal(sealed) if sealed else None


def address_asked(session: Session, account_id: int, now: datetime) -> str | None:
    """The address to which a code went that may still be entered."""
    asked = session.get(AddressCode, (account_id, Channel.EMAIL))
    if asked is None or not rules.is_code_good(asked.sent_at, asked.tries, now):
        return None
    return unseal(asked.address_sealed)


def announced_lately(session: Session, facility_id: int, now: datetime) -> int:
    """How many texts the facility's staff have sent within the hour."""
    lately = (
        sa.select(sa.func.count())
        .select_from(Announcement)
        .where(
            Announcement.facility_id == facility_id,
            Announcement.sent_at > now - timedelta(hours=1),
            Announcement.sent_at <= now,
        )
    )
    return session.scalar(lately) or 0


def announcements_of(session: Session, facility_id: int, most: int = 20) -> Sequence[Announcement]:
    """The newest texts that a facility's staff have sent."""
    return session.scalars(
        sa.select(Announcement)
        .where(Announcement.facility_id == facility_id)
        .order_by(Announcement.sent_at.desc(), Announcement.id.desc())
        .limit(most)
    ).all()


def announcement_for(session: Session, account_id: int, code: str) -> Announcement:
    """A text that this account was told of; raises `NotFound` for everybody else."""
    told = sa.exists().where(Notice.key == f"announcement:{code}:{account_id}")
    found = session.scalar(sa.select(Announcement).where(Announcement.code == code, told))
    if found is None:
        raise NotFound
    return found


def unsent(session: Session, now: datetime) -> int:
    """How many messages are due and have not gone out."""
    due = sa.select(sa.func.count()).select_from(Notice).where(Notice.due_at <= now)
    return session.scalar(due) or 0


def _allowed(kind: NoticeKind, channel: Channel) -> Channel:
    return channel if channel in channels_for(kind) else USUAL

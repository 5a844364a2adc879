"""What an account does with its messages: open them, choose how they come."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.notices.kinds import Channel, NoticeKind
from ylyx_site.notices.models import Notice, NoticePreference
from ylyx_site.notices.queries import notice_of
from ylyx_site.shared.db import on_conflict


def read(session: Session, code: str, *, actor_id: int, now: datetime) -> str:
    """Mark a message as read; returns the address of what it is about. Raises `NotFound`.

    Whoever has read it here needs no message about it, unless one is on its way already.
    """
    notice = notice_of(session, actor_id, code)
    _mark(session, actor_id, now, Notice.id == notice.id)
    return notice.link


def read_all(session: Session, *, actor_id: int, now: datetime) -> None:
    """Mark all messages of the account as read, as `read` does."""
    _mark(session, actor_id, now)


def prefer(session: Session, wishes: Mapping[NoticeKind, Channel], *, actor_id: int) -> None:
    """Keep how the account wants each kind of message."""
    rows = [
        {"account_id": actor_id, "kind": kind, "channel": channel}
        for kind, channel in wishes.items()
    ]
    insert = on_conflict(session, NoticePreference).values(rows)
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["account_id", "kind"], set_={"channel": insert.excluded.channel}
        )
    )


def _mark(session: Session, account_id: int, now: datetime, *which: sa.ColumnElement[bool]) -> None:
    not_yet_claimed = sa.case((Notice.message_key.is_(None), sa.null()), else_=Notice.due_at)
    session.execute(
        sa.update(Notice)
        .where(Notice.account_id == account_id, Notice.read_at.is_(None), *which)
        .values(read_at=now, due_at=not_yet_claimed)
    )

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
    """Mark a message as read; returns the address of what it is about. Raises `NotFound`."""
    notice = notice_of(session, actor_id, code)
    if notice.read_at is None:
        notice.read_at = now
        session.flush()
    return notice.link


def read_all(session: Session, *, actor_id: int, now: datetime) -> None:
    """Mark all messages of the account as read."""
    session.execute(
        sa.update(Notice)
        .where(Notice.account_id == actor_id, Notice.read_at.is_(None))
        .values(read_at=now)
    )


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

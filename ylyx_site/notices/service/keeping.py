"""How long messages are kept: read ones for a season, all for a year; settings say how long."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.notices.models import (
    AccountChannel,
    AddressCode,
    Announcement,
    Notice,
    NoticePreference,
)

A_BATCH = 500
CODES_KEPT = timedelta(days=1)


def forget_account(session: Session, account_id: int) -> None:
    """Delete all messages, choices and addresses of an account that was erased."""
    for model in (Notice, NoticePreference, AccountChannel, AddressCode):
        session.execute(
            sa.delete(model)
            .where(model.account_id == account_id)
            .execution_options(synchronize_session=False)
        )


def forget_old_notices(session: Session, now: datetime, *, read_days: int, all_days: int) -> int:
    """Delete messages read so long ago, or planned so long ago, and texts that led nowhere since.

    Up to 500 messages at a time; returns how many there were.
    """
    read_before = now - timedelta(days=read_days)
    planned_before = now - timedelta(days=all_days)
    old = sa.select(Notice.id).where(
        Notice.due_at.is_(None),
        sa.or_(Notice.read_at < read_before, Notice.planned_at < planned_before),
    )
    gone = session.scalars(
        sa.delete(Notice)
        .where(Notice.id.in_(old.limit(A_BATCH)))
        .returning(Notice.id)
        .execution_options(synchronize_session=False)
    ).all()
    for table, before in (
        (Announcement, planned_before),
        (AddressCode, now - CODES_KEPT),
    ):
        session.execute(
            sa.delete(table)
            .where(table.sent_at < before)
            .execution_options(synchronize_session=False)
        )
    return len(gone)

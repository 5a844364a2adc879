"""A check that stays open is told to the manager and to the family, once."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.welfare.models import WelfareCheck
from ylyx_site.welfare.rules.checking import ESCALATED_AFTER
from ylyx_site.welfare.service.news import tell_late

BATCH = 50


def escalate(session: Session, now: datetime) -> int:
    """Tell of up to fifty checks that have been open for half an hour; returns how many.

    For the worker. Of two workers one marks the check, and only that one tells.
    """
    late = (
        sa.select(WelfareCheck.id)
        .where(
            WelfareCheck.ended_at.is_(None),
            WelfareCheck.escalated_at.is_(None),
            WelfareCheck.opened_at <= now - ESCALATED_AFTER,
        )
        .order_by(WelfareCheck.id)
        .limit(BATCH)
    )
    marked = session.scalars(
        sa.update(WelfareCheck)
        .where(WelfareCheck.id.in_(late), WelfareCheck.escalated_at.is_(None))
        .values(escalated_at=now)
        .returning(WelfareCheck)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).all()
    for check in marked:
        tell_late(session, check, now)
        note(
            session, "welfare.escalated", f"welfare_check:{check.id}", actor_id=None,
            facility_id=check.facility_id, now=now,
        )  # fmt: skip
    return len(marked)

"""Writing the journal, in the same transaction as what it tells."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.shared.db import Instant

# As text, also a part of one statement with others: every write has one.
NOTE_SQL = """
INSERT INTO journal_entry (at, actor_id, facility_id, action, subject, detail)
VALUES (:noted_at, :noted_by, :noted_facility, :noted_action, :noted_subject, :noted_detail)
"""
NOTE = sa.text(NOTE_SQL).bindparams(sa.bindparam("noted_at", type_=Instant()))


def note(
    session: Session,
    action: str,
    subject: str,
    *,
    actor_id: int | None,
    now: datetime,
    facility_id: int | None = None,
    detail: str = "",
) -> None:
    """Add one entry: `action` like `childcare.booked`, `subject` like `booking:7K392F`."""
    session.connection().execute(
        NOTE,
        {
            "noted_at": now,
            "noted_by": actor_id,
            "noted_facility": facility_id,
            "noted_action": action,
            "noted_subject": subject,
            "noted_detail": detail,
        },
    )

"""Writing the journal, in the same transaction as what it tells."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.journal.models import JournalEntry

# The same as a part of one statement with others, on PostgreSQL.
NOTE_SQL = """
INSERT INTO journal_entry (at, actor_id, facility_id, action, subject, detail)
VALUES (:noted_at, :noted_by, :noted_facility, :noted_action, :noted_subject, :noted_detail)
"""


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
    session.execute(
        sa.insert(JournalEntry).values(
            at=now,
            actor_id=actor_id,
            facility_id=facility_id,
            action=action,
            subject=subject,
            detail=detail,
        )
    )

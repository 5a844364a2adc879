"""Rows of the journal."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.shared.db import Model


class JournalEntry(Model):
    """One act or one read. Never changed; the worker seals it by adding the two hashes once.

    `subject` is `"<kind>:<id>"`; `detail` holds no personal data, only codes, days and counts.
    """

    __tablename__ = "journal_entry"
    __table_args__ = (
        sa.Index("ix_journal_entry_subject_at", "subject", "at"),
        sa.Index("ix_journal_entry_facility_at", "facility_id", "at"),
        sa.Index(
            "ix_journal_entry_unsealed",
            "id",
            sqlite_where=sa.text("seal IS NULL"),
            postgresql_where=sa.text("seal IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    facility_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(sa.String(60))
    subject: Mapped[str] = mapped_column(sa.String(60))
    detail: Mapped[str] = mapped_column(sa.Text, default="")
    number: Mapped[int | None] = mapped_column(unique=True)
    seal: Mapped[str | None] = mapped_column(sa.String(64))

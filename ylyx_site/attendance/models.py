"""Attendance as rows. What each step was before stands in the journal, which is never changed.

`step` is the one-time key of the form that made the last change, by which it can be undone for
ten minutes: a whole class that arrived with one tap goes back with one tap.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.attendance.kinds import CheckKind, Result
from ylyx_site.shared.db import Model


class Attendance(Model):
    """Who brought a day of care about; there from the arrival on, which `care_day` has.

    `left_with` is a guardian's relation or a `TakerKind`, empty when nobody wrote it down;
    `handed_sealed` is JSON: name, relation, and the head's reason. `forgotten`: ended at closing
    time by the worker. `entered_back`: the times were typed afterwards.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        sa.Index(
            "ix_attendance_open",
            "care_day_id",
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        ),
    )

    care_day_id: Mapped[int] = mapped_column(
        sa.ForeignKey("care_day.id"), primary_key=True, autoincrement=False
    )
    arrived_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    left_at: Mapped[datetime | None]
    left_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    left_with: Mapped[str] = mapped_column(sa.String(24), default="")
    handed_sealed: Mapped[str | None] = mapped_column(sa.Text)
    forgotten: Mapped[bool] = mapped_column(default=False)
    entered_back: Mapped[bool] = mapped_column(default=False)
    step: Mapped[str | None] = mapped_column(sa.String(64))
    step_by: Mapped[int | None]
    step_at: Mapped[datetime | None]


class Absence(Model):
    """Who told that a child stays away. The reason is sealed: it may be an illness."""

    __tablename__ = "absence"

    care_day_id: Mapped[int] = mapped_column(
        sa.ForeignKey("care_day.id"), primary_key=True, autoincrement=False
    )
    told_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    told_at: Mapped[datetime]
    by_staff: Mapped[bool] = mapped_column(default=False)
    reason_sealed: Mapped[str | None] = mapped_column(sa.Text)
    step: Mapped[str | None] = mapped_column(sa.String(64))
    step_by: Mapped[int | None]
    step_at: Mapped[datetime | None]


class HealthCheck(Model):
    """A check at the door or at midday; a recheck is another row, the latest counts.

    `sealed` is JSON: temperature in tenths of a degree, symptoms. Only the result is in clear.
    """

    __tablename__ = "health_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    care_day_id: Mapped[int] = mapped_column(sa.ForeignKey("care_day.id"), index=True)
    kind: Mapped[CheckKind]
    result: Mapped[Result]
    sealed: Mapped[str | None] = mapped_column(sa.Text)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime]


class DailyNote(Model):
    """What a carer tells the family of a day; a correction is another row, the latest counts.

    `sealed` is JSON (see `rules.notes`): how the child ate, slept and felt, the temperature.
    """

    __tablename__ = "daily_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    care_day_id: Mapped[int] = mapped_column(sa.ForeignKey("care_day.id"), index=True)
    sealed: Mapped[str] = mapped_column(sa.Text)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime]

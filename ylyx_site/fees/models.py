"""Fees as rows: the house's table by day, receipts, and months that are closed.

Nothing here is ever changed: terms are added from a day on, receipts under the next number, and a
closed month stays as it was; what changes afterwards is a correction of a later month.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.fees.kinds import Means, ReceiptKind
from ylyx_site.shared.db import Model


class FeeTerms(Model):
    """A nursery's table from a day on; see `rules.terms.Terms` for what each means."""

    __tablename__ = "fee_terms"
    __table_args__ = (
        sa.CheckConstraint(
            "told_back BETWEEN 0 AND 100 AND untold_back BETWEEN 0 AND 100", name="percent"
        ),
        sa.CheckConstraint("late_step > 0", name="step"),
    )

    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    from_day: Mapped[date] = mapped_column(primary_key=True)
    late_grace: Mapped[int]
    late_step: Mapped[int]
    late_step_fen: Mapped[int]
    meal_fen: Mapped[int]
    meal_minute: Mapped[int]
    told_days_before: Mapped[int]
    told_minute: Mapped[int]
    told_back: Mapped[int]
    untold_back: Mapped[int]
    month_fen: Mapped[int]


class FeeReceipt(Model):
    """Money as it was paid and given back: `fen` is what came in, negative for what went out."""

    __tablename__ = "fee_receipt"
    __table_args__ = (
        sa.UniqueConstraint("facility_id", "number"),
        sa.CheckConstraint("fen <> 0", name="some"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    number: Mapped[int]
    child_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    month: Mapped[str] = mapped_column(sa.String(7))
    fen: Mapped[int]
    kind: Mapped[ReceiptKind]
    means: Mapped[Means]
    note: Mapped[str] = mapped_column(sa.String(100), default="")
    recorded_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    recorded_at: Mapped[datetime]


class FeeClosing(Model):
    """A month (`2026-11`) of a nursery that is closed."""

    __tablename__ = "fee_closing"

    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    month: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    closed_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    closed_at: Mapped[datetime]


def _closed_month() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["facility_id", "month"], ["fee_closing.facility_id", "fee_closing.month"]
    )


class FeeFrozen(Model):
    """A child's sheet of a closed month: `body` its days as JSON, `fen` their sum."""

    __tablename__ = "fee_frozen"
    __table_args__ = (_closed_month(),)

    facility_id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    child_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)
    fen: Mapped[int]
    body: Mapped[str] = mapped_column(sa.Text)


class FeeCorrection(Model):
    """What a closed month added for one before it, `about_month`, that had changed meanwhile."""

    __tablename__ = "fee_correction"
    __table_args__ = (_closed_month(),)

    facility_id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    child_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)
    about_month: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    fen: Mapped[int]

"""Settlements as rows: each adds lines for what has changed since the last; none ever changes."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.settlement.kinds import Pays, Source
from ylyx_site.shared.db import Model


class Settlement(Model):
    """What was sent to the payers for a month (`2026-11`); `number` counts from 1 each month."""

    __tablename__ = "settlement"
    __table_args__ = (sa.UniqueConstraint("facility_id", "month", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    month: Mapped[str] = mapped_column(sa.String(7))
    number: Mapped[int]
    purpose: Mapped[str] = mapped_column(sa.String(60))
    made_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    made_at: Mapped[datetime]


class SettledLine(Model):
    """What one payer pays of one meal or correction, or the difference to what was settled before.

    The sum of a month's lines is what holds; a correction is a further line.
    """

    __tablename__ = "settled_line"
    __table_args__ = (
        sa.CheckConstraint("fen <> 0", name="some"),
        {"sqlite_with_rowid": False},
    )

    settlement_id: Mapped[int] = mapped_column(sa.ForeignKey("settlement.id"), primary_key=True)
    source: Mapped[Source] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(primary_key=True)
    pays: Mapped[Pays] = mapped_column(primary_key=True)
    rule_code: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    fen: Mapped[int]


class SettlementCorrection(Model):
    """What somebody has entered with a reason: it counts from the next settlement on."""

    __tablename__ = "settlement_correction"
    __table_args__ = (sa.CheckConstraint("fen <> 0", name="some"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), index=True)
    month: Mapped[str] = mapped_column(sa.String(7))
    pays: Mapped[Pays]
    fen: Mapped[int]
    why: Mapped[str] = mapped_column(sa.String(100))
    entered_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    entered_at: Mapped[datetime]

"""Rules of benefits as rows."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.benefits.kinds import Payer, Service
from ylyx_site.shared.db import Model

STAMP = "benefits"  # changes with every import of rules; see `shared/stamps.py`


class BenefitRule(Model):
    """A version of a rule, in force from `valid_from` until a later version or its last day.

    `body` is the rule's table as imported, in canonical JSON; `digest` tells whether two are the
    same but for their last day. A version that a benefit was given by (`used_at`) is never edited.
    """

    __tablename__ = "benefit_rule"

    code: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
    service: Mapped[Service]
    payer: Mapped[Payer]
    title: Mapped[str] = mapped_column(sa.String(60))
    body: Mapped[str] = mapped_column(sa.Text)
    digest: Mapped[str] = mapped_column(sa.String(64))
    source: Mapped[str] = mapped_column(sa.String(200))
    imported_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class KeptLine:
    """Columns of a line of a quote as whoever orders keeps it: who pays, by which clause.

    Mixed into the table of the room that orders, which adds what the line belongs to and has the
    check `fen > 0`. Written from `benefits.rules.kept_lines`.
    """

    position: Mapped[int] = mapped_column(sa.SmallInteger)
    rule_code: Mapped[str] = mapped_column(sa.String(60))
    rule_version: Mapped[date]
    payer: Mapped[Payer]
    title: Mapped[str] = mapped_column(sa.String(60))
    clause: Mapped[str] = mapped_column(sa.String(400))
    fen: Mapped[int]

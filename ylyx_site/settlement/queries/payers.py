"""The month by payer: each rule by which one pays, what was corrected, and what it comes to."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.benefits.kinds import Payer
from ylyx_site.identity.models import Account
from ylyx_site.meals.models import BenefitLine
from ylyx_site.serving.models import Handover
from ylyx_site.settlement.kinds import Pays
from ylyx_site.settlement.models import SettlementCorrection
from ylyx_site.settlement.queries.lines import served_in


class PayerRow(NamedTuple):
    """What one payer pays by one rule."""

    payer: Payer
    title: str
    clause: str
    meals: int
    fen: int


class CorrectionRow(NamedTuple):
    """A correction that was entered."""

    id: int
    pays: Pays
    fen: int
    why: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PayerSheet:
    """All that one payer pays of a month: by rule, and what was corrected by hand."""

    pays: Pays
    rules: list[PayerRow]
    corrections: list[CorrectionRow]

    @property
    def fen(self) -> int:
        """What it comes to."""
        return sum(one.fen for one in self.rules) + sum(one.fen for one in self.corrections)


def payer_sheets(session: Session, facility_id: int, month: str) -> list[PayerSheet]:
    """Whoever pays anything of the month, in the order of the payers; two queries."""
    rules = _by_rule(session, facility_id, month)
    corrections = _corrections(session, facility_id, month)
    found = [
        PayerSheet(
            pays,
            [one for one in rules if one.payer.value == pays.value],
            [one for one in corrections if one.pays is pays],
        )
        for pays in Pays
    ]
    return [one for one in found if one.rules or one.corrections]


def _by_rule(session: Session, facility_id: int, month: str) -> list[PayerRow]:
    rows = session.execute(
        sa.select(
            BenefitLine.payer, BenefitLine.title, BenefitLine.clause,
            sa.func.count(BenefitLine.meal_id.distinct()), sa.func.sum(BenefitLine.fen),
        )
        .join(Handover, Handover.ordered_meal_id == BenefitLine.meal_id)
        .where(*served_in(facility_id, month))
        .group_by(BenefitLine.payer, BenefitLine.rule_code, BenefitLine.title, BenefitLine.clause)
    )  # fmt: skip
    return sorted((PayerRow(*row) for row in rows), key=lambda one: (one.title, one.clause))


def _corrections(session: Session, facility_id: int, month: str) -> list[CorrectionRow]:
    """What was entered for the month, the latest first."""
    rows = session.execute(
        sa.select(
            SettlementCorrection.id, SettlementCorrection.pays, SettlementCorrection.fen,
            SettlementCorrection.why, Account.name, SettlementCorrection.entered_at,
        )
        .join(Account, Account.id == SettlementCorrection.entered_by)
        .where(
            SettlementCorrection.facility_id == facility_id, SettlementCorrection.month == month
        )
        .order_by(SettlementCorrection.id.desc())
    )  # fmt: skip
    return [CorrectionRow(*row) for row in rows]

"""What holds now, what was settled, and the difference; each is one statement.

A line is (source, source_id, pays, rule_code, fen). What holds now comes from the meals that were
served (`serving`) and their benefits (`meals`): whoever got nothing is not in it.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.meals.models import BenefitLine, OrderedMeal
from ylyx_site.serving.kinds import SERVED
from ylyx_site.serving.models import GuestMeal, Handover
from ylyx_site.settlement.kinds import Pays, Source
from ylyx_site.settlement.models import SettledLine, Settlement, SettlementCorrection
from ylyx_site.shared.months import days_of

COLUMNS = ("source", "source_id", "pays", "rule_code", "fen")


class Line(NamedTuple):
    """One payer's part of one meal or correction, in fen."""

    source: Source
    source_id: int
    pays: Pays
    rule_code: str
    fen: int


def differences(session: Session, facility_id: int, month: str) -> list[Line]:
    """What would have to be added to what was settled, in order; empty when nothing changed."""
    now, before = _now(facility_id, month), _settled(facility_id, month)
    both = sa.union_all(sa.select(now), sa.select(before)).subquery("both")
    total = sa.func.sum(both.c.fen)
    rows = session.execute(
        sa.select(both.c.source, both.c.source_id, both.c.pays, both.c.rule_code, total)
        .group_by(both.c.source, both.c.source_id, both.c.pays, both.c.rule_code)
        .having(total != 0)
        .order_by(both.c.source, both.c.source_id, both.c.pays, both.c.rule_code)
    )
    return list(_lines(rows))


def _lines(rows: Any) -> Iterator[Line]:
    for source, source_id, pays, rule_code, fen in rows:
        yield Line(Source(source), source_id, Pays(pays), rule_code, int(fen))


def _now(facility_id: int, month: str) -> sa.Subquery:
    """Everything that holds."""
    return sa.union_all(
        sa.select(_own(facility_id, month)),
        sa.select(_fees(facility_id, month)),
        sa.select(_benefits(facility_id, month)),
        sa.select(_corrections(facility_id, month)),
    ).subquery("now")


def served_in(facility_id: int, month: str) -> tuple[sa.ColumnElement[bool], ...]:
    """What makes a hand-over one of a canteen's month."""
    days = days_of(month)
    return (
        Handover.facility_id == facility_id,
        Handover.day.between(days.first, days.last),
        Handover.how.in_(SERVED),
    )


def guests_in(facility_id: int, month: str) -> tuple[sa.ColumnElement[bool], ...]:
    """What makes a meal without a name one of a canteen's month."""
    days = days_of(month)
    return (
        GuestMeal.facility_id == facility_id,
        GuestMeal.day.between(days.first, days.last),
        GuestMeal.undone_at.is_(None),
    )


def _row(source: Source, number: Any, pays: Any, rule: Any, fen: Any) -> sa.Select[Any]:
    values = (_word(source), number, pays, rule, fen)
    return sa.select(*(value.label(name) for name, value in zip(COLUMNS, values, strict=True)))


def _word(word: str) -> sa.ColumnElement[str]:
    return sa.literal(str(word), sa.String(24))


def _own(facility_id: int, month: str) -> sa.Subquery:
    fen = Handover.price_fen - OrderedMeal.fee_fen
    return (
        _row(Source.MEAL, OrderedMeal.id, _word(Pays.PERSON), _word(""), fen)
        .join(Handover, Handover.ordered_meal_id == OrderedMeal.id)
        .where(*served_in(facility_id, month), fen != 0)
        .subquery()
    )


def _fees(facility_id: int, month: str) -> sa.Subquery:
    return (
        _row(Source.MEAL, OrderedMeal.id, _word(Pays.FEE), _word(""), OrderedMeal.fee_fen)
        .join(Handover, Handover.ordered_meal_id == OrderedMeal.id)
        .where(*served_in(facility_id, month), OrderedMeal.fee_fen != 0)
        .subquery()
    )


def _benefits(facility_id: int, month: str) -> sa.Subquery:
    pays = sa.cast(BenefitLine.payer, sa.String(24))
    return (
        _row(Source.MEAL, BenefitLine.meal_id, pays, BenefitLine.rule_code, BenefitLine.fen)
        .join(Handover, Handover.ordered_meal_id == BenefitLine.meal_id)
        .where(*served_in(facility_id, month), BenefitLine.fen != 0)
        .subquery()
    )


def _corrections(facility_id: int, month: str) -> sa.Subquery:
    pays = sa.cast(SettlementCorrection.pays, sa.String(24))
    row = _row(
        Source.CORRECTION, SettlementCorrection.id, pays, _word(""), SettlementCorrection.fen
    )
    return row.where(
        SettlementCorrection.facility_id == facility_id, SettlementCorrection.month == month
    ).subquery()


def _settled(facility_id: int, month: str) -> sa.Subquery:
    """What was settled before, taken away."""
    source = sa.cast(SettledLine.source, sa.String(24)).label("source")
    pays = sa.cast(SettledLine.pays, sa.String(24)).label("pays")
    return (
        sa.select(
            source, SettledLine.source_id, pays, SettledLine.rule_code,
            (-SettledLine.fen).label("fen"),
        )
        .join(Settlement, Settlement.id == SettledLine.settlement_id)
        .where(Settlement.facility_id == facility_id, Settlement.month == month)
        .subquery("before")
    )  # fmt: skip

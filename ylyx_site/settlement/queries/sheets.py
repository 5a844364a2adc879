"""The month's sheets: by payer and rule, by person, meal by meal; sums are made by the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.benefits.kinds import Payer
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families.models import Person
from ylyx_site.identity.models import Account
from ylyx_site.meals.models import BenefitLine, MealOrder, OrderedMeal
from ylyx_site.serving.kinds import HandedHow
from ylyx_site.serving.models import GuestMeal, Handover
from ylyx_site.settlement.kinds import Pays
from ylyx_site.settlement.models import SettledLine, Settlement, SettlementCorrection
from ylyx_site.settlement.queries.lines import guests_in, served_in


class PayerRow(NamedTuple):
    """What one payer pays by one rule."""

    payer: Payer
    title: str
    clause: str
    meals: int
    fen: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person's month. `goods_fen` is what the meals cost; `benefits` by payer; all in fen."""

    person_id: int
    name: str
    meals: int
    goods_fen: int
    fee_fen: int
    own_fen: int
    benefits: dict[Payer, int]


class MealLine(NamedTuple):
    """A meal that was served."""

    meal_id: int
    code: str
    person_id: int
    name: str
    day: date
    meal: Meal
    serving: Serving
    how: HandedHow
    at: datetime
    goods_fen: int
    benefit_fen: int
    fee_fen: int
    price_fen: int


class GuestSums(NamedTuple):
    """Meals sold without a name."""

    meals: int
    fen: int


class SettlementRow(NamedTuple):
    """A settlement of the month, and what its lines add up to."""

    id: int
    number: int
    purpose: str
    who: str
    at: datetime
    lines: int
    fen: int


class CorrectionRow(NamedTuple):
    """A correction that was entered."""

    id: int
    pays: Pays
    fen: int
    why: str
    who: str
    at: datetime


def by_payer(session: Session, facility_id: int, month: str) -> list[PayerRow]:
    """The month's benefits by payer and rule, in the order of the payers."""
    rows = session.execute(
        sa.select(
            BenefitLine.payer, BenefitLine.title, BenefitLine.clause,
            sa.func.count(BenefitLine.meal_id.distinct()), sa.func.sum(BenefitLine.fen),
        )
        .join(Handover, Handover.ordered_meal_id == BenefitLine.meal_id)
        .where(*served_in(facility_id, month))
        .group_by(BenefitLine.payer, BenefitLine.rule_code, BenefitLine.title, BenefitLine.clause)
    )  # fmt: skip
    order = list(Payer)
    found = [PayerRow(*row) for row in rows]
    return sorted(found, key=lambda one: (order.index(one.payer), one.title, one.clause))


def by_person(session: Session, facility_id: int, month: str) -> list[PersonRow]:
    """Everybody who ate here in the month, by name; two statements."""
    rows: Iterable[Any] = session.execute(
        sa.select(
            OrderedMeal.person_id, Person.name, sa.func.count(),
            sa.func.sum(OrderedMeal.goods_fen), sa.func.sum(OrderedMeal.fee_fen),
            sa.func.sum(Handover.price_fen),
        )
        .join(Handover, Handover.ordered_meal_id == OrderedMeal.id)
        .join(Person, Person.id == OrderedMeal.person_id)
        .where(*served_in(facility_id, month))
        .group_by(OrderedMeal.person_id, Person.name)
        .order_by(Person.name, OrderedMeal.person_id)
    )  # fmt: skip
    benefits = _benefits_by_person(session, facility_id, month)
    return [
        PersonRow(number, name, meals, goods, fee, price - fee, benefits.get(number, {}))
        for number, name, meals, goods, fee, price in rows
    ]


def meals_of(
    session: Session, facility_id: int, month: str, person_id: int | None = None
) -> Iterator[MealLine]:
    """The month's meals by day, of one person or of all; fetched in portions."""
    rows: Iterable[Any] = session.execute(
        sa.select(
            OrderedMeal.id, MealOrder.code, OrderedMeal.person_id, Person.name, OrderedMeal.day,
            OrderedMeal.meal, OrderedMeal.serving, Handover.how, Handover.at,
            OrderedMeal.goods_fen, OrderedMeal.benefit_fen, OrderedMeal.fee_fen,
            Handover.price_fen,
        )
        .join(Handover, Handover.ordered_meal_id == OrderedMeal.id)
        .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
        .join(Person, Person.id == OrderedMeal.person_id)
        .where(
            *served_in(facility_id, month),
            sa.true() if person_id is None else OrderedMeal.person_id == person_id,
        )
        .order_by(OrderedMeal.day, Person.name, OrderedMeal.id)
        .execution_options(yield_per=1000)
    )  # fmt: skip
    return (MealLine(*row) for row in rows)


def guests_of(session: Session, facility_id: int, month: str) -> GuestSums:
    """Meals sold without a name, at the full price: no payer but the guest."""
    row = session.execute(
        sa.select(
            sa.func.coalesce(sa.func.sum(GuestMeal.number), 0),
            sa.func.coalesce(sa.func.sum(GuestMeal.number * GuestMeal.price_fen), 0),
        ).where(*guests_in(facility_id, month))
    ).one()
    return GuestSums(int(row[0]), int(row[1]))


def settlements_of(session: Session, facility_id: int, month: str) -> list[SettlementRow]:
    """The month's settlements, the latest first."""
    rows = session.execute(_settlements().where(
        Settlement.facility_id == facility_id, Settlement.month == month
    ))  # fmt: skip
    return [SettlementRow(*row) for row in rows]


def corrections_of(session: Session, facility_id: int, month: str) -> list[CorrectionRow]:
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


def _settlements() -> sa.Select[*tuple[Any, ...]]:
    chosen: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            Settlement.id, Settlement.number, Settlement.purpose, Account.name,
            Settlement.made_at, sa.func.count(SettledLine.fen),
            sa.func.coalesce(sa.func.sum(SettledLine.fen), 0),
        )
        .join(Account, Account.id == Settlement.made_by)
        .outerjoin(SettledLine, SettledLine.settlement_id == Settlement.id)
        .group_by(Settlement.id, Account.name)
        .order_by(Settlement.id.desc())
    )  # fmt: skip
    return chosen


def _benefits_by_person(
    session: Session, facility_id: int, month: str
) -> dict[int, dict[Payer, int]]:
    rows = session.execute(
        sa.select(OrderedMeal.person_id, BenefitLine.payer, sa.func.sum(BenefitLine.fen))
        .join(BenefitLine, BenefitLine.meal_id == OrderedMeal.id)
        .join(Handover, Handover.ordered_meal_id == OrderedMeal.id)
        .where(*served_in(facility_id, month))
        .group_by(OrderedMeal.person_id, BenefitLine.payer)
    )
    found: dict[int, dict[Payer, int]] = {}
    for person_id, payer, fen in rows:
        found.setdefault(person_id, {})[payer] = int(fen)
    return found

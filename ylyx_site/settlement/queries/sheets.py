"""The month's sheets: by person, meal by meal, settled; sums are made by the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.benefits.kinds import Payer
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families.models import ElderProfile, Person
from ylyx_site.identity.models import Account
from ylyx_site.meals.models import BenefitLine, MealOrder, OrderedMeal
from ylyx_site.serving.kinds import HandedHow
from ylyx_site.serving.models import GuestMeal, Handover
from ylyx_site.serving.rules.finding import reading_key
from ylyx_site.settlement.models import SettledLine, Settlement
from ylyx_site.settlement.queries.lines import guests_in, served_in
from ylyx_site.shared.db import in_portions

_TAIL = sa.func.coalesce(ElderProfile.phone_tail, "").label("tail")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person's month. `goods_fen` is what the meals cost; `benefits` by payer; all in fen.

    `tail` is the last digits of the telephone: two people may have one name.
    """

    person_id: int
    name: str
    tail: str
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
    tail: str
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


def by_person(session: Session, facility_id: int, month: str) -> list[PersonRow]:
    """Everybody who ate here in the month, in the order of pinyin; two statements."""
    rows: Iterable[Any] = session.execute(
        sa.select(
            OrderedMeal.person_id, Person.name, Person.search_text, _TAIL, sa.func.count(),
            sa.func.sum(OrderedMeal.goods_fen), sa.func.sum(OrderedMeal.fee_fen),
            sa.func.sum(Handover.price_fen),
        )
        .join(Handover, Handover.ordered_meal_id == OrderedMeal.id)
        .join(Person, Person.id == OrderedMeal.person_id)
        .outerjoin(ElderProfile, ElderProfile.person_id == OrderedMeal.person_id)
        .where(*served_in(facility_id, month))
        .group_by(OrderedMeal.person_id, Person.name, Person.search_text, _TAIL)
    )  # fmt: skip
    benefits = _benefits_by_person(session, facility_id, month)
    return [
        PersonRow(number, name, tail, meals, goods, fee, price - fee, benefits.get(number, {}))
        for number, name, _keys, tail, meals, goods, fee, price in sorted(rows, key=_in_order)
    ]


def meals_of(
    session: Session, facility_id: int, month: str, person_id: int | None = None
) -> Iterator[MealLine]:
    """The month's meals by day, of one person or of all; fetched in portions."""
    meals = (
        sa.select(
            OrderedMeal.id, MealOrder.code, OrderedMeal.person_id, Person.name, _TAIL,
            OrderedMeal.day, OrderedMeal.meal, OrderedMeal.serving, Handover.how, Handover.at,
            OrderedMeal.goods_fen, OrderedMeal.benefit_fen, OrderedMeal.fee_fen,
            Handover.price_fen,
        )
        .join(Handover, Handover.ordered_meal_id == OrderedMeal.id)
        .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
        .join(Person, Person.id == OrderedMeal.person_id)
        .outerjoin(ElderProfile, ElderProfile.person_id == OrderedMeal.person_id)
        .where(
            *served_in(facility_id, month),
            sa.true() if person_id is None else OrderedMeal.person_id == person_id,
        )
        .order_by(OrderedMeal.day, Person.search_text, Person.name, OrderedMeal.id)
    )  # fmt: skip
    rows: Iterable[Any] = in_portions(session, meals)
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


def _in_order(row: Any) -> tuple[str, str, int]:
    return reading_key(row.name, row.search_text), row.name, row.person_id


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

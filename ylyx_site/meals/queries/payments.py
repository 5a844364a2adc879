"""Money of a canteen's meals, for the clerks of that canteen."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.facilities.queries.meals import as_of_the_day
from ylyx_site.families.models import ElderProfile, Person
from ylyx_site.meals.kinds import MealState, PaymentKind
from ylyx_site.meals.models import MealOrder, OrderedMeal, Payment
from ylyx_site.meals.rules.payments import Account
from ylyx_site.shared.identifiers import mask_name
from ylyx_site.shared.refusals import NotFound


@dataclass(frozen=True, slots=True)
class MealAccount:
    """A meal with what it costs and what is paid; the name is masked."""

    meal_id: int
    code: str
    person_id: int
    person: str
    phone_tail: str
    day: date
    meal: Meal
    state: MealState
    account: Account


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt."""

    number: int
    kind: PaymentKind
    fen: int
    month: str
    note: str
    at: datetime


def meals_to_pay(session: Session, facility_id: int, day: date) -> list[MealAccount]:
    """The meals of a day here, ended ones that were paid too; three queries."""
    found = _accounts(session, facility_id, OrderedMeal.day == day)
    return [
        one for one in found if one.state is MealState.ORDERED or one.account.owed_fen
    ]  # fmt: skip


def meals_of_code(session: Session, facility_id: int, code: str) -> list[MealAccount]:
    """The meals of an order of this canteen; raises `NotFound` for one of another."""
    found = _accounts(session, facility_id, MealOrder.code == code)
    if not found:
        raise NotFound
    return found


def receipts_of(session: Session, facility_id: int, person_ids: Collection[int]) -> list[Receipt]:
    """The receipts of these people here, the latest first."""
    rows = session.scalars(
        sa.select(Payment)
        .where(Payment.facility_id == facility_id, Payment.person_id.in_(person_ids))
        .order_by(Payment.number.desc())
        .limit(50)
    )
    return [
        Receipt(row.number, row.kind, row.fen, row.month, row.note, row.recorded_at) for row in rows
    ]


def balances(session: Session, facility_id: int, person_ids: Collection[int]) -> dict[int, int]:
    """What these people have paid ahead here and not used, in fen.

    Money ahead has no meal; what a meal is paid with from it (`prepaid` with a meal) is used.
    """
    sign = sa.case((Payment.meal_id.is_(None), Payment.fen), else_=-Payment.fen)
    rows = session.execute(
        sa.select(Payment.person_id, sa.func.sum(sign))
        .where(
            Payment.facility_id == facility_id,
            Payment.person_id.in_(person_ids),
            sa.or_(Payment.meal_id.is_(None), Payment.kind == PaymentKind.PREPAID),
        )
        .group_by(Payment.person_id)
    )
    return {row[0]: int(row[1]) for row in rows}


def _accounts(session: Session, facility_id: int, *where: Any) -> list[MealAccount]:
    rows = session.execute(
        sa.select(OrderedMeal, MealOrder.code, Person.name, ElderProfile.phone_tail)
        .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
        .join(Person, Person.id == OrderedMeal.person_id)
        .outerjoin(ElderProfile, ElderProfile.person_id == Person.id)
        .where(OrderedMeal.facility_id == facility_id, *where)
        .order_by(OrderedMeal.day, as_of_the_day(OrderedMeal.meal), OrderedMeal.id)
        .execution_options(populate_existing=True)
    ).all()
    paid = _paid(session, [row[0].id for row in rows])
    ahead = balances(session, facility_id, {row[0].person_id for row in rows})
    return [
        MealAccount(
            meal.id, code, meal.person_id, mask_name(name), tail or "", meal.day, meal.meal,
            meal.state,
            Account(
                meal.goods_fen + meal.fee_fen - meal.benefit_fen, paid[meal.id],
                meal.state is MealState.ORDERED, ahead.get(meal.person_id, 0),
            ),
        )
        for meal, code, name, tail in rows
    ]  # fmt: skip


def _paid(session: Session, meal_ids: Collection[int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    rows = session.execute(
        sa.select(Payment.meal_id, sa.func.sum(Payment.fen))
        .where(Payment.meal_id.in_(meal_ids))
        .group_by(Payment.meal_id)
    )
    for meal_id, fen in rows:
        found[meal_id or 0] = int(fen)
    return found

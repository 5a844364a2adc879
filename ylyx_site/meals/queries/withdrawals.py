"""What was taken back: whom it touches, and how each of them stands."""

import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from ylyx_site.facilities.kinds import Meal
from ylyx_site.facilities.models import Facility
from ylyx_site.families.models import ElderProfile, Person
from ylyx_site.meals.kinds import ItemKind, MealState
from ylyx_site.meals.models import (
    MealOrder,
    MenuDay,
    MenuItem,
    MenuWithdrawal,
    OrderedMeal,
    Payment,
    Portion,
    WithdrawnMeal,
)
from ylyx_site.meals.queries.orders import MealRow, portions_of, what_of, withdrawn_meals
from ylyx_site.meals.rules.wishes import Item
from ylyx_site.shared.identifiers import mask_name


class Answer(enum.StrEnum):
    """How a family stands to a meal that was taken back."""

    OPEN = "open"
    MOVED = "moved"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Touched:
    """A meal that a withdrawal ends or ended; the name is masked. All money in fen."""

    meal_id: int
    code: str
    order_account: int
    facility_id: int
    facility: str
    person: str
    phone_tail: str
    what: str
    pay_fen: int
    paid_fen: int
    answer: Answer = Answer.OPEN


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One withdrawal of a menu with the meals that it ended."""

    id: int
    item: Item | None
    reason: str
    at: datetime
    meals: tuple[Touched, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A family's meal that was taken back, why, and what of it is gone (None: all of it)."""

    row: MealRow
    reason: str
    gone: Item | None
    answer: Answer
    moved_code: str


def live_items(session: Session, menu_id: int) -> list[Item]:
    """What stands on a menu."""
    rows = session.execute(
        sa.select(MenuItem.dish_id, MenuItem.set_id)
        .where(MenuItem.menu_id == menu_id, MenuItem.withdrawn_at.is_(None))
        .order_by(MenuItem.position)
    )
    return [
        (ItemKind.DISH, row.dish_id) if row.dish_id is not None else (ItemKind.SET, row.set_id)
        for row in rows
    ]


def affected_by(
    session: Session,
    kitchen_id: int,
    day: date,
    meal: Meal,
    item: Item | None,
    *,
    is_locking: bool = False,
) -> list[OrderedMeal]:
    """The live meals of a kitchen's menu, of one dish or set of it; who has eaten is left out.

    `is_locking`: keep the rows until the transaction ends. A family that cancels locks its meal
    first and the places after it; whoever ends many has to come the same way.
    """
    if is_locking:
        _lock(session, _affected(kitchen_id, day, meal, item))
    return list(
        session.scalars(
            sa.select(OrderedMeal)
            .where(*_affected(kitchen_id, day, meal, item))
            .order_by(OrderedMeal.id)
            .execution_options(populate_existing=True)
        )
    )


def _lock(session: Session, where: Iterable[sa.ColumnElement[bool]]) -> None:
    """Wait for whoever is changing one of these meals; on SQLite the transaction is the lock."""
    if session.get_bind().dialect.name == "postgresql":
        ids = session.scalars(sa.select(OrderedMeal.id).where(*where)).all()
        session.execute(
            sa.text("SELECT 1 FROM ordered_meal WHERE id = ANY(:ids) ORDER BY id FOR UPDATE"),
            {"ids": list(ids)},
        )


def touched_by(
    session: Session, kitchen_id: int, day: date, meal: Meal, item: Item | None
) -> list[Touched]:
    """As `affected_by`, as the desk sees them before it decides; three queries."""
    return _touched(session, *_affected(kitchen_id, day, meal, item))


def withdrawals_of(session: Session, kitchen_id: int, day: date, meal: Meal) -> list[Withdrawal]:
    """What was taken back of a meal's menu, the latest first, and how each family stands."""
    rows = session.scalars(
        sa.select(MenuWithdrawal)
        .join(MenuDay, MenuDay.id == MenuWithdrawal.menu_id)
        .where(MenuDay.facility_id == kitchen_id, MenuDay.day == day, MenuDay.meal == meal)
        .order_by(MenuWithdrawal.id.desc())
    ).all()
    meals = session.execute(
        sa.select(WithdrawnMeal.meal_id, WithdrawnMeal.withdrawal_id).where(
            WithdrawnMeal.withdrawal_id.in_([row.id for row in rows])
        )
    )
    belongs = {row.meal_id: row.withdrawal_id for row in meals}
    touched = _touched(session, OrderedMeal.id.in_(belongs))
    return [
        Withdrawal(
            row.id, _item(row), row.reason, row.withdrawn_at,
            tuple(one for one in touched if belongs[one.meal_id] == row.id),
        )
        for row in rows
    ]  # fmt: skip


def changes_of(session: Session, account_id: int, today: date) -> list[Change]:
    """The family's meals from today on that were taken back; four queries."""
    rows = withdrawn_meals(session, account_id, today)
    facts = _facts(session, [row.id for row in rows])
    return [
        Change(
            row, facts[row.id].reason, _item(facts[row.id]), _answer(facts[row.id]),
            facts[row.id].live_code or "",
        )
        for row in rows
        if row.id in facts
    ]  # fmt: skip


def _facts(session: Session, meal_ids: Collection[int]) -> dict[int, Any]:
    """By meal: its withdrawal's reason and item, whether declined, and the meal in its place."""
    live, order = aliased(OrderedMeal), aliased(MealOrder)
    rows = session.execute(
        sa.select(
            WithdrawnMeal.meal_id, WithdrawnMeal.declined_at, WithdrawnMeal.moved_to,
            MenuWithdrawal.reason, MenuWithdrawal.dish_id, MenuWithdrawal.set_id,
            order.code.label("live_code"),
        )
        .join(MenuWithdrawal, MenuWithdrawal.id == WithdrawnMeal.withdrawal_id)
        .join(OrderedMeal, OrderedMeal.id == WithdrawnMeal.meal_id)
        .outerjoin(
            live,
            sa.and_(
                live.person_id == OrderedMeal.person_id,
                live.day == OrderedMeal.day,
                live.meal == OrderedMeal.meal,
                live.state == MealState.ORDERED,
            ),
        )
        .outerjoin(order, order.id == live.order_id)
        .where(WithdrawnMeal.meal_id.in_(meal_ids))
    )  # fmt: skip
    return {row.meal_id: row for row in rows}


def _answer(row: Any) -> Answer:
    """A family that cancelled what it was moved to wants its money back."""
    if row.live_code:
        return Answer.MOVED
    return Answer.REFUND if row.declined_at or row.moved_to else Answer.OPEN


def _item(row: Any) -> Item | None:
    if row.dish_id is not None:
        return ItemKind.DISH, row.dish_id
    return (ItemKind.SET, row.set_id) if row.set_id is not None else None


def _affected(
    kitchen_id: int, day: date, meal: Meal, item: Item | None
) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[bool]] = [
        OrderedMeal.kitchen_id == kitchen_id,
        OrderedMeal.day == day,
        OrderedMeal.meal == meal,
        OrderedMeal.state == MealState.ORDERED,
        OrderedMeal.handed_at.is_(None),
    ]
    if item is not None:
        column = Portion.dish_id if item[0] is ItemKind.DISH else Portion.set_id
        wanted.append(sa.exists().where(Portion.meal_id == OrderedMeal.id, column == item[1]))
    return wanted


def _touched(session: Session, *where: sa.ColumnElement[bool]) -> list[Touched]:
    paid = (
        sa.select(Payment.meal_id, sa.func.sum(Payment.fen).label("fen"))
        .where(Payment.meal_id.is_not(None))
        .group_by(Payment.meal_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(
            OrderedMeal, MealOrder.code, MealOrder.account_id, Facility.name,
            Person.name.label("person"), ElderProfile.phone_tail,
            sa.func.coalesce(paid.c.fen, 0).label("paid"),
        )
        .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
        .join(Facility, Facility.id == OrderedMeal.facility_id)
        .join(Person, Person.id == OrderedMeal.person_id)
        .outerjoin(ElderProfile, ElderProfile.person_id == Person.id)
        .outerjoin(paid, paid.c.meal_id == OrderedMeal.id)
        .where(*where)
        .order_by(OrderedMeal.facility_id, Person.name, OrderedMeal.id)
        .execution_options(populate_existing=True)
    ).all()  # fmt: skip
    ids = [row[0].id for row in rows]
    portions, facts = portions_of(session, ids), _facts(session, ids)
    return [
        Touched(
            meal.id, code, account_id, meal.facility_id, facility, mask_name(person), tail or "",
            what_of((part.name, part.number) for part in portions[meal.id]),
            meal.goods_fen + meal.fee_fen - meal.benefit_fen, int(fen),
            _answer(facts[meal.id]) if meal.id in facts else Answer.OPEN,
        )
        for meal, code, account_id, facility, person, tail, fen in rows
    ]  # fmt: skip

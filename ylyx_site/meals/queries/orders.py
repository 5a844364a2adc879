"""Orders, fetched through those who may act for the people in them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.benefits.kinds import Payer
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.facilities.models import Facility
from ylyx_site.facilities.queries.meals import as_of_the_day
from ylyx_site.families.models import ElderProfile, Person
from ylyx_site.families.queries.people import acted_for
from ylyx_site.identity.models import Account
from ylyx_site.meals.kinds import ItemKind, MealState
from ylyx_site.meals.models import BenefitLine, MealOrder, OrderedMeal, Portion
from ylyx_site.meals.rules.planning import Already
from ylyx_site.shared.identifiers import mask_name
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import DaySpan

PAGE = 30
SOONEST = (OrderedMeal.day, as_of_the_day(OrderedMeal.meal), OrderedMeal.id)


@dataclass(frozen=True, slots=True)
class PortionRow:
    """So many of a dish or set, as it was sold."""

    kind: ItemKind
    item_id: int
    name: str
    number: int
    price_fen: int


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """What somebody else pays of a meal."""

    payer: Payer
    title: str
    clause: str
    rule_code: str
    rule_version: date
    fen: int


@dataclass(frozen=True, slots=True)
class MealRow:
    """A meal of the family's, with what is in it."""

    id: int
    code: str
    ordered_at: datetime
    account_id: int
    facility_id: int
    facility: str
    kitchen_id: int
    person_id: int
    person: str
    phone_tail: str
    day: date
    meal: Meal
    serving: Serving
    goods_fen: int
    benefit_fen: int
    fee_fen: int
    state: MealState
    by_desk: bool
    late_reason: str
    portions: tuple[PortionRow, ...]

    @property
    def pay_fen(self) -> int:
        """What the person pays."""
        return self.goods_fen + self.fee_fen - self.benefit_fen

    @property
    def is_live(self) -> bool:
        """Whether it is still to be cooked."""
        return self.state is MealState.ORDERED

    @property
    def what(self) -> str:
        """「两荤一素套餐、米饭 × 2」."""
        return what_of((one.name, one.number) for one in self.portions)


def what_of(portions: Iterable[tuple[str, int]]) -> str:
    """Names with numbers above one, as a list."""
    return "、".join(name if number == 1 else f"{name} × {number}" for name, number in portions)


def own_order(session: Session, account_id: int, code: str) -> MealOrder:
    """The order with this code, if one of its people is theirs; raises `NotFound`."""
    order = session.scalar(
        sa.select(MealOrder).where(
            MealOrder.code == code,
            sa.exists().where(
                OrderedMeal.order_id == MealOrder.id,
                OrderedMeal.person_id.in_(acted_for(account_id)),
            ),
        )
    )
    if order is None:
        raise NotFound
    return order


def meals_of_order(session: Session, account_id: int, order_id: int) -> list[MealRow]:
    """All meals of an order, ended ones too, of the people that are theirs."""
    return _read(session, account_id, OrderedMeal.order_id == order_id)


def coming_meals(session: Session, account_id: int, today: date, most: int = 200) -> list[MealRow]:
    """The meals from today on that still stand, of all people that are theirs; two queries."""
    return _read(
        session, account_id,
        OrderedMeal.day >= today, OrderedMeal.state == MealState.ORDERED, most=most,
    )  # fmt: skip


def who_eats(session: Session, account_id: int, today: date) -> set[int]:
    """Whose meals, of all people that are theirs, stand from today on; one query."""
    return set(
        session.scalars(
            sa.select(OrderedMeal.person_id)
            .where(
                OrderedMeal.person_id.in_(acted_for(account_id)),
                OrderedMeal.day >= today,
                OrderedMeal.state == MealState.ORDERED,
            )
            .distinct()
        )
    )


def past_meals(session: Session, account_id: int, today: date, page: int = 1) -> list[MealRow]:
    """Meals before today and those that ended, latest first; one more than a page tells of more."""
    return _read(
        session, account_id,
        sa.or_(OrderedMeal.day < today, OrderedMeal.state != MealState.ORDERED),
        most=PAGE + 1, skip=(page - 1) * PAGE,
        order=(OrderedMeal.day.desc(), OrderedMeal.id.desc()),
    )  # fmt: skip


def withdrawn_meals(session: Session, account_id: int, today: date) -> list[MealRow]:
    """The meals from today on that their canteen took back, of all people that are theirs."""
    return _read(
        session, account_id,
        OrderedMeal.day >= today, OrderedMeal.state == MealState.WITHDRAWN, most=50,
    )  # fmt: skip


def latest_meals(session: Session, account_id: int) -> list[MealRow]:
    """Of each person that is theirs the meal ordered last and not cancelled, the latest first."""
    latest = (MealOrder.ordered_at.desc(), OrderedMeal.id.desc())
    ranked = (
        sa.select(
            OrderedMeal.id,
            sa.func.row_number()
            .over(partition_by=OrderedMeal.person_id, order_by=latest)
            .label("place"),
        )
        .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
        .where(
            OrderedMeal.person_id.in_(acted_for(account_id)),
            OrderedMeal.state == MealState.ORDERED,
        )
        .subquery()
    )
    first = sa.select(ranked.c.id).where(ranked.c.place == 1)
    return _read(session, account_id, OrderedMeal.id.in_(first), order=latest)


def benefits_of(session: Session, meal_ids: Collection[int]) -> dict[int, list[BenefitRow]]:
    """What others pay of these meals, in the order in which it was applied."""
    rows = session.execute(
        sa.select(BenefitLine)
        .where(BenefitLine.meal_id.in_(meal_ids))
        .order_by(BenefitLine.meal_id, BenefitLine.position)
    )
    found: dict[int, list[BenefitRow]] = defaultdict(list)
    for (row,) in rows:
        found[row.meal_id].append(
            BenefitRow(row.payer, row.title, row.clause, row.rule_code, row.rule_version, row.fen)
        )
    return found


def already_ordered(
    session: Session, person_ids: Collection[int], days: DaySpan, account_id: int
) -> dict[tuple[int, date, Meal], Already]:
    """Who has ordered which meal for these people; the code only of one's own order."""
    rows = session.execute(
        sa.select(
            OrderedMeal.person_id, OrderedMeal.day, OrderedMeal.meal, MealOrder.account_id,
            MealOrder.code, MealOrder.by_desk, Account.name, Portion.name.label("dish"),
            Portion.number,
        )
        .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
        .join(Account, Account.id == MealOrder.account_id)
        .join(Portion, Portion.meal_id == OrderedMeal.id)
        .where(
            OrderedMeal.person_id.in_(person_ids),
            OrderedMeal.day.between(days.first, days.last),
            OrderedMeal.state == MealState.ORDERED,
            OrderedMeal.holds_meal,
        )
        .order_by(Portion.id)
    ).all()  # fmt: skip
    groups: dict[tuple[int, date, Meal], list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.person_id, row.day, row.meal].append(row)
    return {key: _already(found, account_id) for key, found in groups.items()}


def _already(rows: list[Any], account_id: int) -> Already:
    is_own = rows[0].account_id == account_id and not rows[0].by_desk
    who = rows[0].name if is_own else mask_name(rows[0].name)
    who = _("食堂窗口") if rows[0].by_desk else who
    what = what_of((row.dish, row.number) for row in rows)
    return Already(who, what, is_own, rows[0].code if is_own else "")


def _read(
    session: Session,
    account_id: int,
    *where: Any,
    most: int | None = None,
    skip: int = 0,
    order: tuple[Any, ...] = SOONEST,
) -> list[MealRow]:
    own = OrderedMeal.person_id.in_(acted_for(account_id))
    return read_meals(session, own, *where, most=most, skip=skip, order=order)


def read_meals(
    session: Session,
    *where: Any,
    most: int | None = None,
    skip: int = 0,
    order: tuple[Any, ...] = SOONEST,
) -> list[MealRow]:
    """Meals by what they have in common; whoever asks has narrowed it to what is theirs."""
    rows = session.execute(
        sa.select(
            OrderedMeal.id, MealOrder.code, MealOrder.ordered_at, MealOrder.account_id,
            OrderedMeal.facility_id, Facility.name, OrderedMeal.kitchen_id, OrderedMeal.person_id,
            Person.name, sa.func.coalesce(ElderProfile.phone_tail, ""), OrderedMeal.day,
            OrderedMeal.meal, OrderedMeal.serving,
            OrderedMeal.goods_fen, OrderedMeal.benefit_fen, OrderedMeal.fee_fen, OrderedMeal.state,
            MealOrder.by_desk, OrderedMeal.late_reason,
        )
        .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
        .join(Facility, Facility.id == OrderedMeal.facility_id)
        .join(Person, Person.id == OrderedMeal.person_id)
        .outerjoin(ElderProfile, ElderProfile.person_id == Person.id)
        .where(*where)
        .order_by(*order)
        .limit(most)
        .offset(skip)
    )  # fmt: skip
    found: list[Any] = list(rows)
    portions = portions_of(session, [row[0] for row in found])
    return [MealRow(*(*row, tuple(portions[row[0]]))) for row in found]


def portions_of(session: Session, meal_ids: Collection[int]) -> dict[int, list[PortionRow]]:
    """What is in these meals."""
    found: dict[int, list[PortionRow]] = defaultdict(list)
    rows = session.scalars(
        sa.select(Portion).where(Portion.meal_id.in_(meal_ids)).order_by(Portion.id)
    )
    for row in rows:
        kind = ItemKind.DISH if row.dish_id is not None else ItemKind.SET
        number = row.dish_id if row.dish_id is not None else row.set_id
        found[row.meal_id].append(
            PortionRow(kind, number or 0, row.name, row.number, row.price_fen)
        )
    return found

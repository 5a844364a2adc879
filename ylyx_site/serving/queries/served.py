"""What was really served, for settlement: who got nothing is not in it, and has no benefit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.facilities.queries.meals import as_of_the_day
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.serving.kinds import SERVED, HandedHow
from ylyx_site.serving.models import GuestMeal, Handover


@dataclass(frozen=True, slots=True)
class ServedRow:
    """A meal that reached its person. `price_fen` is what the person pays; final, all in fen.

    Its benefits are the lines of `meals.queries.orders.benefits_of`; together `benefit_fen`.
    """

    meal_id: int
    person_id: int
    day: date
    meal: Meal
    serving: Serving
    how: HandedHow
    at: datetime
    goods_fen: int
    benefit_fen: int
    fee_fen: int
    price_fen: int


@dataclass(frozen=True, slots=True)
class GuestRow:
    """Meals sold without a name on a day, at the full price."""

    day: date
    meal: Meal
    name: str
    number: int
    fen: int


def served(session: Session, facility_id: int, month: str) -> list[ServedRow]:
    """All meals of a canteen that were served in a month (`2026-11`), by day; one query."""
    first, end = _span(month)
    rows = session.execute(
        sa.select(
            OrderedMeal.id, OrderedMeal.person_id, OrderedMeal.day, OrderedMeal.meal,
            OrderedMeal.serving, Handover.how, Handover.at, OrderedMeal.goods_fen,
            OrderedMeal.benefit_fen, OrderedMeal.fee_fen, Handover.price_fen,
        )
        .join(Handover, Handover.ordered_meal_id == OrderedMeal.id)
        .where(
            Handover.facility_id == facility_id,
            Handover.day >= first,
            Handover.day < end,
            Handover.how.in_(SERVED),
        )
        .order_by(OrderedMeal.day, OrderedMeal.id)
    )  # fmt: skip
    return [ServedRow(*row) for row in rows]


def guests_served(session: Session, facility_id: int, month: str) -> list[GuestRow]:
    """What was sold to guests without a name in a month, by day, meal and dish; one query."""
    first, end = _span(month)
    rows = session.execute(
        sa.select(
            GuestMeal.day, GuestMeal.meal, GuestMeal.name, sa.func.sum(GuestMeal.number),
            sa.func.sum(GuestMeal.number * GuestMeal.price_fen),
        )
        .where(
            GuestMeal.facility_id == facility_id,
            GuestMeal.day >= first,
            GuestMeal.day < end,
            GuestMeal.undone_at.is_(None),
        )
        .group_by(GuestMeal.day, GuestMeal.meal, GuestMeal.name)
        .order_by(GuestMeal.day, as_of_the_day(GuestMeal.meal), GuestMeal.name)
    )  # fmt: skip
    return [GuestRow(*row) for row in rows]


def _span(month: str) -> tuple[date, date]:
    """The first day of a month, and the first after it."""
    first = date.fromisoformat(f"{month}-01")
    return first, (first + timedelta(days=31)).replace(day=1)

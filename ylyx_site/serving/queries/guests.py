"""What was sold to guests, and what of it the ledger holds."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.identity.models import Account
from ylyx_site.meals.kinds import MEAL_SLOTS
from ylyx_site.meals.queries.claims import PLACES
from ylyx_site.places.models import Resource, ResourceKind
from ylyx_site.serving.models import GuestMeal


@dataclass(frozen=True, slots=True)
class GuestSale:
    """A line sold to a guest."""

    id: int
    name: str
    number: int
    fen: int
    serving: Serving
    sold_at: datetime
    sold_by: str
    is_undone: bool


def sales(session: Session, facility_id: int, day: date, meal: Meal) -> list[GuestSale]:
    """What was sold to guests at a meal, the latest first; one query."""
    rows = session.execute(
        sa.select(
            GuestMeal.id, GuestMeal.name, GuestMeal.number, GuestMeal.number * GuestMeal.price_fen,
            GuestMeal.serving, GuestMeal.sold_at, Account.name, GuestMeal.undone_at.is_not(None),
        )
        .join(Account, Account.id == GuestMeal.sold_by)
        .where(
            GuestMeal.facility_id == facility_id, GuestMeal.day == day, GuestMeal.meal == meal
        )
        .order_by(GuestMeal.id.desc())
    )  # fmt: skip
    return [GuestSale(*row) for row in rows]


def live_claims() -> sa.Select[Any]:
    """(resource_id, day, first, end, count) of guests' meals, for the audit of the ledger."""
    slot = sa.case(
        *((GuestMeal.meal == meal, number) for meal, number in MEAL_SLOTS.items()), else_=-1
    )
    is_item = sa.or_(
        sa.and_(Resource.kind == ResourceKind.DISH, Resource.owner_id == GuestMeal.dish_id),
        sa.and_(Resource.kind == ResourceKind.MEAL_SET, Resource.owner_id == GuestMeal.set_id),
    )
    is_place = sa.or_(
        *(
            sa.and_(
                Resource.kind == kind,
                Resource.owner_id == GuestMeal.facility_id,
                GuestMeal.serving == serving,
                GuestMeal.set_id.is_not(None),
            )
            for kind, serving in PLACES.items()
        )
    )
    return (
        sa.select(
            Resource.id.label("resource_id"), GuestMeal.day.label("day"), slot.label("first"),
            (slot + 1).label("end"), GuestMeal.number.label("count"),
        )
        .select_from(GuestMeal)
        .join(Resource, sa.or_(is_item, is_place))
        .where(GuestMeal.undone_at.is_(None))
    )  # fmt: skip

"""A canteen's terms as its own people see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.facilities.models import Division
from ylyx_site.meals.kinds import MEAL_SLOTS
from ylyx_site.meals.models import CanteenTerms, DeliveryArea, MealTerms
from ylyx_site.meals.queries.canteens import SERVING_OF_RESOURCE
from ylyx_site.places.models import PlaceSlot, Resource
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import TimeSpan


@dataclass(frozen=True, slots=True)
class MealTermsFacts:
    """A meal's terms; minutes of a day."""

    meal: Meal
    serves_from: int
    serves_to: int
    cutoff_days_before: int
    cutoff_minute: int
    seats: int
    pick_ups: int
    deliveries: int

    @property
    def span(self) -> TimeSpan:
        """From when to when it is served."""
        return TimeSpan(self.serves_from, self.serves_to)


@dataclass(frozen=True, slots=True)
class Terms:
    """All of a canteen's terms; `areas` are codes and names."""

    delivers: bool
    fee_fen: int
    areas: tuple[tuple[str, str], ...]
    meals: Mapping[Meal, MealTermsFacts]


@dataclass(frozen=True, slots=True)
class OverPlaces:
    """More are ordered than there are places now; nobody was dropped."""

    day: date
    meal: Meal
    serving: Serving
    taken: int
    wanted: int


def terms_of(session: Session, facility_id: int) -> Terms:
    """In three queries; raises `NotFound` for what serves no meals."""
    row = session.execute(
        sa.select(CanteenTerms.delivers, CanteenTerms.delivery_fee_fen).where(
            CanteenTerms.facility_id == facility_id
        )
    ).first()
    if row is None:
        raise NotFound
    areas = session.execute(
        sa.select(DeliveryArea.division_code, sa.func.coalesce(Division.name, ""))
        .outerjoin(Division, Division.code == DeliveryArea.division_code)
        .where(DeliveryArea.facility_id == facility_id)
        .order_by(DeliveryArea.division_code)
    )
    meals = session.execute(
        sa.select(
            MealTerms.meal, MealTerms.serves_from, MealTerms.serves_to,
            MealTerms.cutoff_days_before, MealTerms.cutoff_minute, MealTerms.seats,
            MealTerms.pick_ups, MealTerms.deliveries,
        ).where(MealTerms.facility_id == facility_id)
    )  # fmt: skip
    return Terms(
        row[0], row[1], tuple((code, name) for code, name in areas),
        {one.meal: MealTermsFacts(*one) for one in meals},
    )  # fmt: skip


def over_places(session: Session, facility_id: int, first: date) -> list[OverPlaces]:
    """Where, from a day on, more is ordered than there are seats, pick-ups or deliveries."""
    meals = {slot: meal for meal, slot in MEAL_SLOTS.items()}
    rows = session.execute(
        sa.select(
            PlaceSlot.day, PlaceSlot.slot, Resource.kind, PlaceSlot.taken, PlaceSlot.wanted
        )
        .join(Resource, Resource.id == PlaceSlot.resource_id)
        .where(
            Resource.kind.in_(SERVING_OF_RESOURCE),
            Resource.owner_id == facility_id,
            PlaceSlot.day >= first,
            PlaceSlot.taken > PlaceSlot.wanted,
        )
        .order_by(PlaceSlot.day, PlaceSlot.slot, Resource.kind)
    )  # fmt: skip
    return [
        OverPlaces(day, meals[slot], SERVING_OF_RESOURCE[kind], taken, wanted)
        for day, slot, kind, taken, wanted in rows
    ]

"""What canteens offer."""

from collections.abc import Collection
from datetime import date
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import FacilityKind, Meal, Serving
from ylyx_site.facilities.models import Facility
from ylyx_site.facilities.queries.facts import LISTED
from ylyx_site.meals.kinds import MEAL_SLOTS
from ylyx_site.meals.models import CanteenTerms, DeliveryArea, MealTerms
from ylyx_site.meals.rules.canteens import CanteenFacts, MealFacts
from ylyx_site.places.models import PlaceSlot, Resource, ResourceKind
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import TimeSpan

SERVING_OF_RESOURCE = {
    ResourceKind.SEATS: Serving.DINE_IN,
    ResourceKind.PICK_UPS: Serving.PICK_UP,
    ResourceKind.DELIVERIES: Serving.DELIVERY,
}


def canteen_of(session: Session, facility_id: int) -> CanteenFacts:
    """A canteen of the public's, in one query; raises `NotFound` for what serves no meals."""
    found = canteens_of(session, [facility_id]).get(facility_id)
    if found is None:
        raise NotFound
    return found


def canteens_of(session: Session, facility_ids: Collection[int]) -> dict[int, CanteenFacts]:
    """The canteens among these facilities, in one query; meals in the order of the day."""
    areas = (
        sa.select(
            DeliveryArea.facility_id,
            sa.func.aggregate_strings(DeliveryArea.division_code, ",").label("codes"),
        )
        .group_by(DeliveryArea.facility_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(CanteenTerms, MealTerms, areas.c.codes)
        .join(Facility, Facility.id == CanteenTerms.facility_id)
        .outerjoin(MealTerms, MealTerms.facility_id == CanteenTerms.facility_id)
        .outerjoin(areas, areas.c.facility_id == CanteenTerms.facility_id)
        .where(
            CanteenTerms.facility_id.in_(facility_ids),
            Facility.kind == FacilityKind.CANTEEN,
            Facility.filing.in_(LISTED),
        )
        .order_by(CanteenTerms.facility_id, MealTerms.serves_from)
    ).all()
    return {
        facility_id: _facts(list(group))
        for facility_id, group in groupby(rows, key=lambda row: row[0].facility_id)
    }


def servings_left(
    session: Session, facility_ids: Collection[int], first: date, last: date
) -> dict[tuple[int, Serving, date, Meal], int]:
    """Places left by canteen, way of serving, day and meal; what is missing is not offered."""
    meals = {slot: meal for meal, slot in MEAL_SLOTS.items()}
    rows = session.execute(
        sa.select(
            Resource.owner_id, Resource.kind, PlaceSlot.day, PlaceSlot.slot,
            PlaceSlot.capacity - PlaceSlot.taken,
        )
        .join(PlaceSlot, PlaceSlot.resource_id == Resource.id)
        .where(
            Resource.kind.in_(SERVING_OF_RESOURCE),
            Resource.owner_id.in_(facility_ids),
            PlaceSlot.day.between(first, last),
        )
    )  # fmt: skip
    return {
        (owner, SERVING_OF_RESOURCE[kind], day, meals[slot]): left
        for owner, kind, day, slot, left in rows
    }


def _facts(rows: list[Any]) -> CanteenFacts:
    terms, _, codes = rows[0]
    return CanteenFacts(
        terms.facility_id,
        terms.supplied_by or terms.facility_id,
        terms.delivers,
        terms.delivery_fee_fen,
        tuple(sorted(codes.split(","))) if codes else (),
        {row[1].meal: _meal_facts(row[1]) for row in rows if row[1] is not None},
    )


def _meal_facts(row: MealTerms) -> MealFacts:
    span = TimeSpan(row.serves_from, row.serves_to)
    return MealFacts(row.meal, span, row.cutoff_days_before, row.cutoff_minute)

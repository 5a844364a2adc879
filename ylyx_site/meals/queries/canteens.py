"""What canteens offer."""

from collections.abc import Collection
from datetime import date
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import FacilityKind, Meal, Serving
from ylyx_site.facilities.models import Closure, Division, Facility
from ylyx_site.facilities.queries.facts import LISTED, town_of_facility
from ylyx_site.facilities.queries.opening import ClosureFacts
from ylyx_site.facilities.rules.search import search_keys
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
    return _canteens(session, CanteenTerms.facility_id.in_(facility_ids))


def supplied_by(session: Session, kitchen_id: int) -> list[CanteenFacts]:
    """The meal points that get their meals from a kitchen, in one query."""
    return list(_canteens(session, CanteenTerms.supplied_by == kitchen_id).values())


def find_canteens(session: Session, division_code: str, words: str) -> list[CanteenFacts]:
    """All canteens in a division (empty: everywhere) that have all these words, in one query."""
    wanted = [Facility.search_text.contains(key, autoescape=True) for key in search_keys(words)]
    if division_code:
        wanted.append(Facility.division_code.startswith(division_code, autoescape=True))
    return list(_canteens(session, *wanted).values())


def _canteens(session: Session, *where: sa.ColumnElement[bool]) -> dict[int, CanteenFacts]:
    areas = (
        sa.select(
            DeliveryArea.facility_id,
            sa.func.aggregate_strings(DeliveryArea.division_code, ",").label("codes"),
        )
        .group_by(DeliveryArea.facility_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(CanteenTerms, Facility, MealTerms, Division.name, areas.c.codes)
        .join(Facility, Facility.id == CanteenTerms.facility_id)
        .outerjoin(Division, town_of_facility())
        .outerjoin(MealTerms, MealTerms.facility_id == CanteenTerms.facility_id)
        .outerjoin(areas, areas.c.facility_id == CanteenTerms.facility_id)
        .where(Facility.kind == FacilityKind.CANTEEN, Facility.filing.in_(LISTED), *where)
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
    terms, facility, _, town, codes = rows[0]
    return CanteenFacts(
        id=facility.id,
        name=facility.name,
        town=town or "",
        division_code=facility.division_code,
        address=facility.address,
        telephone=facility.telephone,
        latitude=facility.latitude,
        longitude=facility.longitude,
        kitchen_id=terms.supplied_by or facility.id,
        delivers=terms.delivers,
        fee_fen=terms.delivery_fee_fen,
        areas=tuple(sorted(codes.split(","))) if codes else (),
        meals={row[2].meal: _meal_facts(row[2]) for row in rows if row[2] is not None},
    )


def _meal_facts(row: MealTerms) -> MealFacts:
    span = TimeSpan(row.serves_from, row.serves_to)
    return MealFacts(row.meal, span, row.cutoff_days_before, row.cutoff_minute)


def closures(
    session: Session, facility_ids: Collection[int], first: date, last: date
) -> dict[int, list[ClosureFacts]]:
    """Closures that touch these days, by canteen; a menu published before may fall into one."""
    rows = session.execute(
        sa.select(
            Closure.id, Closure.facility_id, Closure.first_day, Closure.last_day, Closure.kind,
            Closure.reason, Closure.lifted_at,
        ).where(
            Closure.facility_id.in_(facility_ids),
            Closure.first_day <= last,
            Closure.last_day >= first,
        )
    )  # fmt: skip
    found: dict[int, list[ClosureFacts]] = {}
    for row in rows:
        found.setdefault(row.facility_id, []).append(ClosureFacts(*row))
    return found

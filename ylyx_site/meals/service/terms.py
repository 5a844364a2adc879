"""Changing what a canteen offers: hours, cut-off, places, delivery, whose kitchen cooks.

All takes effect at once for what is ordered from now on; nobody who has ordered is dropped.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import FacilityKind, Meal
from ylyx_site.facilities.models import Division, Facility
from ylyx_site.facilities.queries.facts import LISTED
from ylyx_site.journal.service import note
from ylyx_site.meals.errors.canteens import BadKitchen, NoSuchDivision, PointHasMeals
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import CanteenTerms, DeliveryArea, MealTerms, MenuDay, OrderedMeal
from ylyx_site.meals.queries.menus import PUBLIC
from ylyx_site.meals.rules.terms import DeliveryWish, KitchenWish, MealTermsWish, refuse_bad_hours
from ylyx_site.meals.service.menus import serving_limits
from ylyx_site.places.rules import Excess
from ylyx_site.places.service.limits import set_limits
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import NotFound


def change_meal(
    session: Session, facility_id: int, wish: MealTermsWish, *, actor_id: int, now: datetime
) -> list[Excess]:
    """Serve a meal on these terms; the places of all days that have a menu follow.

    Fewer places than are taken drop nobody and let nobody in: those days are returned. Raises
    `NotFound`, `BadHours`.
    """
    refuse_bad_hours(wish)
    terms = own_terms(session, facility_id)
    row = session.get(MealTerms, (facility_id, wish.meal), populate_existing=True)
    if row is None:
        row = MealTerms(facility_id=facility_id, meal=wish.meal)
        session.add(row)
    row.serves_from, row.serves_to = wish.serves_from, wish.serves_to
    row.cutoff_days_before, row.cutoff_minute = wish.cutoff_days_before, wish.cutoff_minute
    row.seats, row.pick_ups, row.deliveries = wish.seats, wish.pick_ups, wish.deliveries
    session.flush()
    _note(session, "meals.terms_changed", facility_id, by=(actor_id, now), detail=wish.meal.value)
    return _balance(session, terms, [row], clock.day_of(now))


def end_meal(
    session: Session, facility_id: int, meal: Meal, *, actor_id: int, now: datetime
) -> None:
    """Serve a meal no longer. Raises `NotFound`, and `PointHasMeals` while any is to come."""
    terms = own_terms(session, facility_id)
    row = session.get(MealTerms, (facility_id, meal), populate_existing=True)
    if row is None:
        raise NotFound
    _refuse_under_way(session, terms, clock.day_of(now), meal)
    session.delete(row)
    session.flush()
    _note(session, "meals.terms_ended", facility_id, by=(actor_id, now), detail=meal.value)


def change_delivery(
    session: Session, facility_id: int, wish: DeliveryWish, *, actor_id: int, now: datetime
) -> None:
    """Set whether, where and for how much meals are brought. Raises `NotFound`, `NoSuchDivision`.

    What is ordered keeps its fee and its address.
    """
    terms = own_terms(session, facility_id)
    known = set(session.scalars(sa.select(Division.code).where(Division.code.in_(wish.areas))))
    if set(wish.areas) - known or (wish.delivers and not wish.areas):
        raise NoSuchDivision
    terms.delivers, terms.delivery_fee_fen = wish.delivers, wish.fee_fen
    session.flush()
    session.execute(
        sa.delete(DeliveryArea)
        .where(DeliveryArea.facility_id == facility_id)
        .execution_options(synchronize_session=False)
    )
    rows = [{"facility_id": facility_id, "division_code": one} for one in sorted(set(wish.areas))]
    if rows:
        session.execute(sa.insert(DeliveryArea), rows)
    detail = f"{wish.delivers} {wish.fee_fen} {' '.join(wish.areas)}"[:200]
    _note(session, "meals.delivery_changed", facility_id, by=(actor_id, now), detail=detail)


def change_kitchen(
    session: Session, facility_id: int, wish: KitchenWish, *, actor_id: int, now: datetime
) -> list[Excess]:
    """Say whose kitchen cooks for it. Raises `NotFound`, `BadKitchen`, `PointHasMeals`."""
    terms = own_terms(session, facility_id)
    if wish.supplied_by == terms.supplied_by:
        return []
    _refuse_under_way(session, terms, clock.day_of(now))
    if wish.supplied_by is not None:
        _refuse_bad_kitchen(session, facility_id, wish.supplied_by)
    terms.supplied_by = wish.supplied_by
    session.flush()
    _note(
        session,
        "meals.kitchen_changed",
        facility_id,
        by=(actor_id, now),
        detail=str(wish.supplied_by),
    )
    rows = session.scalars(sa.select(MealTerms).where(MealTerms.facility_id == facility_id))
    return _balance(session, terms, list(rows), clock.day_of(now))


def own_terms(session: Session, facility_id: int) -> CanteenTerms:
    """The terms of a facility that serves meals; raises `NotFound`."""
    terms = session.get(CanteenTerms, facility_id, populate_existing=True)
    if terms is None:
        raise NotFound
    return terms


def _balance(
    session: Session, terms: CanteenTerms, rows: list[MealTerms], today: date
) -> list[Excess]:
    """Bring the ledger in line on all days with a menu."""
    menus = session.execute(
        sa.select(MenuDay.day, MenuDay.meal).where(
            MenuDay.facility_id == (terms.supplied_by or terms.facility_id),
            MenuDay.day >= today,
            *PUBLIC,
        )
    ).all()
    return set_limits(
        session,
        [
            limit
            for row in rows
            for day, meal in menus
            if meal is row.meal
            for limit in serving_limits(row, day)
        ],
    )


def _refuse_under_way(
    session: Session, terms: CanteenTerms, today: date, meal: Meal | None = None
) -> None:
    """Meals that are ordered here, and menus of its own, are to be ended first."""
    ordered = sa.select(sa.func.count()).where(
        OrderedMeal.facility_id == terms.facility_id,
        OrderedMeal.day >= today,
        OrderedMeal.state == MealState.ORDERED,
        *([OrderedMeal.meal == meal] if meal else []),
    )
    menus = sa.select(sa.func.count()).where(
        MenuDay.facility_id == terms.facility_id,
        MenuDay.day >= today,
        *PUBLIC,
        *([MenuDay.meal == meal] if meal else []),
    )
    number = (session.scalar(ordered) or 0) + (session.scalar(menus) or 0)
    if number:
        raise PointHasMeals(num=number)


def _refuse_bad_kitchen(session: Session, facility_id: int, kitchen_id: int) -> None:
    """A kitchen cooks itself; and whoever cooks for others cannot be cooked for."""
    kitchen = session.scalar(
        sa.select(CanteenTerms.facility_id)
        .join(Facility, Facility.id == CanteenTerms.facility_id)
        .where(
            CanteenTerms.facility_id == kitchen_id,
            CanteenTerms.supplied_by.is_(None),
            Facility.kind == FacilityKind.CANTEEN,
            Facility.filing.in_(LISTED),
        )
    )
    points = sa.select(CanteenTerms.facility_id).where(CanteenTerms.supplied_by == facility_id)
    if kitchen is None or kitchen_id == facility_id or session.scalar(points.limit(1)):
        raise BadKitchen


def _note(
    session: Session, action: str, facility_id: int, *, by: tuple[int, datetime], detail: str
) -> None:
    actor_id, now = by
    note(
        session, action, f"facility:{facility_id}",
        actor_id=actor_id, now=now, facility_id=facility_id, detail=detail,
    )  # fmt: skip

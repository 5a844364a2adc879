"""Nurseries whose children eat what a kitchen cooks."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.facilities.kinds import FacilityKind, Meal
from ylyx_site.facilities.models import Facility
from ylyx_site.families.models import Person
from ylyx_site.kitchen.models import CooksFor
from ylyx_site.meals.models import CanteenTerms

EATS_AT = {Meal.BREAKFAST: 480, Meal.LUNCH: 690, Meal.DINNER: 1020}  # minutes of the day


@dataclass(frozen=True, slots=True)
class NurseryMeals:
    """How many children of a nursery eat; `noted`: of how many the family wrote something."""

    nursery_id: int
    name: str
    children: int
    noted: int


@dataclass(frozen=True, slots=True)
class Supply:
    """Which kitchen cooks for a nursery, from a day on, until the day before `until`."""

    kitchen_id: int
    name: str
    from_day: date
    until: date | None


def nursery_meals(session: Session, kitchen_id: int, day: date, meal: Meal) -> list[NurseryMeals]:
    """The children booked and not away at the time of the meal, by nursery; one query."""
    minute = EATS_AT[meal]
    rows = session.execute(
        sa.select(
            Facility.id, Facility.name, sa.func.count(CareDay.child_id.distinct()),
            sa.func.count(sa.case((Person.note_sealed.is_not(None), Person.id)).distinct()),
        )
        .select_from(CooksFor)
        .join(Facility, Facility.id == CooksFor.nursery_id)
        .outerjoin(
            CareDay,
            sa.and_(
                CareDay.facility_id == CooksFor.nursery_id,
                CareDay.day == day,
                CareDay.state == CareState.BOOKED,
                CareDay.starts <= minute,
                CareDay.ends > minute,
            ),
        )
        .outerjoin(Person, Person.id == CareDay.child_id)
        .where(CooksFor.kitchen_id == kitchen_id, *_holds_on(day))
        .group_by(Facility.id, Facility.name)
        .order_by(Facility.name)
    )  # fmt: skip
    return [NurseryMeals(*row) for row in rows]


def supplies_of(session: Session, nursery_id: int) -> list[Supply]:
    """Who cooked and cooks for a nursery, the latest first; one query."""
    rows = session.execute(
        sa.select(Facility.id, Facility.name, CooksFor.from_day, CooksFor.until)
        .join(Facility, Facility.id == CooksFor.kitchen_id)
        .where(CooksFor.nursery_id == nursery_id)
        .order_by(CooksFor.from_day.desc(), Facility.id)
    )
    return [Supply(*row) for row in rows]


def kitchens(session: Session) -> list[tuple[int, str]]:
    """The canteens that cook themselves, by name."""
    rows = session.execute(
        sa.select(Facility.id, Facility.name)
        .join(CanteenTerms, CanteenTerms.facility_id == Facility.id)
        .where(CanteenTerms.supplied_by.is_(None), Facility.kind == FacilityKind.CANTEEN)
        .order_by(Facility.name, Facility.id)
    )
    return [(number, name) for number, name in rows]


def _holds_on(day: date) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        CooksFor.from_day <= day,
        sa.or_(CooksFor.until.is_(None), CooksFor.until > day),
    )

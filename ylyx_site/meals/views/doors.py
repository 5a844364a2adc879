"""What every page of the menu planner begins and ends with."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.facilities.models import Facility
from ylyx_site.identity.doors import Command, own_facility, refused
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import visitor
from ylyx_site.meals.models import CanteenTerms, MealTerms
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm, day_from_text
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import DaySpan

MANAGER = (Role.CANTEEN_MANAGER,)
WINDOW = (Role.CANTEEN_MANAGER, Role.CLERK)


@dataclass(frozen=True, slots=True)
class OwnCanteen:
    """The canteen or meal point at which the visitor works; `kitchen` is who cooks for a point."""

    id: int
    name: str
    kitchen_id: int
    kitchen: str
    meals: tuple[Meal, ...]
    may_edit: bool

    @property
    def is_point(self) -> bool:
        """Whether its meals come from another kitchen."""
        return self.kitchen_id != self.id


def own_canteen(session: Session) -> OwnCanteen:
    """In two queries; raises `NotFound` for somebody who works where no meals are served."""
    facility_id = own_facility()
    kitchen = sa.func.coalesce(CanteenTerms.supplied_by, CanteenTerms.facility_id)
    row = session.execute(
        sa.select(
            kitchen,
            Facility.name,
            sa.select(Facility.name)
            .where(Facility.id == kitchen)
            .correlate(CanteenTerms)
            .scalar_subquery(),
        )
        .select_from(CanteenTerms)
        .join(Facility, Facility.id == CanteenTerms.facility_id)
        .where(CanteenTerms.facility_id == facility_id)
    ).first()
    if row is None:
        raise NotFound
    served = set(
        session.scalars(sa.select(MealTerms.meal).where(MealTerms.facility_id == facility_id))
    )
    meals = tuple(meal for meal in Meal if meal in served)
    is_manager = visitor().role is Role.CANTEEN_MANAGER
    return OwnCanteen(facility_id, row[1], row[0], row[2], meals, is_manager)


def asked_week(text: str | None) -> DaySpan:
    """Monday to Sunday of the day asked for; else of tomorrow: on Sundays the next week counts."""
    day = clock.today() + timedelta(days=1)
    with suppress(ValueError):
        day = day_from_text(text) if text else day
    return week_around(day)


def week_around(day: date) -> DaySpan:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return DaySpan(monday, monday + timedelta(days=6))


def meal_of_address(day: str, meal: str) -> tuple[date, Meal]:
    """Day and meal of an address; raises `NotFound`."""
    try:
        return day_from_text(day), Meal(meal)
    except ValueError:
        raise NotFound from None


def written(
    form: WriteForm,
    wish: Callable[[], object],
    command: Command,
    page: Callable[[], str],
    answer: str,
) -> ResponseReturnValue:
    """Run the command once for this form and go on to `answer`; a refusal shows `page` with it."""
    if not form.validate():
        return page(), 422
    refusal = refused(form, (request.path, own_facility(), wish()), answer, command)
    if refusal is not None:
        db.session.rollback()
        return page(), refusal.status
    return htmx.see_other(answer)

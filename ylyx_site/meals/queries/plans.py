"""Plans and their rests, fetched through those who may act for the person."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.models import Facility
from ylyx_site.families.models import Person
from ylyx_site.families.queries.people import acted_for
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import (
    MealOrder,
    MealPlan,
    MealRest,
    MealSet,
    MenuDay,
    MenuItem,
    OrderedMeal,
)
from ylyx_site.meals.queries.menus import PUBLIC
from ylyx_site.meals.rules.wishes import PlanWish
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import DaySpan


@dataclass(frozen=True, slots=True)
class RestRow:
    """Days of a plan without a meal."""

    id: int
    days: DaySpan


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan of the family's, with the rests that are not over."""

    id: int
    code: str
    wish: PlanWish
    person: str
    facility: str
    set_name: str
    rests: tuple[RestRow, ...]


def own_plan(session: Session, account_id: int, code: str, today: date) -> PlanRow:
    """The plan with this code, of a person that is theirs; raises `NotFound`."""
    found = _plans(session, account_id, today, MealPlan.code == code)
    if not found:
        raise NotFound
    return found[0]


def own_plans(session: Session, account_id: int, today: date) -> list[PlanRow]:
    """The plans of all people that are theirs, in two queries."""
    return _plans(session, account_id, today)


def ordered_days(session: Session, plan: PlanRow, first: date) -> dict[date, str]:
    """Days from `first` on that are ordered for the plan's person and meal, with their order."""
    rows = session.execute(
        sa.select(OrderedMeal.day, MealOrder.code)
        .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
        .where(*of_plan(plan), OrderedMeal.day >= first)
        .order_by(OrderedMeal.day)
    )
    return {row.day: row.code for row in rows}


def of_plan(plan: PlanRow) -> tuple[sa.ColumnElement[bool], ...]:
    """What makes a live meal one of this plan's."""
    return (
        OrderedMeal.person_id == plan.wish.person_id,
        OrderedMeal.facility_id == plan.wish.canteen_id,
        OrderedMeal.meal == plan.wish.meal,
        OrderedMeal.state == MealState.ORDERED,
    )


def sets_of(session: Session, kitchen_id: int, first: date) -> list[tuple[int, str, int]]:
    """Number, name and price of the sets on menus from a day on, for a plan to name."""
    rows = session.execute(
        sa.select(MealSet.id, MealSet.name, MealSet.price_fen)
        .where(
            MealSet.facility_id == kitchen_id,
            sa.exists().where(
                MenuItem.set_id == MealSet.id,
                MenuDay.id == MenuItem.menu_id,
                MenuDay.day >= first,
                MenuItem.withdrawn_at.is_(None),
                *PUBLIC,
            ),
        )
        .order_by(MealSet.id)
    )
    return [(row.id, row.name, row.price_fen) for row in rows]


def _plans(
    session: Session, account_id: int, today: date, *where: sa.ColumnElement[bool]
) -> list[PlanRow]:
    rows = session.execute(
        sa.select(MealPlan, Person.name, Facility.name, sa.func.coalesce(MealSet.name, ""))
        .join(Person, Person.id == MealPlan.person_id)
        .join(Facility, Facility.id == MealPlan.facility_id)
        .outerjoin(MealSet, MealSet.id == MealPlan.set_id)
        .where(
            MealPlan.person_id.in_(acted_for(account_id)), MealPlan.ended_at.is_(None), *where
        )
        .order_by(MealPlan.id)
    ).all()  # fmt: skip
    rests = _rests(session, [row[0].id for row in rows], today)
    return [
        PlanRow(plan.id, plan.code, _wish(plan), person, facility, set_name, tuple(rests[plan.id]))
        for plan, person, facility, set_name in rows
    ]


def _wish(plan: MealPlan) -> PlanWish:
    return PlanWish(
        plan.person_id, plan.facility_id, plan.meal, frozenset(map(int, plan.weekdays)),
        plan.wish, plan.set_id, plan.serving,
    )  # fmt: skip


def _rests(
    session: Session, plan_ids: Collection[int], today: date
) -> dict[int, list[RestRow]]:  # fmt: skip
    found: dict[int, list[RestRow]] = defaultdict(list)
    rows = session.scalars(
        sa.select(MealRest)
        .where(
            MealRest.plan_id.in_(plan_ids), MealRest.last_day >= today, MealRest.lifted_at.is_(None)
        )
        .order_by(MealRest.first_day, MealRest.id)
    )
    for row in rows:
        found[row.plan_id].append(RestRow(row.id, DaySpan(row.first_day, row.last_day)))
    return found

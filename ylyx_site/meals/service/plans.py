"""Weekly plans: written down, ordered for a month in one transaction, rested, ended."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.meals.errors.menus import ForeignDish
from ylyx_site.meals.errors.orders import NoDays, PriceChanged, SomeDays
from ylyx_site.meals.errors.plans import BadRest, WeekdaysMissing
from ylyx_site.meals.kinds import Wish
from ylyx_site.meals.models import MealPlan, MealRest, MealSet, OrderedMeal
from ylyx_site.meals.policy.eaters import own_eaters
from ylyx_site.meals.policy.plans import preview
from ylyx_site.meals.queries.canteens import canteen_of
from ylyx_site.meals.queries.plans import PlanRow, of_plan, own_plan
from ylyx_site.meals.rules.wishes import (
    LONGEST_REST,
    MealWish,
    OrderWish,
    PlanOrderWish,
    PlanWish,
    RestWish,
)
from ylyx_site.meals.service.endings import before_cutoff, end
from ylyx_site.meals.service.orders import Author, book, refuse_lapsed
from ylyx_site.shared import clock
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.identifiers import CodeTakenError
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import DaySpan


def add_plan(session: Session, wish: PlanWish, *, actor_id: int, code: str, now: datetime) -> None:
    """Write a plan down; it orders nothing by itself.

    Raises `NotFound` for somebody else's person, `WeekdaysMissing`, `ForeignDish`.
    """
    own_eaters(session, actor_id, (wish.person_id,))
    canteen = canteen_of(session, wish.canteen_id)
    if not wish.weekdays:
        raise WeekdaysMissing
    if wish.wish is Wish.NAMED_SET:
        named = session.get(MealSet, wish.set_id) if wish.set_id else None
        if named is None or named.facility_id != canteen.kitchen_id:
            raise ForeignDish
    plan_id = session.scalar(
        on_conflict(session, MealPlan)
        .values(
            code=code, account_id=actor_id, person_id=wish.person_id,
            facility_id=wish.canteen_id, meal=wish.meal,
            weekdays="".join(str(one) for one in sorted(wish.weekdays)),
            wish=wish.wish, set_id=wish.set_id if wish.wish is Wish.NAMED_SET else None,
            serving=wish.serving, created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["code"])
        .returning(MealPlan.id)
    )  # fmt: skip
    if plan_id is None:
        raise CodeTakenError
    note(
        session, "meals.plan_added", f"plan:{code}",
        actor_id=actor_id, now=now, facility_id=wish.canteen_id,
    )  # fmt: skip


def order_plan(
    session: Session, wish: PlanOrderWish, *, actor_id: int, code: str, now: datetime
) -> None:
    """Order the plan on all of these days in one transaction, or refuse.

    Raises `NotFound`, `NoDays`, `SomeDays` with those that cannot be, `EvidenceLapsed`,
    `PriceChanged`, and what `orders.book` raises.
    """
    plan = own_plan(session, actor_id, wish.code, clock.day_of(now))
    rests = [one.days for one in plan.rests]
    found = preview(
        session, plan.wish, rests, account_id=actor_id, now=now, only=set(wish.days)
    )  # fmt: skip
    made = found.planned
    if not wish.days or not (made.meals or made.left_out):
        raise NoDays("date")
    if made.left_out or set(found.days) != set(wish.days):
        raise SomeDays(made.left_out)
    shown = dict(wish.quoted)
    refuse_lapsed(made, lambda one: shown.get(one.meal.day) == one.pay_fen)
    if any(shown.get(one.meal.day, one.pay_fen) != one.pay_fen for one in made.meals):
        raise PriceChanged
    meals = tuple(
        MealWish(one.meal.day, one.meal.meal, ((one.meal.portions[0].line.item, 1),))
        for one in made.meals
    )
    order = OrderWish(plan.wish.canteen_id, (plan.wish.person_id,), meals, plan.wish.serving)
    book(session, order, made, Author(actor_id, actor_id, code, now))


def rest(session: Session, wish: RestWish, *, actor_id: int, now: datetime) -> int:
    """No meals of the plan on these days; what is ordered and not past its cut-off is cancelled.

    Returns how many meals were cancelled. Raises `NotFound`, `BadRest`.
    """
    today = clock.day_of(now)
    plan = own_plan(session, actor_id, wish.code, today)
    if wish.days.first < today or len(wish.days.days()) > LONGEST_REST:
        raise BadRest("to", most=LONGEST_REST)
    session.add(
        MealRest(plan_id=plan.id, first_day=wish.days.first, last_day=wish.days.last)
    )  # fmt: skip
    session.flush()
    note(
        session, "meals.plan_rested", f"plan:{wish.code}",
        actor_id=actor_id, now=now, facility_id=plan.wish.canteen_id,
    )  # fmt: skip
    return _cancel(session, plan, wish.days, actor_id, now)


def lift_rest(
    session: Session, code: str, rest_id: int, *, actor_id: int, now: datetime
) -> None:  # fmt: skip
    """End a rest. Raises `NotFound` for one of another plan."""
    plan = own_plan(session, actor_id, code, clock.day_of(now))
    if rest_id not in {one.id for one in plan.rests}:
        raise NotFound
    session.execute(
        sa.update(MealRest)
        .where(MealRest.id == rest_id)
        .values(lifted_at=now)
        .execution_options(synchronize_session=False)
    )
    note(
        session, "meals.plan_rest_lifted", f"plan:{code}",
        actor_id=actor_id, now=now, facility_id=plan.wish.canteen_id,
    )  # fmt: skip


def end_plan(session: Session, code: str, *, actor_id: int, now: datetime) -> None:
    """End a plan; what has been ordered stays. Raises `NotFound`."""
    plan = own_plan(session, actor_id, code, clock.day_of(now))
    session.execute(
        sa.update(MealPlan)
        .where(MealPlan.id == plan.id)
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )
    note(
        session, "meals.plan_ended", f"plan:{code}",
        actor_id=actor_id, now=now, facility_id=plan.wish.canteen_id,
    )  # fmt: skip


def _cancel(session: Session, plan: PlanRow, days: DaySpan, actor_id: int, now: datetime) -> int:
    live = list(
        session.scalars(
            sa.select(OrderedMeal)
            .where(*of_plan(plan), OrderedMeal.day.between(days.first, days.last))
            .order_by(OrderedMeal.day, OrderedMeal.id)
        )
    )
    in_time = before_cutoff(session, live, now) if live else []
    if not in_time:
        return 0
    return end(session, in_time, "meals.rested", actor_id=actor_id, now=now)

"""What a family is told days ahead: a dish that the person avoids, a plan that runs out."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.models import ElderProfile
from ylyx_site.families.queries.eaters import accounts_of
from ylyx_site.meals.kinds import ItemKind, MealState
from ylyx_site.meals.models import MealOrder, MealPlan, MealRest, OrderedMeal, Portion, SetDish
from ylyx_site.meals.policy.avoiding import avoided_of
from ylyx_site.meals.rules.wishes import Item
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service.planning import News, plan
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import N_

WARN_DAYS = 3  # time enough to choose another dish, and near enough that the menu stands
RUNS_OUT_DAYS = 3
BATCH = 200


def warn_of_avoided(session: Session, now: datetime) -> int:
    """Look over ordered meals of the next days, and tell of dishes that their people avoid.

    Each meal is looked over once, and again when its person's diet or its dishes have changed;
    returns how many were, at most a batch. The message names neither the person nor the dish:
    what somebody avoids may be a matter of health.
    """
    meals = _not_looked_at(session, clock.day_of(now))
    if not meals:
        return 0
    session.execute(
        sa.update(OrderedMeal)
        .where(OrderedMeal.id.in_([meal.id for meal, _code in meals]))
        .values(looked_at=now)
        .execution_options(synchronize_session=False)
    )
    found = avoided_of(session, [meal for meal, _code in meals])
    accounts = accounts_of(session, {meal.person_id for meal, _code in meals if meal.id in found})
    for meal, code in meals:
        if meal.id in found:
            news = News(
                NoticeKind.FAMILY_MEALS,
                N_("%(day)s订的餐里，有一道菜请您看一下合不合适。截止前可以换别的。"),
                {"day": meal.day}, f"/meals/orders/{code}", "meals.avoided",
                f"meals.avoided:{meal.id}",
            )  # fmt: skip
            plan(session, accounts.get(meal.person_id, ()), news, now=now)
    return len(meals)


def _not_looked_at(session: Session, today: date) -> list[tuple[OrderedMeal, str]]:
    rows = session.execute(
        sa.select(OrderedMeal, MealOrder.code)
        .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
        .join(ElderProfile, ElderProfile.person_id == OrderedMeal.person_id)
        .where(
            OrderedMeal.looked_at.is_(None) | (OrderedMeal.looked_at < ElderProfile.changed_at),
            OrderedMeal.day.between(today + timedelta(days=1), today + timedelta(days=WARN_DAYS)),
            OrderedMeal.state == MealState.ORDERED,
            ElderProfile.avoids_sealed.is_not(None),
        )
        .order_by(OrderedMeal.day, OrderedMeal.id)
        .limit(BATCH)
    )
    return [(meal, code) for meal, code in rows]


def look_again(session: Session, item: Item, today: date) -> None:
    """Have the meals from today on with this dish or set looked over once more: it has changed."""
    kind, number = item
    in_sets = sa.select(SetDish.set_id).where(SetDish.dish_id == number)
    has_it = (
        sa.or_(Portion.dish_id == number, Portion.set_id.in_(in_sets))
        if kind is ItemKind.DISH
        else Portion.set_id == number
    )
    session.execute(
        sa.update(OrderedMeal)
        .where(
            OrderedMeal.state == MealState.ORDERED,
            OrderedMeal.day >= today,
            OrderedMeal.looked_at.is_not(None),
            OrderedMeal.id.in_(sa.select(Portion.meal_id).where(has_it)),
        )
        .values(looked_at=None)
        .execution_options(synchronize_session=False)
    )


def tell_of_plans_that_run_out(session: Session, now: datetime) -> int:
    """Tell the families whose plan has no more meals after the next days.

    A plan orders nothing by itself: without this an old lady would one day find no lunch. Told
    once for each last day that is ordered. Returns 0: one batch holds all.
    """
    today = clock.day_of(now)
    rows = session.execute(_running_out(today)).all()
    accounts = accounts_of(session, {row.person_id for row in rows})
    for row in rows:
        news = News(
            NoticeKind.FAMILY_MEALS,
            N_("按星期订的餐只订到%(day)s。要接着吃，请打开再订一个月。"),
            {"day": row.last}, f"/meals/plans/{row.code}", f"meals.plan:{row.code}",
            f"meals.plan_runs_out:{row.code}:{row.last.isoformat()}",
        )  # fmt: skip
        plan(session, accounts.get(row.person_id, ()), news, now=now)
    return 0


def _running_out(today: date) -> sa.Select[tuple[str, int, date]]:
    """Live plans whose last ordered meal is near, not at rest then,."""
    last = (
        sa.select(sa.func.max(OrderedMeal.day))
        .where(
            OrderedMeal.person_id == MealPlan.person_id,
            OrderedMeal.facility_id == MealPlan.facility_id,
            OrderedMeal.meal == MealPlan.meal,
            OrderedMeal.state == MealState.ORDERED,
        )
        .correlate(MealPlan)
        .scalar_subquery()
    )
    plans = (
        sa.select(MealPlan.id, MealPlan.code, MealPlan.person_id, last.label("last"))
        .where(MealPlan.ended_at.is_(None))
        .subquery()
    )
    rests = sa.exists().where(
        MealRest.plan_id == plans.c.id,
        MealRest.lifted_at.is_(None),
        MealRest.first_day <= today + timedelta(days=RUNS_OUT_DAYS + 1),
        MealRest.last_day > today + timedelta(days=RUNS_OUT_DAYS),
    )
    return sa.select(plans.c.code, plans.c.person_id, plans.c.last).where(
        plans.c.last.between(today, today + timedelta(days=RUNS_OUT_DAYS)), ~rests
    )

"""A canteen's day at a glance for its window: meals with their figures, and what is to be done."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.facilities.queries import opening_on
from ylyx_site.facilities.queries.meals import as_of_the_day
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import MealOrder, MenuDay, OrderedMeal, Payment, WithdrawnMeal
from ylyx_site.meals.rules.canteens import CanteenFacts, MealFacts
from ylyx_site.rounds.models import DeliveryRound, RoundCourier, RoundStop
from ylyx_site.rounds.queries.plan import not_in_a_round
from ylyx_site.serving.kinds import HandedHow
from ylyx_site.serving.models import Handover
from ylyx_site.serving.rules.counting import Counts, count
from ylyx_site.shared import clock
from ylyx_site.welfare.models import WelfareCheck

LOOKS_AT_MONEY = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class MealNow:
    """A meal of today or of tomorrow, how it stands, and until when it can be ordered."""

    day: date
    meal: Meal
    facts: MealFacts
    counts: Counts
    to_deliver: int
    cutoff: datetime


@dataclass(frozen=True, slots=True)
class Morning:
    """`meals` of today, `next_cutoff` the first still to come; the rest is how many of each.

    `withdrawn` and `refunds` are days and codes by which the page is reached where it is done.
    """

    meals: list[MealNow]
    next_cutoff: MealNow | None
    checks: int
    rounds_alone: list[str]
    without_round: int
    withdrawn: list[tuple[date, Meal, int]]
    refunds: list[tuple[str, int]]
    unpublished: list[date] = field(default_factory=list)


def morning_of(session: Session, canteen: CanteenFacts, now: datetime) -> Morning:
    """How the day stands; about ten queries, however many eat."""
    today = clock.day_of(now)
    days = [today, today + timedelta(days=1), today + timedelta(days=2)]
    coming = _meals(session, canteen, days)
    ahead = [one for one in coming if one.cutoff > now]
    return Morning(
        meals=[one for one in coming if one.day == today],
        next_cutoff=min(ahead, key=lambda one: one.cutoff, default=None),
        checks=_open_checks(session, canteen.id),
        rounds_alone=_rounds_without_courier(session, canteen.id),
        without_round=not_in_a_round(session, canteen.id, days[:2]),
        withdrawn=_not_answered(session, canteen.id, today),
        refunds=_refunds(session, canteen.id, today),
        unpublished=_unpublished(session, canteen, today),
    )


def _meals(session: Session, canteen: CanteenFacts, days: list[date]) -> list[MealNow]:
    rows = session.execute(
        sa.select(
            OrderedMeal.day, OrderedMeal.meal, OrderedMeal.serving, Handover.how, sa.func.count()
        )
        .outerjoin(Handover, Handover.ordered_meal_id == OrderedMeal.id)
        .where(
            OrderedMeal.facility_id == canteen.id, OrderedMeal.day.in_(days),
            OrderedMeal.state == MealState.ORDERED,
        )
        .group_by(OrderedMeal.day, OrderedMeal.meal, OrderedMeal.serving, Handover.how)
    )  # fmt: skip
    found: dict[tuple[date, Meal], list[tuple[HandedHow | None, Serving]]] = defaultdict(list)
    for day, meal, serving, how, times in rows:
        found[day, meal] += [(how, serving)] * times
    return [
        MealNow(
            day, one.meal, one, count(found[day, one.meal]),
            sum(how is None and way is Serving.DELIVERY for how, way in found[day, one.meal]),
            clock.instant_at(*one.cutoff_on(day)),
        )
        for day in days
        for one in canteen.meals.values()
    ]  # fmt: skip


def _open_checks(session: Session, facility_id: int) -> int:
    return session.scalar(
        sa.select(sa.func.count(WelfareCheck.id)).where(
            WelfareCheck.facility_id == facility_id, WelfareCheck.ended_at.is_(None)
        )
    ) or 0  # fmt: skip


def _rounds_without_courier(session: Session, facility_id: int) -> list[str]:
    """Names of rounds that have stops and nobody who goes them."""
    rows = session.scalars(
        sa.select(DeliveryRound.name)
        .where(
            DeliveryRound.facility_id == facility_id,
            DeliveryRound.ended_at.is_(None),
            sa.exists().where(RoundStop.round_id == DeliveryRound.id),
            ~sa.exists().where(RoundCourier.round_id == DeliveryRound.id),
        )
        .order_by(DeliveryRound.name)
    )
    return list(rows)


def _not_answered(session: Session, facility_id: int, today: date) -> list[tuple[date, Meal, int]]:
    """Meals taken back whose families have neither moved nor declined, by day and meal."""
    rows = session.execute(
        sa.select(OrderedMeal.day, OrderedMeal.meal, sa.func.count())
        .join(WithdrawnMeal, WithdrawnMeal.meal_id == OrderedMeal.id)
        .where(
            OrderedMeal.facility_id == facility_id,
            OrderedMeal.day >= today,
            WithdrawnMeal.moved_to.is_(None),
            WithdrawnMeal.declined_at.is_(None),
        )
        .group_by(OrderedMeal.day, OrderedMeal.meal)
        .order_by(OrderedMeal.day, as_of_the_day(OrderedMeal.meal))
    )
    return [(day, meal, number) for day, meal, number in rows]


def _refunds(session: Session, facility_id: int, today: date) -> list[tuple[str, int]]:
    """Orders with ended meals of which money is still kept: code and fen."""
    kept = sa.func.sum(Payment.fen)
    rows = session.execute(
        sa.select(MealOrder.code, kept)
        .join(OrderedMeal, OrderedMeal.order_id == MealOrder.id)
        .join(Payment, Payment.meal_id == OrderedMeal.id)
        .where(
            OrderedMeal.facility_id == facility_id,
            OrderedMeal.day >= today - LOOKS_AT_MONEY,
            OrderedMeal.state != MealState.ORDERED,
        )
        .group_by(MealOrder.code)
        .having(kept > 0)
        .order_by(MealOrder.code)
    )
    return [(code, int(fen)) for code, fen in rows]


def _unpublished(session: Session, canteen: CanteenFacts, today: date) -> list[date]:
    """Days of next week on which the kitchen opens and has no menu that families see."""
    if canteen.kitchen_id != canteen.id:
        return []
    first = today + timedelta(days=7 - today.weekday())
    last = first + timedelta(days=6)
    opening = opening_on(session, [canteen.id], first, last, working_calendar(session, first, last))
    there = set(session.scalars(
        sa.select(MenuDay.day).where(
            MenuDay.facility_id == canteen.id, MenuDay.day.between(first, last),
            MenuDay.published_at.is_not(None), MenuDay.withdrawn_at.is_(None),
        )
    ))  # fmt: skip
    return sorted(
        one.day for one in opening.values() if one.span is not None and one.day not in there
    )

"""A meal that nobody has fetched when serving is over opens a check."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.journal.service import note
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import MealTerms, OrderedMeal
from ylyx_site.shared import clock
from ylyx_site.shared.db import on_conflict
from ylyx_site.welfare.kinds import Why
from ylyx_site.welfare.models import WelfareCheck, WelfareTerms
from ylyx_site.welfare.rules.checking import MISSED_AFTER
from ylyx_site.welfare.rules.wishes import TermsWish
from ylyx_site.welfare.service.checks import open_check

BATCH = 50
DAY = timedelta(days=1)


def open_missed(session: Session, now: datetime) -> int:
    """Open checks for up to fifty meals that were not collected in time; returns how many.

    For the worker. Of today, and of yesterday for a worker that stood still over night. A meal that
    has had a check, an ended one too, gets no second one from here.
    """
    today = clock.day_of(now)
    late = [*_over(session, today, clock.minute_of(now)), *_over(session, today - DAY, None)]
    opened = 0
    for meal_id, person_id, facility_id in _missed(session, late) if late else ():
        opened += open_check(
            session, person_id=person_id, meal_id=meal_id, facility_id=facility_id,
            why=Why.NOT_COLLECTED, now=now,
        ) is not None  # fmt: skip
    return opened


def set_terms(session: Session, wish: TermsWish, *, actor_id: int, now: datetime) -> None:
    """Keep how many minutes after serving a meal of this canteen counts as not collected."""
    insert = on_conflict(session, WelfareTerms).values(
        facility_id=wish.facility_id, missed_after_minutes=wish.minutes
    )
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["facility_id"],
            set_={"missed_after_minutes": insert.excluded.missed_after_minutes},
        )
    )
    note(
        session, "welfare.terms_set", f"facility:{wish.facility_id}", actor_id=actor_id,
        facility_id=wish.facility_id, now=now, detail=str(wish.minutes),
    )  # fmt: skip


def _over(session: Session, day: date, minute: int | None) -> list[tuple[int, date, Meal]]:
    """(canteen, day, meal) whose time is over at this minute; None: the day itself is."""
    minutes = sa.func.coalesce(WelfareTerms.missed_after_minutes, MISSED_AFTER)
    rows = session.execute(
        sa.select(MealTerms.facility_id, MealTerms.meal)
        .outerjoin(WelfareTerms, WelfareTerms.facility_id == MealTerms.facility_id)
        .where(sa.true() if minute is None else MealTerms.serves_to + minutes <= minute)
    )
    return [(facility_id, day, meal) for facility_id, meal in rows]


def _missed(session: Session, late: list[tuple[int, date, Meal]]) -> list[tuple[int, int, int]]:
    """(meal, person, canteen) of what was ordered and neither handed over nor ever checked."""
    by_day_and_meal: dict[tuple[date, Meal], list[int]] = {}
    for facility_id, day, meal in late:
        by_day_and_meal.setdefault((day, meal), []).append(facility_id)
    checked = sa.exists().where(
        WelfareCheck.person_id == OrderedMeal.person_id,
        WelfareCheck.day == OrderedMeal.day,
        WelfareCheck.meal == OrderedMeal.meal,
    )
    rows = session.execute(
        sa.select(OrderedMeal.id, OrderedMeal.person_id, OrderedMeal.facility_id)
        .where(
            OrderedMeal.state == MealState.ORDERED,
            OrderedMeal.handed_at.is_(None),
            ~checked,
            sa.or_(*(
                sa.and_(
                    OrderedMeal.day == day,
                    OrderedMeal.meal == meal,
                    OrderedMeal.facility_id.in_(facility_ids),
                )
                for (day, meal), facility_ids in by_day_and_meal.items()
            )),
        )
        .order_by(OrderedMeal.id)
        .limit(BATCH)
    )  # fmt: skip
    return [(row.id, row.person_id, row.facility_id) for row in rows]

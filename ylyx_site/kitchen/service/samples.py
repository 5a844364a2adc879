"""Taking samples of what was cooked, throwing them away after 48 hours, and being reminded."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.identity.models import Grant
from ylyx_site.identity.roles import Role
from ylyx_site.journal.service import note
from ylyx_site.kitchen.errors import (
    AlreadyTaken,
    NoBox,
    NoDishes,
    NotCooked,
    NotYetForty8,
    NotYetServed,
    TooLittle,
    TooWarm,
)
from ylyx_site.kitchen.models import FoodSample
from ylyx_site.kitchen.queries.samples import dishes_cooked, meals_without
from ylyx_site.kitchen.rules.samples import (
    COLDEST,
    KEPT,
    LEAST_GRAMS,
    MOST_GRAMS,
    WARMEST,
    SampleWish,
    may_dispose,
)
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.shared import clock
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.refusals import N_, NotFound

REMINDER = N_("开餐一个小时了，这一餐还没有留样记录。请现在留样并记下来。")


def take_samples(
    session: Session,
    kitchen_id: int,
    day: date,
    meal: Meal,
    wish: SampleWish,
    *,
    actor_id: int,
    now: datetime,
) -> None:
    """Write down the samples of a meal of today.

    Raises `NotYetServed` for another day, `NoDishes`, `NotCooked`, `TooLittle`, `NoBox`,
    `TooWarm`, `AlreadyTaken`.
    """
    if day != clock.day_of(now):
        raise NotYetServed
    _refuse_bad(wish, {number for number, _name in dishes_cooked(session, kitchen_id, day, meal)})
    rows = [
        {
            "facility_id": kitchen_id, "day": day, "meal": meal, "dish_id": dish_id,
            "grams": grams, "tenths": wish.tenths, "box": box, "taken_at": now,
            "taken_by": actor_id,
        }
        for dish_id, grams, box in wish.dishes
    ]  # fmt: skip
    insert = on_conflict(session, FoodSample).values(rows).on_conflict_do_nothing()
    taken = session.scalars(insert.returning(FoodSample.dish_id)).all()
    if len(taken) < len(rows):
        raise AlreadyTaken
    note(
        session, "kitchen.samples_taken", f"meal:{kitchen_id}:{day}:{meal.value}",
        actor_id=actor_id, now=now, facility_id=kitchen_id, detail=f"{len(rows)}",
    )  # fmt: skip


def dispose(
    session: Session, kitchen_id: int, sample_id: int, *, actor_id: int, now: datetime
) -> None:
    """Write down that a sample was thrown away. Raises `NotFound`, `NotYetForty8`."""
    row = session.get(FoodSample, sample_id, populate_existing=True)
    if row is None or row.facility_id != kitchen_id:
        raise NotFound
    if not may_dispose(row.taken_at, now):
        raise NotYetForty8
    _dispose(session, (FoodSample.id == sample_id,), kitchen_id, actor_id, now)


def dispose_due(session: Session, kitchen_id: int, *, actor_id: int, now: datetime) -> int:
    """Write down that all whose 48 hours are over were thrown away; returns how many."""
    due = (FoodSample.facility_id == kitchen_id, FoodSample.taken_at <= now - KEPT)
    return _dispose(session, due, kitchen_id, actor_id, now)


def remind_of_samples(session: Session, now: datetime) -> int:
    """Tell managers and clerks once of each meal that is served for an hour without a sample."""
    day = clock.day_of(now)
    for kitchen_id, meal in meals_without(session, day, clock.minute_of(now)):
        key = f"samples:{kitchen_id}:{day}:{meal.value}"
        link = f"/desk/kitchen/samples?meal={meal.value}"
        news = News(NoticeKind.FROM_STAFF, REMINDER, {}, link, key, key)
        plan(session, _who_serves(session, kitchen_id), news, now=now)
    return 0


def _who_serves(session: Session, kitchen_id: int) -> set[int]:
    rows = session.scalars(
        sa.select(Grant.account_id).where(
            Grant.facility_id == kitchen_id,
            Grant.role.in_([Role.CANTEEN_MANAGER, Role.CLERK]),
            Grant.ended_at.is_(None),
        )
    )
    return set(rows)


def _refuse_bad(wish: SampleWish, cooked: set[int]) -> None:
    if not wish.dishes:
        raise NoDishes
    for dish_id, grams, box in wish.dishes:
        if dish_id not in cooked:
            raise NotCooked
        if not LEAST_GRAMS <= grams <= MOST_GRAMS:
            raise TooLittle
        if not box:
            raise NoBox
    if not COLDEST <= wish.tenths <= WARMEST:
        raise TooWarm


def _dispose(
    session: Session,
    which: tuple[sa.ColumnElement[bool], ...],
    kitchen_id: int,
    actor_id: int,
    now: datetime,
) -> int:
    gone = session.scalars(
        sa.update(FoodSample)
        .where(*which, FoodSample.disposed_at.is_(None))
        .values(disposed_at=now, disposed_by=actor_id)
        .returning(FoodSample.id)
        .execution_options(synchronize_session=False)
    ).all()
    for sample_id in sorted(gone):
        note(
            session, "kitchen.sample_disposed", f"sample:{sample_id}", actor_id=actor_id, now=now,
            facility_id=kitchen_id,
        )  # fmt: skip
    return len(gone)

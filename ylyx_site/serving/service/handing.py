"""A meal reaches its person once, whoever hands it over; and the slip of a finger taken back."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.identity.models import Account
from ylyx_site.journal.service import note
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.serving.errors import (
    AlreadyHanded,
    MealEnded,
    NothingToUndo,
    NotItsDay,
    TooOldToEnter,
    UndoOver,
)
from ylyx_site.serving.kinds import SERVED, HandedHow, Means
from ylyx_site.serving.models import Handover, HandoverUndone
from ylyx_site.serving.rules.late import ENTERED_WITHIN, may_enter
from ylyx_site.serving.rules.undoing import may_undo
from ylyx_site.serving.service.money import give_back_tap
from ylyx_site.serving.service.people import follow, follow_undo
from ylyx_site.shared import clock
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Handed:
    """How a meal stands: `is_new` when this call did it, else who was first and when."""

    meal_id: int
    how: HandedHow
    at: datetime
    by_id: int
    is_new: bool


def hand_over(
    session: Session,
    meal_id: int,
    how: HandedHow,
    *,
    facility_id: int,
    actor_id: int,
    now: datetime,
    means: Means = Means.TAP,
    step: str | None = None,
    late_reason: str = "",
    since: datetime | None = None,
) -> Handed:
    """Write down how a meal of this canteen reached its person, or that nobody was there.

    Again with the same result changes nothing and answers who did it and when. `NOBODY` gives way
    to a later result, never the other way round. Two at once: one does it, the other is told.
    With `late_reason` a meal of an earlier day is entered, marked by it; who may is the caller's.
    `since`: when it was so, if that is told only now: a check on the person counts from then.
    Raises `NotFound` for a meal of another canteen, `MealEnded`, `NotItsDay`, `TooOldToEnter`,
    `AlreadyHanded`.
    """
    meal = meal_of_canteen(session, facility_id, meal_id)
    is_late = _check_day(meal, clock.day_of(now), late_reason)
    new = Handover(
        ordered_meal_id=meal_id, facility_id=facility_id, day=meal.day, how=how, means=means,
        at=now, by_id=actor_id, step=step, price_fen=price_of(meal) if how in SERVED else None,
        late_reason=late_reason if is_late or since else "",
    )  # fmt: skip
    done = _serve(session, new) if how in SERVED else _miss(session, new)
    if not done:
        return _first(session, meal, how)
    note(
        session, "serving.handed", f"meal:{meal_id}", actor_id=actor_id, now=now,
        facility_id=facility_id, detail=f"{how.value} {means.value}{' late' if is_late else ''}",
    )  # fmt: skip
    follow(session, meal, how, actor_id=actor_id, now=now, since=since or now)
    return Handed(meal_id, how, now, actor_id, is_new=True)


def undo(
    session: Session,
    meal_id: int,
    *,
    facility_id: int,
    actor_id: int,
    now: datetime,
    is_manager: bool = False,
) -> None:
    """Take back what was written down: by anybody here for ten minutes, by the manager later too.

    What was paid with the tap is set right by a receipt; a `nobody` that it replaced comes back.
    Raises `NotFound`, `NothingToUndo`, `UndoOver`.
    """
    meal = meal_of_canteen(session, facility_id, meal_id)
    last = session.get(Handover, meal_id, populate_existing=True)
    if last is None:
        raise NothingToUndo
    session.expunge(last)
    if not may_undo(last.at, now, is_manager=is_manager):
        raise UndoOver
    if not _take_back(session, last):
        raise NothingToUndo
    give_back_tap(session, meal, last.taken_fen, actor_id=actor_id, now=now)
    session.add(
        HandoverUndone(
            ordered_meal_id=meal_id, facility_id=facility_id, day=last.day, how=last.how,
            handed_by=last.by_id, undone_at=now, undone_by=actor_id,
        )
    )  # fmt: skip
    session.flush()
    follow_undo(session, last, actor_id=actor_id, now=now)
    note(
        session, "serving.undone", f"meal:{meal_id}", actor_id=actor_id, now=now,
        facility_id=facility_id, detail=f"{last.how.value} by {last.by_id}",
    )  # fmt: skip


def meal_of_canteen(session: Session, facility_id: int, meal_id: int) -> OrderedMeal:
    """A meal ordered at this canteen, as it stands now; raises `NotFound`."""
    meal = session.get(OrderedMeal, meal_id, populate_existing=True)
    if meal is None or meal.facility_id != facility_id:
        raise NotFound
    return meal


def price_of(meal: OrderedMeal) -> int:
    """What the person pays."""
    return meal.goods_fen + meal.fee_fen - meal.benefit_fen


def _check_day(meal: OrderedMeal, today: date, late_reason: str) -> bool:
    """Whether it is entered on a later day; refuses where it cannot be."""
    if meal.day == today:
        return False
    if not late_reason:
        raise NotItsDay
    if not may_enter(meal.day, today):
        raise TooOldToEnter(most=ENTERED_WITHIN.days)
    return True


def _serve(session: Session, new: Handover) -> bool:
    """The meal's own row says who comes first, against a cancellation too."""
    won = session.scalar(
        sa.update(OrderedMeal)
        .where(
            OrderedMeal.id == new.ordered_meal_id,
            OrderedMeal.state == MealState.ORDERED,
            OrderedMeal.handed_at.is_(None),
        )
        .values(handed_at=new.at)
        .returning(OrderedMeal.id)
        .execution_options(synchronize_session=False)
    )
    if won is None:
        return False
    values = _values(new)
    session.execute(
        on_conflict(session, Handover)
        .values(**values, was_nobody=False)
        .on_conflict_do_update(
            index_elements=["ordered_meal_id"],
            set_={**values, "was_nobody": True},
            where=Handover.how == HandedHow.NOBODY,
        )
    )
    return True


def _miss(session: Session, new: Handover) -> bool:
    """Nobody was there: only where nothing is written down, and the meal was to be brought."""
    state = session.scalar(
        sa.update(OrderedMeal)  # a lock: whoever cancels or serves at once is seen
        .where(
            OrderedMeal.id == new.ordered_meal_id,
            OrderedMeal.state == MealState.ORDERED,
            OrderedMeal.handed_at.is_(None),
        )
        .values(handed_at=None)
        .returning(OrderedMeal.id)
        .execution_options(synchronize_session=False)
    )
    if state is None:
        return False
    row = session.scalar(
        on_conflict(session, Handover)
        .values(**_values(new), was_nobody=False)
        .on_conflict_do_nothing()
        .returning(Handover.ordered_meal_id)
    )
    return row is not None


def _values(new: Handover) -> dict[str, object]:
    return {
        "ordered_meal_id": new.ordered_meal_id, "facility_id": new.facility_id, "day": new.day,
        "how": new.how, "means": new.means, "at": new.at, "by_id": new.by_id, "step": new.step,
        "price_fen": new.price_fen, "taken_fen": 0, "late_reason": new.late_reason,
    }  # fmt: skip


def _first(session: Session, meal: OrderedMeal, how: HandedHow) -> Handed:
    """Who was first; refuses when something else is written down, or the meal has ended."""
    row = session.execute(
        sa.select(Handover.how, Handover.at, Handover.by_id, Account.name)
        .join(Account, Account.id == Handover.by_id)
        .where(Handover.ordered_meal_id == meal.id)
    ).first()
    if row is None:
        raise MealEnded
    if row.how != how:
        raise AlreadyHanded(time=f"{clock.local(row.at):%H:%M}", who=row.name)
    return Handed(meal.id, row.how, row.at, row.by_id, is_new=False)


def _take_back(session: Session, last: Handover) -> bool:
    """Whoever comes second finds it undone."""
    its_own = (Handover.ordered_meal_id == last.ordered_meal_id, Handover.at == last.at)
    if last.was_nobody:
        statement = (
            sa.update(Handover)
            .where(*its_own)
            .values(
                how=HandedHow.NOBODY, price_fen=None, taken_fen=0, was_nobody=False, late_reason=""
            )
            .returning(Handover.ordered_meal_id)
        )
        undone = session.scalar(statement.execution_options(synchronize_session=False))
    else:
        undone = session.scalar(
            sa.delete(Handover)
            .where(*its_own)
            .returning(Handover.ordered_meal_id)
            .execution_options(synchronize_session=False)
        )
    session.execute(
        sa.update(OrderedMeal)
        .where(OrderedMeal.id == last.ordered_meal_id)
        .values(handed_at=None)
        .execution_options(synchronize_session=False)
    )
    return undone is not None

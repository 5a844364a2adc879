"""Opening a check and ending it, by hand or because the meal arrived after all."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.shared import vault
from ylyx_site.shared.db import on_conflict
from ylyx_site.welfare.errors import CheckOver
from ylyx_site.welfare.kinds import Outcome, Why
from ylyx_site.welfare.models import WelfareCheck
from ylyx_site.welfare.queries.checks import check_of, steps_of
from ylyx_site.welfare.rules.checking import check_outcome
from ylyx_site.welfare.rules.wishes import Author, OutcomeWish
from ylyx_site.welfare.service.news import tell_end


def open_check(
    session: Session,
    *,
    person_id: int,
    meal_id: int,
    facility_id: int,
    why: Why,
    now: datetime,
    by_id: int | None = None,
    since: datetime | None = None,
) -> int | None:
    """Open a check; returns its number, or None when one is open for this person and meal.

    `by_id` is who found nobody, None for the sweep; `since` when, if it is told only now. Of two at
    once one opens it.
    """
    day, meal = session.execute(
        sa.select(OrderedMeal.day, OrderedMeal.meal).where(OrderedMeal.id == meal_id)
    ).one()
    insert = on_conflict(session, WelfareCheck).values(
        facility_id=facility_id, person_id=person_id, meal_id=meal_id, day=day, meal=meal,
        why=why, opened_at=since or now, opened_by=by_id,
    )  # fmt: skip
    check_id: int | None = session.scalar(
        insert.on_conflict_do_nothing().returning(WelfareCheck.id)
    )
    if check_id is not None:
        note(
            session, "welfare.opened", f"welfare_check:{check_id}", actor_id=by_id,
            facility_id=facility_id, now=now, detail=why.value,
        )  # fmt: skip
    return check_id


def close_by_collection(
    session: Session, meal_id: int, *, now: datetime, by_id: int | None = None
) -> bool:
    """The meal reached its person: its open check ends by itself. Returns whether there was one."""
    return _end_by_itself(session, meal_id, Outcome.COLLECTED, now, by_id)


def take_back(session: Session, meal_id: int, *, now: datetime, by_id: int | None = None) -> bool:
    """The tap that told of nobody was a mistake: the open check that it opened ends as one."""
    return _end_by_itself(session, meal_id, Outcome.MISTAKE, now, by_id)


def reopen(session: Session, meal_id: int, *, now: datetime, by_id: int | None = None) -> bool:
    """The collection that ended a check was a mistake: the check goes on as it stood.

    Only the latest check of the person's meal, and only when collection ended it. Returns whether
    it did.
    """
    latest = (
        sa.select(sa.func.max(WelfareCheck.id)).where(_of_meal(meal_id)).scalar_subquery()
    )  # fmt: skip
    reopened = session.scalars(
        sa.update(WelfareCheck)
        .where(WelfareCheck.id == latest, WelfareCheck.outcome == Outcome.COLLECTED)
        .values(ended_at=None, ended_by=None, outcome=None)
        .returning(WelfareCheck)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).all()
    for check in reopened:
        _note(session, "reopened", check, now, by_id)
    return bool(reopened)


def end_check(session: Session, check_id: int, wish: OutcomeWish, author: Author) -> None:
    """End a check of this canteen by hand.

    Raises `NotFound` for another canteen's, `CheckOver`, `NobodyReachedYet`, `WordsMissing`.
    """
    check = check_of(session, author.facility_id, check_id)
    check_outcome(wish, (one.reached for one in steps_of(session, [check_id])))
    words = vault.seal(wish.words) if wish.words else None
    ended = _end(
        session, WelfareCheck.id == check_id, wish.outcome, author.now,
        ended_by=author.actor_id, words_sealed=words,
    )  # fmt: skip
    if not ended:
        raise CheckOver
    if check.escalated_at is not None:
        tell_end(session, check, wish.outcome, author.now)


def _of_meal(meal_id: int) -> sa.ColumnElement[bool]:
    """Of the person's meal of that day, whichever of two orders it was opened for."""
    this = sa.select(OrderedMeal.person_id, OrderedMeal.day, OrderedMeal.meal).where(
        OrderedMeal.id == meal_id
    )
    return sa.tuple_(WelfareCheck.person_id, WelfareCheck.day, WelfareCheck.meal).in_(this)


def _end_by_itself(
    session: Session, meal_id: int, outcome: Outcome, now: datetime, by_id: int | None
) -> bool:
    ended = _end(session, _of_meal(meal_id), outcome, now, ended_by=by_id)
    for check in ended:
        if check.escalated_at is not None:
            tell_end(session, check, outcome, now)
    return bool(ended)


def _end(
    session: Session,
    which: sa.ColumnElement[bool],
    outcome: Outcome,
    now: datetime,
    **values: Any,
) -> list[WelfareCheck]:
    """End the open one; whoever comes second finds it ended."""
    ended = session.scalars(
        sa.update(WelfareCheck)
        .where(which, WelfareCheck.ended_at.is_(None))
        .values(ended_at=now, outcome=outcome, **values)
        .returning(WelfareCheck)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).all()
    for check in ended:
        _note(session, f"ended_{outcome.value}", check, now, check.ended_by)
    return list(ended)


def _note(
    session: Session, action: str, check: WelfareCheck, now: datetime, by_id: int | None
) -> None:
    note(
        session, f"welfare.{action}", f"welfare_check:{check.id}", actor_id=by_id,
        facility_id=check.facility_id, now=now,
    )  # fmt: skip

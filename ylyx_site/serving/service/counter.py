"""What is tapped at the counter: hand over, take the money with it, a neighbour's digits."""

import hmac
import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.queries.people import acted_for
from ylyx_site.journal.service import note
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.serving.errors import NoNeighbourCode, TooLateForNeighbour, WrongNeighbourCode
from ylyx_site.serving.kinds import HandedHow, Means
from ylyx_site.serving.models import NeighbourCode
from ylyx_site.serving.rules.wishes import Author, HandWish
from ylyx_site.serving.service.handing import Handed, hand_over, meal_of_canteen
from ylyx_site.serving.service.money import take_due
from ylyx_site.shared import clock
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.vault import blind_index

MOST_TRIES = 5


def serve(session: Session, wish: HandWish, author: Author) -> Handed:
    """One tap at the counter; what is due is paid with it when the wish says so.

    Money is taken only by the tap that handed the meal over. A meal of an earlier day is entered
    by the manager alone. Raises what `hand_over` raises.
    """
    handed = hand_over(
        session, wish.meal_id, wish.how, facility_id=author.facility_id,
        actor_id=author.actor_id, now=author.now, means=wish.means, step=author.key,
        late_reason=wish.late_reason if author.is_manager else "",
    )  # fmt: skip
    if handed.is_new and wish.takes_money:
        meal = meal_of_canteen(session, author.facility_id, wish.meal_id)
        take_due(session, meal, actor_id=author.actor_id, now=author.now)
    return handed


def serve_neighbour(session: Session, wish: HandWish, digits: str, author: Author) -> Handed | None:
    """Hand a meal to the neighbour who says the six digits; None, with the try counted, when wrong.

    Raises `NoNeighbourCode` without one, used or tried five times, and what `hand_over` raises.
    """
    meal_of_canteen(session, author.facility_id, wish.meal_id)
    tried = session.execute(
        sa.update(NeighbourCode)
        .where(
            NeighbourCode.ordered_meal_id == wish.meal_id,
            NeighbourCode.used_at.is_(None),
            NeighbourCode.tries < MOST_TRIES,
        )
        .values(tries=NeighbourCode.tries + 1)
        .returning(NeighbourCode.seed)
        .execution_options(synchronize_session=False)
    ).first()
    if tried is None:
        raise NoNeighbourCode
    if not hmac.compare_digest(digits_of(tried.seed), digits):
        return None
    session.execute(
        sa.update(NeighbourCode)
        .where(NeighbourCode.ordered_meal_id == wish.meal_id)
        .values(used_at=author.now)
        .execution_options(synchronize_session=False)
    )
    return serve(session, wish, author)


def tries_left(session: Session, meal_id: int) -> int:
    """How often a neighbour may still try."""
    tries = session.scalar(
        sa.select(NeighbourCode.tries).where(NeighbourCode.ordered_meal_id == meal_id)
    )
    return 0 if tries is None else max(0, MOST_TRIES - tries)


def refuse_wrong_digits(session: Session, meal_id: int) -> None:
    """Say after the commit of a wrong try how many are left."""
    left = tries_left(session, meal_id)
    if not left:
        raise NoNeighbourCode
    raise WrongNeighbourCode(left=left)


def new_neighbour_code(session: Session, meal_id: int, *, actor_id: int, now: datetime) -> None:
    """Give the family six digits for one of its meals; an earlier code is void.

    Raises `NotFound` for others' meals, `TooLateForNeighbour` for one that is over or handed over.
    """
    meal = session.scalar(
        sa.select(OrderedMeal)
        .where(OrderedMeal.id == meal_id, OrderedMeal.person_id.in_(acted_for(actor_id)))
        .execution_options(populate_existing=True)
    )
    if meal is None:
        raise NotFound
    is_over = meal.day < clock.day_of(now)
    if is_over or meal.handed_at is not None or meal.state is not MealState.ORDERED:
        raise TooLateForNeighbour
    fresh = {"seed": secrets.token_hex(16), "made_by": actor_id, "made_at": now, "tries": 0,
             "used_at": None}  # fmt: skip
    session.execute(
        on_conflict(session, NeighbourCode)
        .values(ordered_meal_id=meal_id, **fresh)
        .on_conflict_do_update(index_elements=["ordered_meal_id"], set_=fresh)
    )
    note(
        session, "serving.neighbour_code_made", f"meal:{meal_id}", actor_id=actor_id, now=now,
        facility_id=meal.facility_id,
    )  # fmt: skip


def digits_of(seed: str) -> str:
    """The six digits of a code."""
    return f"{int(blind_index(f'neighbour:{seed}')[:15], 16) % 1_000_000:06d}"


NEIGHBOUR = (HandedHow.NEIGHBOUR, Means.NEIGHBOUR_CODE)

"""Money that changes hands with the tap at the counter, through the receipts of meals."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.meals.kinds import PaymentKind
from ylyx_site.meals.models import MealOrder, OrderedMeal
from ylyx_site.meals.queries.payments import meals_of_code
from ylyx_site.meals.rules.wishes import PaymentWish
from ylyx_site.meals.service.payments import record
from ylyx_site.serving.models import Handover

UNDONE = "取餐撤销，退回"  # stands on the receipt, which is in the canteen's language


def take_due(session: Session, meal: OrderedMeal, *, actor_id: int, now: datetime) -> int:
    """Record what is still due as paid: from money ahead where it suffices, else at the counter.

    Returns the fen taken over the counter; 0 when nothing is due or money ahead paid it.
    """
    code = code_of(session, meal)
    account = next(
        one.account for one in meals_of_code(session, meal.facility_id, code)
        if one.meal_id == meal.id
    )  # fmt: skip
    if not account.due_fen:
        return 0
    is_ahead = account.balance_fen >= account.due_fen
    kind = PaymentKind.PREPAID if is_ahead else PaymentKind.ON_COLLECTION
    wish = PaymentWish(kind, account.due_fen, meal_id=meal.id)
    record(session, meal.facility_id, code, wish, actor_id=actor_id, now=now)
    session.execute(
        sa.update(Handover)
        .where(Handover.ordered_meal_id == meal.id)
        .values(taken_fen=0 if is_ahead else account.due_fen)
        .execution_options(synchronize_session=False)
    )
    return 0 if is_ahead else account.due_fen


def give_back_tap(
    session: Session, meal: OrderedMeal, fen: int, *, actor_id: int, now: datetime
) -> None:
    """What was paid with a tap that is taken back: a receipt downwards, never a deletion."""
    if not fen:
        return
    wish = PaymentWish(
        PaymentKind.CORRECTION, fen, meal_id=meal.id, note=UNDONE, is_downward=True
    )  # fmt: skip
    code = code_of(session, meal)
    record(session, meal.facility_id, code, wish, actor_id=actor_id, now=now)


def code_of(session: Session, meal: OrderedMeal) -> str:
    """The code of the order that the meal is in."""
    found = session.scalar(sa.select(MealOrder.code).where(MealOrder.id == meal.order_id))
    assert found is not None  # noqa: S101 the foreign key has seen to it
    return found

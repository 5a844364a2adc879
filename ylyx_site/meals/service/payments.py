"""Recording money: receipts are added under the next number, and never changed."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.meals.models import Payment
from ylyx_site.meals.queries.payments import meals_of_code
from ylyx_site.meals.rules.payments import signed_fen
from ylyx_site.meals.rules.wishes import PaymentWish
from ylyx_site.shared.receipts import next_number, one_at_a_time
from ylyx_site.shared.refusals import NotFound


def record(
    session: Session,
    facility_id: int,
    code: str,
    wish: PaymentWish,
    *,
    actor_id: int,
    now: datetime,
) -> int:
    """Record what was paid or given back for an order of this canteen; returns the receipt number.

    Raises `NotFound` for an order, a meal or a person of another canteen's, and what
    `rules.payments.signed_fen` raises. Two clerks at once: one after the other.
    """
    one_at_a_time(session, facility_id)
    meals = meals_of_code(session, facility_id, code)
    chosen = next(
        (
            one
            for one in meals
            if wish.meal_id in (None, one.meal_id) and wish.person_id in (None, one.person_id)
        ),
        None,
    )
    if chosen is None:
        raise NotFound
    fen = signed_fen(wish, chosen.account)
    number = next_number(session, Payment, facility_id)
    session.add(
        Payment(
            facility_id=facility_id, number=number, meal_id=wish.meal_id,
            person_id=chosen.person_id, month=wish.month or f"{chosen.day:%Y-%m}", fen=fen,
            kind=wish.kind, note=wish.note, recorded_by=actor_id, recorded_at=now,
        )
    )  # fmt: skip
    session.flush()
    note(
        session, "meals.payment_recorded", f"receipt:{facility_id}-{number}", actor_id=actor_id,
        now=now, facility_id=facility_id, detail=f"{code} {wish.kind.value} {fen}",
    )  # fmt: skip
    return number

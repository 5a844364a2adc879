"""The card of an elder without a telephone."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.serving.models import EaterCard
from ylyx_site.serving.queries.finding import CARD
from ylyx_site.serving.service.handing import meal_of_canteen
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.identifiers import public_code


def new_card(
    session: Session, meal_id: int, *, facility_id: int, actor_id: int, now: datetime
) -> None:
    """Give whoever eats this meal a card; a card that was lost opens nothing any more.

    Raises `NotFound` for a meal of another canteen.
    """
    meal = meal_of_canteen(session, facility_id, meal_id)
    card_for(session, meal.person_id, facility_id=facility_id, actor_id=actor_id, now=now)


def card_for(
    session: Session, person_id: int, *, facility_id: int | None, actor_id: int, now: datetime
) -> str:
    """A card for somebody whom the caller has fetched, in place of an earlier one; its code."""
    code = public_code(CARD)
    fresh = {"code": code, "made_by": actor_id, "made_at": now}
    session.execute(
        on_conflict(session, EaterCard)
        .values(person_id=person_id, **fresh)
        .on_conflict_do_update(index_elements=["person_id"], set_=fresh)
    )
    note(
        session, "serving.card_made", f"person:{person_id}", actor_id=actor_id, now=now,
        facility_id=facility_id,
    )  # fmt: skip
    return code

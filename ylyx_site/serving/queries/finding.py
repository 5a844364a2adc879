"""Codes that somebody shows at the counter."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.families.models import Person
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import MealOrder, OrderedMeal
from ylyx_site.serving.models import EaterCard
from ylyx_site.shared.identifiers import BadIdentifier, code_from_text

CARD = 8  # letters and digits of a card; an order's code has six


@dataclass(frozen=True, slots=True)
class OtherMeal:
    """A meal of the code that was shown, on another day or of another time."""

    name: str
    day: date
    meal: Meal
    state: MealState


def person_of_card(session: Session, text: str) -> int | None:
    """Whose card it is; None for anything that is no card."""
    code = _code(text, CARD)
    if code is None:
        return None
    return session.scalar(sa.select(EaterCard.person_id).where(EaterCard.code == code))


def card_of(session: Session, person_id: int) -> EaterCard | None:
    """The card of a person."""
    return session.get(EaterCard, person_id, populate_existing=True)


def elsewhere(session: Session, facility_id: int, text: str, today: date) -> list[OtherMeal]:
    """The meals here, from a day on, of an order whose code is not on the list; up to five."""
    code = _code(text, 6)
    if code is None:
        return []
    rows = session.execute(
        sa.select(Person.name, OrderedMeal.day, OrderedMeal.meal, OrderedMeal.state)
        .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
        .join(Person, Person.id == OrderedMeal.person_id)
        .where(
            MealOrder.code == code, OrderedMeal.facility_id == facility_id, OrderedMeal.day >= today
        )
        .order_by(OrderedMeal.day, OrderedMeal.id)
        .limit(5)
    )
    return [OtherMeal(*row) for row in rows]


def _code(text: str, length: int) -> str | None:
    try:
        return code_from_text(text, length)
    except BadIdentifier:
        return None

"""What families are told of a meal: it reached its person, how and when, or nobody was there."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.meals.outcomes import Outcome
from ylyx_site.serving.models import Handover
from ylyx_site.serving.words import FOR_FAMILIES


def outcomes(session: Session, meal_ids: Collection[int]) -> dict[int, Outcome]:
    """By meal; one query."""
    rows = session.execute(
        sa.select(Handover.ordered_meal_id, Handover.how, Handover.at).where(
            Handover.ordered_meal_id.in_(meal_ids)
        )
    )
    return {
        meal_id: Outcome(str(words), icon, colour, at)
        for meal_id, how, at in rows
        for words, icon, colour in (FOR_FAMILIES[how],)
    }

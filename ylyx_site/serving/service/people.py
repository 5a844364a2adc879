"""Nobody at the door opens a check on the person; a meal that is fetched after all closes it."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.meals.models import OrderedMeal
from ylyx_site.serving.kinds import HandedHow
from ylyx_site.serving.models import Handover
from ylyx_site.welfare import service as welfare
from ylyx_site.welfare.kinds import Why


def follow(
    session: Session,
    meal: OrderedMeal,
    how: HandedHow,
    *,
    actor_id: int,
    now: datetime,
    since: datetime,
) -> None:
    """What a hand-over means for the person; nobody has been seen since `since`."""
    if how is HandedHow.NOBODY:
        welfare.open_check(
            session, person_id=meal.person_id, meal_id=meal.id, facility_id=meal.facility_id,
            why=Why.NOBODY, now=now, by_id=actor_id, since=since,
        )  # fmt: skip
    else:
        welfare.close_by_collection(session, meal.id, now=now, by_id=actor_id)


def follow_undo(session: Session, last: Handover, *, actor_id: int, now: datetime) -> None:
    """What it means when it is taken back: the check goes on, or it was a mistake itself."""
    if last.how is HandedHow.NOBODY:
        welfare.take_back(session, last.ordered_meal_id, now=now, by_id=actor_id)
    else:
        welfare.reopen(session, last.ordered_meal_id, now=now, by_id=actor_id)

"""A round has been gone: every stop of the meal has its result."""

from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.journal.service import note
from ylyx_site.rounds.errors import NothingToClose, StopsOpen
from ylyx_site.rounds.models import RoundClosure
from ylyx_site.rounds.queries.rounds import progress, round_of
from ylyx_site.rounds.rules.wishes import Author
from ylyx_site.shared import clock
from ylyx_site.shared.db import on_conflict


def close(session: Session, round_id: int, meal: Meal, author: Author) -> None:
    """Close today's round of a meal; again changes nothing.

    Raises `NotFound`, `NothingToClose`, `StopsOpen` with how many stops have no result.
    """
    round_of(session, author, round_id)
    today = clock.day_of(author.now)
    stands = progress(session, author.facility_id, today, meal, [round_id])[round_id]
    if not stands.stops:
        raise NothingToClose
    if stands.left:
        raise StopsOpen(num=stands.left)
    session.execute(
        on_conflict(session, RoundClosure)
        .values(
            round_id=round_id, day=today, meal=meal, closed_at=author.now,
            closed_by=author.actor_id,
        )
        .on_conflict_do_nothing()
    )  # fmt: skip
    note(
        session, "rounds.closed", f"round:{round_id}", actor_id=author.actor_id,
        facility_id=author.facility_id, now=author.now, detail=f"{today} {meal.value}",
    )  # fmt: skip

"""One tap at a stop: handed over, nobody, a neighbour, and back again."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.rounds.errors import OldTap, RoundIsClosed
from ylyx_site.rounds.kinds import Tap
from ylyx_site.rounds.models import RoundClosure, RoundStop
from ylyx_site.rounds.queries.rounds import round_of
from ylyx_site.rounds.queries.stops import Stop, stop_of
from ylyx_site.rounds.rules.wishes import Author, Run, TapWish
from ylyx_site.rounds.service.late import when_tapped
from ylyx_site.serving import service as serving
from ylyx_site.serving.kinds import HandedHow
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import NotFound

LATE = "手机没有网络，{minute} 点的，后来才收到"  # stands with the meal, as it was written
HOW = {
    Tap.DELIVERED: HandedHow.DELIVERED,
    Tap.NOBODY: HandedHow.NOBODY,
    Tap.NEIGHBOUR: HandedHow.NEIGHBOUR,
}


def tap(session: Session, wish: TapWish, author: Author) -> None:
    """Write down what came of a stop, for all that the person has of this meal.

    Again with the same result changes nothing. Raises `NotFound` for another's round and for
    somebody without a meal in it, `OldTap`, `RoundIsClosed`, and what `serving` refuses. What a
    device has kept is entered with that as its reason, if it was tapped on the day of the meal.
    """
    found_round = round_of(session, author, wish.round_id)
    run = Run(wish.round_id, author.facility_id, wish.day, wish.meal)
    found = stop_of(session, run, wish.person_id)
    if found is None:
        raise NotFound
    made = when_tapped(wish, author)
    if wish.day != clock.day_of(author.now) and (made is None or wish.tap is Tap.UNDO):
        stop = session.get_one(RoundStop, (author.facility_id, wish.person_id))
        raise OldTap(
            month=wish.day.month, day=wish.day.day, round=found_round.name, place=stop.position
        )
    if wish.tap is Tap.UNDO:
        _undo(session, found, wish, author)
    else:
        _hand_over(session, found, wish, author, made)


def _hand_over(
    session: Session, found: Stop, wish: TapWish, author: Author, made: datetime | None
) -> None:
    late_reason = LATE.format(minute=f"{clock.local(made):%H:%M}") if made else ""
    for meal_id in found.meal_ids:
        serving.hand_over(
            session, meal_id, HOW[wish.tap], facility_id=author.facility_id,
            actor_id=author.actor_id, now=author.now, late_reason=late_reason, since=made,
        )  # fmt: skip
    note(
        session, "rounds.tapped", f"round:{wish.round_id}", actor_id=author.actor_id,
        facility_id=author.facility_id, now=author.now,
        detail=f"person:{wish.person_id} {wish.tap.value} {wish.tapped_at}".strip(),
    )  # fmt: skip


def _undo(session: Session, found: Stop, wish: TapWish, author: Author) -> None:
    closure = session.get(RoundClosure, (wish.round_id, wish.day, wish.meal))
    if author.is_courier and closure is not None:
        raise RoundIsClosed
    for meal_id in found.meal_ids:
        serving.undo(
            session, meal_id, facility_id=author.facility_id, actor_id=author.actor_id,
            now=author.now, is_manager=author.is_manager,
        )  # fmt: skip

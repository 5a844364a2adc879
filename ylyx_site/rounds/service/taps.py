"""One tap at a stop: handed over, nobody, a neighbour, and back again."""

from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.rounds.errors import OldTap, RoundIsClosed
from ylyx_site.rounds.kinds import Tap
from ylyx_site.rounds.models import RoundClosure
from ylyx_site.rounds.queries.rounds import round_of
from ylyx_site.rounds.queries.stops import Stop, stop_of
from ylyx_site.rounds.rules.wishes import Author, Run, TapWish
from ylyx_site.rounds.service.late import minute_tapped
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
    device kept until a later day is entered with that as its reason, if it was tapped on the day.
    """
    round_of(session, author, wish.round_id)
    late_reason = _late_reason(wish, author)
    run = Run(wish.round_id, author.facility_id, wish.day, wish.meal)
    found = stop_of(session, run, wish.person_id)
    if found is None:
        raise NotFound
    if wish.tap is Tap.UNDO:
        _undo(session, found, wish, author)
    else:
        _hand_over(session, found, wish, author, late_reason)


def _late_reason(wish: TapWish, author: Author) -> str:
    """Empty on the day itself; raises `OldTap` for what cannot be entered any more."""
    today = clock.day_of(author.now)
    if wish.day == today:
        return ""
    minute = minute_tapped(wish.tapped_at, wish.day, today)
    if minute is None or wish.tap is Tap.UNDO:
        raise OldTap(month=wish.day.month, day=wish.day.day)
    return LATE.format(minute=minute)


def _hand_over(
    session: Session, found: Stop, wish: TapWish, author: Author, late_reason: str
) -> None:
    for meal_id in found.meal_ids:
        serving.hand_over(
            session, meal_id, HOW[wish.tap], facility_id=author.facility_id,
            actor_id=author.actor_id, now=author.now, late_reason=late_reason,
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

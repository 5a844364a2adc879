"""When a check is urgent, what comes next, when it may end, what the family is told."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from ylyx_site.welfare.errors import NobodyReachedYet, WordsMissing
from ylyx_site.welfare.kinds import Outcome, StepKind
from ylyx_site.welfare.rules.wishes import OutcomeWish

ESCALATED_AFTER = timedelta(minutes=30)
MISSED_AFTER = 30  # minutes after serving ends, where the canteen has said nothing else
LEAST_MINUTES, MOST_MINUTES = 5, 240
# After these the family is asked to call: what happened is not for a message.
ASK_TO_CALL = frozenset({Outcome.HOSPITAL, Outcome.HELPED, Outcome.OTHER})


def is_late(opened_at: datetime, now: datetime) -> bool:
    """Whether it has been open so long that the manager and the family are told."""
    return now - opened_at >= ESCALATED_AFTER


def minutes_open(opened_at: datetime, until: datetime) -> int:
    """Whole minutes, never below zero."""
    return max(0, int((until - opened_at).total_seconds() // 60))


def next_step(taken: Collection[StepKind]) -> StepKind:
    """The first that has not been tried; after the last one, the last again."""
    return next((one for one in StepKind if one not in taken), StepKind.GRID_WORKER)


def check_outcome(wish: OutcomeWish, reached: Iterable[bool]) -> None:
    """Refuse 「人没事」 while nobody was reached, and 「其他」 without a word."""
    if wish.outcome is Outcome.FINE and not any(reached):
        raise NobodyReachedYet
    if wish.outcome is Outcome.OTHER and not wish.words:
        raise WordsMissing

"""The port by which the room that hands meals over tells families what came of each."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a meal, in the reader's language, with icon and colour, and when."""

    words: str
    icon: str
    colour: str
    at: datetime


Tell = Callable[[Session, Collection[int]], dict[int, Outcome]]
_tell: list[Tell] = []


def plug_in(tell: Tell) -> None:
    """Have `tell(session, meal_ids)` asked; plugged in once."""
    _tell[:] = [tell]


def outcomes_of(session: Session, meal_ids: Collection[int]) -> dict[int, Outcome]:
    """What came of these meals, by id; what nobody has handed over is left out. One query."""
    return {number: one for tell in _tell for number, one in tell(session, meal_ids).items()}

"""The port by which the room of fees says what an absence, told now, does to the month's sum."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Return:
    """What a day costs less when the absence is told now, in fen; negative where it costs more.

    `until` is the end of telling in time; None where that is over. Told later it may be less.
    """

    fen: int
    until: datetime | None


Tell = Callable[[Session, Collection[int], datetime], dict[int, Return]]
_tell: list[Tell] = []


def plug_in(tell: Tell) -> None:
    """Have `tell(session, care_day_ids, now)` asked; plugged in once."""
    _tell[:] = [tell]


def returns_of(session: Session, day_ids: Collection[int], now: datetime) -> dict[int, Return]:
    """By day of care; nothing where no room knows of money."""
    return {number: one for tell in _tell for number, one in tell(session, day_ids, now).items()}


def added(returns: Mapping[int, Return], day_ids: Collection[int]) -> Return | None:
    """Several children's of one day together; in time until the first of them is not."""
    found = [returns[one] for one in day_ids if one in returns]
    if not found:
        return None
    untils = [one.until for one in found if one.until is not None]
    is_in_time = len(untils) == len(found)
    return Return(sum(one.fen for one in found), min(untils) if is_in_time else None)

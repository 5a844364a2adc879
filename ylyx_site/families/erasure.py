"""The ports by which rooms above end and erase what is about somebody whose consent is withdrawn.

First all that is still to come ends, then what is kept is erased.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

Ender = Callable[[Session, int, int, datetime], None]  # the person, who withdraws, now
Eraser = Callable[[Session, int], None]
_enders: dict[str, Ender] = {}
_erasers: dict[str, Eraser] = {}


def plug_in(room: str, eraser: Eraser, ender: Ender | None = None) -> None:
    """Have `eraser(session, person_id)` called when a person's record ends; plugged in once.

    `ender(session, person_id, actor_id, now)` is called before any room erases.
    """
    _erasers[room] = eraser
    if ender is not None:
        _enders[room] = ender


def erase_elsewhere(session: Session, person_id: int, *, actor_id: int, now: datetime) -> None:
    """Let every room end and erase, in the transaction of the withdrawal."""
    for ender in _enders.values():
        ender(session, person_id, actor_id, now)
    for eraser in _erasers.values():
        eraser(session, person_id)

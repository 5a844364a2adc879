"""The port by which rooms above erase what they keep about somebody whose consent is withdrawn."""

from collections.abc import Callable

from sqlalchemy.orm import Session

Eraser = Callable[[Session, int], None]
_erasers: dict[str, Eraser] = {}


def plug_in(room: str, eraser: Eraser) -> None:
    """Have `eraser(session, person_id)` called when a person's record ends; plugged in once."""
    _erasers[room] = eraser


def erase_elsewhere(session: Session, person_id: int) -> None:
    """Let every room erase, in the transaction of the withdrawal."""
    for eraser in _erasers.values():
        eraser(session, person_id)

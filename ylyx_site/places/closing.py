"""Who is told that a nursery is shut on days: upper rooms plug in; this room knows no family."""

from datetime import date, datetime
from typing import Protocol

from sqlalchemy.orm import Session


class Tell(Protocol):
    """Tells whoever counts on a facility from the first to the last of these days."""

    def __call__(
        self, session: Session, facility_id: int, first: date, last: date, /, *, now: datetime
    ) -> None:
        """Plan the messages, in the transaction of the closure."""


_tellers: list[Tell] = []


def plug_in(tell: Tell) -> None:
    """Let `tell` run in the transaction that shuts a facility."""
    if tell not in _tellers:
        _tellers.append(tell)


def tell_all(session: Session, facility_id: int, first: date, last: date, *, now: datetime) -> None:
    """Tell everybody; whatever was told before under the same key is not told again."""
    for tell in _tellers:
        tell(session, facility_id, first, last, now=now)

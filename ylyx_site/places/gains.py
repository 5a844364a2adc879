"""Places that were gained, and who comes before others when they are.

Whoever gives places back, or raises what a nursery may hold, marks the nursery in the same
transaction. The upper room of the queue plugs in its turn at app set-up: it runs before anybody
else takes a place there, and each minute for what nobody asks for. This room knows no queue.
"""

from collections.abc import Callable, Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.shared.stamps import Stamp, stamp

Turn = Callable[[Session, int, datetime], bool]
PREFIX = "gained:"
_turns: list[Turn] = []


def plug_in(turn: Turn) -> None:
    """Let `turn` run for a facility before others take; it tells whether it changed anything."""
    if turn not in _turns:
        _turns.append(turn)


def gain_name(facility_id: int) -> str:
    """The stamp that says that places were gained here and the queue has not run since."""
    return f"{PREFIX}{facility_id}"


def mark(session: Session, facility_ids: Collection[int]) -> None:
    """Say that these facilities have gained places, in the transaction in which they do."""
    stamp(session, [gain_name(one) for one in facility_ids])


def unmark(session: Session, facility_id: int) -> bool:
    """Take the mark away, before looking at what is free; whether there was one."""
    gone = session.scalars(
        sa.delete(Stamp)
        .where(Stamp.name == gain_name(facility_id))
        .returning(Stamp.name)
        .execution_options(synchronize_session=False)
    ).all()
    return bool(gone)


def marked(session: Session, most: int) -> list[int]:
    """The facilities that have gained places, at most so many, in order."""
    names = session.scalars(
        sa.select(Stamp.name).where(Stamp.name.startswith(PREFIX)).order_by(Stamp.name).limit(most)
    )
    return sorted(int(name.removeprefix(PREFIX)) for name in names)


def give_turn(session: Session, facility_id: int, now: datetime) -> bool:
    """Let whoever comes first take their turn; whether that changed what is free."""
    changed = False
    for turn in _turns:  # each of them, whatever the one before it did
        changed = turn(session, facility_id, now) or changed
    return changed

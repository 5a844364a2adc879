"""How long the queues of many nurseries are, and how long they take; one query for all of them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.waiting.kinds import LIVE
from ylyx_site.waiting.models import WaitingEntry, WaitingHouse
from ylyx_site.waiting.queries.waits import LOOK_BACK, offers_since


@dataclass(slots=True)
class Queue:
    """A nursery's queue: how many entries wait, and the waits of those who were offered a place."""

    length: int = 0
    waits: list[timedelta] = field(default_factory=list)

    @property
    def typical(self) -> timedelta | None:
        """The median of the last 90 days; None without any."""
        seconds = [one.total_seconds() for one in self.waits]
        return timedelta(seconds=median(seconds)) if seconds else None


def queues_at(session: Session, facility_ids: Collection[int], now: datetime) -> dict[int, Queue]:
    """By facility; where nobody waits and nobody was offered anything, an empty one."""
    waiting = (
        sa.select(WaitingHouse.facility_id, sa.null(), sa.null(), sa.func.count())
        .join(WaitingEntry, WaitingEntry.id == WaitingHouse.entry_id)
        .where(WaitingHouse.facility_id.in_(facility_ids), WaitingEntry.state.in_(LIVE))
        .group_by(WaitingHouse.facility_id)
    )
    offered = offers_since(facility_ids, now - LOOK_BACK).add_columns(sa.literal(0))
    found: dict[int, Queue] = defaultdict(Queue)
    for facility_id, joined_at, offered_at, length in session.execute(
        sa.union_all(offered, waiting)
    ):
        found[facility_id].length += length
        if offered_at is not None:
            found[facility_id].waits.append(offered_at - joined_at)
    return found

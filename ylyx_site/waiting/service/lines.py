"""Writing the queue's ledger: whoever writes has locked the queue first, so that lines follow."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.places.publishing import lock_houses
from ylyx_site.shared.spans import TimeSpan
from ylyx_site.waiting.kinds import Event, Skip
from ylyx_site.waiting.models import QueueLine


def lock_queues(session: Session, facility_ids: Iterable[int]) -> None:
    """One at a time changes the queue of a facility; always before anything of it is read."""
    lock_houses(session, facility_ids)


def line(
    number: int,
    event: Event,
    *,
    days: Collection[date] = (),
    span: TimeSpan | None = None,
    children: int = 0,
    rank: int | None = None,
    until: str = "",
    reason: Skip | None = None,
) -> dict[str, Any]:
    """A line, without its facility and moment."""
    return {
        "number": number,
        "event": event,
        "days": " ".join(day.isoformat() for day in sorted(days)),
        "starts": span.start if span else None,
        "ends": span.end if span else None,
        "children": children,
        "rank": rank,
        "until": until,
        "reason": reason,
    }


def write(
    session: Session, facility_id: int, lines: Collection[dict[str, Any]], now: datetime
) -> datetime:
    """Append lines in their order; returns their moment, never before that of the last line."""
    last = session.scalar(
        sa.select(QueueLine.at)
        .where(QueueLine.facility_id == facility_id)
        .order_by(QueueLine.id.desc())
        .limit(1)
    )
    at = max(now, last) if last else now
    if lines:
        rows = [{"facility_id": facility_id, "at": at, **one} for one in lines]
        session.execute(sa.insert(QueueLine), rows)
    return at

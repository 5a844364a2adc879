"""The queue of a nursery for its head: masked names, ages, where everybody stands."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import CareKind
from ylyx_site.shared.ages import months_on
from ylyx_site.shared.identifiers import mask_name
from ylyx_site.shared.spans import TimeSpan
from ylyx_site.waiting.kinds import EntryState, OfferState
from ylyx_site.waiting.models import OfferedDay, WaitingHouse, WaitingOffer
from ylyx_site.waiting.queries.queue import queues_of


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in the head's list. `children`: masked name and months of age."""

    number: int
    state: EntryState
    kind: CareKind
    half: str
    span: TimeSpan
    days: tuple[date, ...]
    children: tuple[tuple[str, int], ...]
    joined_at: datetime
    rank: int


class Out(NamedTuple):
    """An offer that waits for an answer."""

    number: int
    expires_at: datetime
    first_day: date
    days: int


def rows_of_queue(session: Session, facility_id: int, today: date) -> list[Row]:
    """The queue in its order."""
    queue = queues_of(session, [facility_id], today).get(facility_id, [])
    return [
        Row(
            one.waiting.number, one.state, one.kind, one.half, one.waiting.span,
            one.waiting.days,
            tuple((mask_name(c.name), months_on(c.born_on, today)) for c in one.children),
            one.waiting.joined_at, one.waiting.rank_on(today),
        )
        for one in queue
    ]  # fmt: skip


def offers_out(session: Session, facility_id: int, now: datetime) -> list[Out]:
    """Offers of the nursery that can still be answered, the most urgent first."""
    rows = session.execute(
        sa.select(
            WaitingHouse.number, WaitingOffer.expires_at, sa.func.min(OfferedDay.day),
            sa.func.count(sa.distinct(OfferedDay.day)),
        )
        .join(
            WaitingHouse,
            sa.and_(
                WaitingHouse.entry_id == WaitingOffer.entry_id,
                WaitingHouse.facility_id == WaitingOffer.facility_id,
            ),
        )
        .join(OfferedDay, OfferedDay.offer_id == WaitingOffer.id)
        .where(
            WaitingOffer.facility_id == facility_id,
            WaitingOffer.state == OfferState.OPEN,
            WaitingOffer.expires_at > now,
        )
        .group_by(WaitingHouse.number, WaitingOffer.expires_at)
        .order_by(WaitingOffer.expires_at)
    )  # fmt: skip
    return [Out(*row) for row in rows]

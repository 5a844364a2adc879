"""What a family sees of its entries: where it stands in each queue, and why."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import CareKind
from ylyx_site.facilities.models import Facility
from ylyx_site.families.models import Person
from ylyx_site.waiting.kinds import LIVE, EntryState, NeedState, OfferState
from ylyx_site.waiting.models import (
    QueueLine,
    WaitingChild,
    WaitingDay,
    WaitingEntry,
    WaitingHouse,
    WaitingOffer,
)
from ylyx_site.waiting.queries.entries import is_own
from ylyx_site.waiting.queries.lines import line_of
from ylyx_site.waiting.queries.queue import Queued, queues_of
from ylyx_site.waiting.queries.waits import typical_waits
from ylyx_site.waiting.rules.lines import Line
from ylyx_site.waiting.rules.order import ahead_of

ENDED_SHOWN = 10
LINES_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an entry stands at one nursery. `position` 1 is next; None when it has ended.

    Of those ahead, `preferred` have a priority that counts today, `paused` are not asked now.
    """

    facility_id: int
    facility: str
    number: int
    position: int | None
    preferred: int
    paused: int
    typical: timedelta | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as its family sees it. `offer`: the code of its open offer."""

    id: int
    code: str
    state: EntryState
    kind: CareKind
    half: str
    hours: tuple[int, int]
    days: tuple[date, ...]
    together: bool
    joined_at: datetime
    children: tuple[str, ...]
    standings: tuple[Standing, ...]
    offer: str

    @property
    def is_live(self) -> bool:
        """Whether it still waits."""
        return self.state in LIVE


def entries_of(
    session: Session, account_id: int, now: datetime, today: date, code: str | None = None
) -> list[Entry]:
    """The entries of an account, live ones first, the oldest first; a fixed number of queries."""
    rows = _rows(session, account_id, code)
    ids = [one.id for one in rows]
    houses = _houses(session, ids)
    facility_ids = {house.facility_id for each in houses.values() for house, _ in each}
    queues = queues_of(session, facility_ids, today)
    waits = typical_waits(session, facility_ids, now)
    days, children = _days(session, ids), _children(session, ids)
    offers = _open_offers(session, ids, now)
    return [
        Entry(
            one.id, one.code, one.state, one.kind, one.half,
            _hours(one, houses.get(one.id, [])), tuple(days.get(one.id, ())), one.together,
            one.joined_at, tuple(children.get(one.id, ())),
            tuple(
                Standing(
                    house.facility_id, name, house.number,
                    *_position(queues.get(house.facility_id, []), house.number, today),
                    waits.get(house.facility_id),
                )
                for house, name in houses.get(one.id, [])
            ),
            offers.get(one.id, ""),
        )
        for one in rows
    ]  # fmt: skip


def _rows(session: Session, account_id: int, code: str | None) -> Sequence[WaitingEntry]:
    mine = sa.select(WaitingEntry).where(is_own(account_id))
    if code is not None:
        return session.scalars(mine.where(WaitingEntry.code == code)).all()
    is_live = WaitingEntry.state.in_(LIVE)
    live = session.scalars(mine.where(is_live).order_by(WaitingEntry.joined_at, WaitingEntry.id))
    ended = session.scalars(
        mine.where(~is_live).order_by(WaitingEntry.ended_at.desc()).limit(ENDED_SHOWN)
    )
    return [*live, *ended]


def _houses(session: Session, ids: Collection[int]) -> dict[int, list[tuple[WaitingHouse, str]]]:
    rows = session.execute(
        sa.select(WaitingHouse, Facility.name)
        .join(Facility, Facility.id == WaitingHouse.facility_id)
        .where(WaitingHouse.entry_id.in_(ids))
        .order_by(WaitingHouse.facility_id)
    )
    found: dict[int, list[tuple[WaitingHouse, str]]] = defaultdict(list)
    for house, name in rows:
        found[house.entry_id].append((house, name))
    return found


def _days(session: Session, ids: Collection[int]) -> dict[int, list[date]]:
    """The days still waited for; of an entry that has ended, all that it was for."""
    rows = session.execute(
        sa.select(WaitingDay.entry_id, WaitingDay.day, WaitingDay.state)
        .where(WaitingDay.entry_id.in_(ids))
        .order_by(WaitingDay.day)
    ).all()
    still: dict[int, list[date]] = defaultdict(list)
    ever: dict[int, list[date]] = defaultdict(list)
    for entry_id, day, state in rows:
        ever[entry_id].append(day)
        if state == NeedState.OPEN:
            still[entry_id].append(day)
    return {entry_id: still.get(entry_id) or all_days for entry_id, all_days in ever.items()}


def _children(session: Session, ids: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.execute(
        sa.select(WaitingChild.entry_id, Person.name)
        .join(Person, Person.id == WaitingChild.child_id)
        .where(WaitingChild.entry_id.in_(ids))
        .order_by(Person.born_on, Person.id)
    )
    for entry_id, name in rows:
        found[entry_id].append(name)
    return found


def _open_offers(session: Session, ids: Collection[int], now: datetime) -> dict[int, str]:
    rows = session.execute(
        sa.select(WaitingOffer.entry_id, WaitingOffer.code).where(
            WaitingOffer.entry_id.in_(ids),
            WaitingOffer.state == OfferState.OPEN,
            WaitingOffer.expires_at > now,
        )
    )
    return {entry_id: code for entry_id, code in rows}  # noqa: C416 rows are not pairs


def _hours(one: WaitingEntry, houses: Sequence[tuple[WaitingHouse, str]]) -> tuple[int, int]:
    if one.starts is not None and one.ends is not None:
        return one.starts, one.ends
    first = houses[0][0]
    return first.starts, first.ends


def _position(queue: Sequence[Queued], number: int, today: date) -> tuple[int | None, int, int]:
    """1 and how many ahead want an hour of the same, and why; None when it is not in the queue."""
    mine = next((one.waiting for one in queue if one.waiting.number == number), None)
    if mine is None:
        return None, 0, 0
    ahead = ahead_of(mine, [one.waiting for one in queue], today)
    paused = {one.waiting.number for one in queue if one.state is EntryState.PAUSED}
    preferred = sum(one.rank_on(today) < mine.rank_on(today) for one in ahead)
    return 1 + len(ahead), preferred, sum(one.number in paused for one in ahead)


def lines_about(session: Session, entry: Entry) -> list[tuple[str, Line]]:
    """What happened to an entry, the latest first, with the nursery's name."""
    names = {one.facility_id: one.facility for one in entry.standings}
    key = sa.tuple_(QueueLine.facility_id, QueueLine.number)
    mine = [(one.facility_id, one.number) for one in entry.standings]
    rows = session.scalars(
        sa.select(QueueLine).where(key.in_(mine)).order_by(QueueLine.id.desc()).limit(LINES_SHOWN)
    )
    return [(names[row.facility_id], line_of(row)) for row in rows]

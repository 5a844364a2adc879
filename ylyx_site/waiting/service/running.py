"""Running a queue: whoever is first and can use what is free is asked, and the places are kept.

It runs before anybody else takes a place that was gained, and each minute; running it again
changes nothing. A place that goes while we look raises `Full`: the transaction is tried again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.queries import facility_of
from ylyx_site.places.claims import Claim
from ylyx_site.places.gains import unmark
from ylyx_site.places.rules import turned
from ylyx_site.places.service import take
from ylyx_site.places.service.keeping import note_kept
from ylyx_site.places.service.letting_go import let_go
from ylyx_site.shared import clock
from ylyx_site.shared.identifiers import public_code
from ylyx_site.waiting.kinds import EntryState, Event, OfferState, Skip
from ylyx_site.waiting.models import OfferedDay, WaitingOffer
from ylyx_site.waiting.news import tell_offered
from ylyx_site.waiting.policy.asking import Askable, Room, askable, claims_of, room_of
from ylyx_site.waiting.queries.open_offers import (
    asked_here,
    expired_holds,
    has_waiting,
    is_due,
    lapsed_at,
    spoken_for,
)
from ylyx_site.waiting.queries.queue import Queued, queues_of
from ylyx_site.waiting.queries.terms import terms_of
from ylyx_site.waiting.service.ending import set_state
from ylyx_site.waiting.service.expiring import expire, houses_of_offers
from ylyx_site.waiting.service.lines import line, lock_queues, write
from ylyx_site.waiting.service.tokens import hash_of, token_of


@dataclass(slots=True)
class _Run:
    """What one run of a queue does: lines in their order, and what it takes."""

    facility_id: int
    facility: str
    room: Room
    now: datetime
    asked: set[int]
    lines: list[dict[str, Any]] = field(default_factory=list)
    taken: list[Claim] = field(default_factory=list)
    passed: list[tuple[Queued, Skip]] = field(default_factory=list)


def take_turn(session: Session, facility_id: int, now: datetime) -> bool:
    """Run the queue if there is a reason to; whether that may have changed what is free."""
    return is_due(session, facility_id, now) and run(session, facility_id, now)


def run(session: Session, facility_id: int, now: datetime) -> bool:
    """End what has run out, then ask whoever comes first for what is free."""
    lapsed = lapsed_at(session, facility_id, now)
    houses = houses_of_offers(session, lapsed)
    lock_queues(session, {facility_id, *(one.facility_id for one in houses)})
    unmark(session, facility_id)  # before looking: what is gained from now on marks again
    freed = expire(session, lapsed, houses, now)
    freed += let_go(session, expired_holds(session, facility_id, now), now)
    taken = _ask_all(session, facility_id, freed, now)
    take(session, [*taken, *turned(freed)], now=now)
    return bool(taken or freed)


def _ask_all(
    session: Session, facility_id: int, freed: Sequence[Claim], now: datetime
) -> list[Claim]:
    """Ask everybody in order; returns what is kept for those who were asked."""
    if not has_waiting(session, facility_id):
        return []
    room = room_of(session, facility_id, terms_of(session, facility_id).answer_minutes, now)
    if room is None:
        return []
    room.give(turned(freed))
    days, today = room.days(), clock.day_of(now)
    queue = queues_of(session, [facility_id], today, days=days).get(facility_id, [])
    if not queue:
        return []
    children = {child.id for one in queue for child in one.children}
    busy = spoken_for(session, children, days, now)
    name = facility_of(session, facility_id).name
    this = _Run(facility_id, name, room, now, asked_here(session, facility_id))
    for one in queue:
        _ask(session, this, one, busy)
    write(session, facility_id, this.lines, now)
    return this.taken


def _ask(session: Session, this: _Run, one: Queued, busy: dict[tuple[int, date], int]) -> None:
    found = askable(one, this.room, busy, this.now)
    if isinstance(found, Askable) and set_state(
        session, one.entry_id, (EntryState.WAITING,), EntryState.OFFERED, this.now
    ):
        _offer(session, this, one, found)
        for day in found.plan.booked:
            busy[day.child_id, day.day] = busy.get((day.child_id, day.day), 0) | day.span.mask
    elif one.entry_id not in this.asked:  # an offer that is open here is told by its own line
        this.passed.append((one, found if isinstance(found, Skip) else Skip.OFFERED))


def _offer(session: Session, this: _Run, one: Queued, found: Askable) -> None:
    """Keep the places, write the lines, plan the message."""
    days, span = found.plan.days, found.plan.span
    claims = claims_of(found.plan, this.room.terms)
    this.room.give(claims)
    this.taken += claims
    this.lines += [
        line(each.waiting.number, Event.SKIPPED, reason=why)
        for each, why in this.passed
        if each.waiting.wants(days, span)
    ]
    until = clock.local(found.until).isoformat()
    this.lines.append(
        line(one.waiting.number, Event.OFFERED, days=days, span=span,
             children=len(one.children), until=until)
    )  # fmt: skip
    offer = _write(session, this, one, found, claims)
    tell_offered(session, one, offer, this.facility, days)


def _write(
    session: Session, this: _Run, one: Queued, found: Askable, claims: Sequence[Claim]
) -> WaitingOffer:
    code = public_code(8)
    hold_id = note_kept(
        session, this.facility_id, claims,
        account_id=one.account_id, until=found.until, now=this.now,
    )  # fmt: skip
    offer = WaitingOffer(
        code=code, entry_id=one.entry_id, facility_id=this.facility_id, hold_id=hold_id,
        token_hash=hash_of(token_of(code)), offered_at=this.now, expires_at=found.until,
        state=OfferState.OPEN,
    )  # fmt: skip
    session.add(offer)
    session.flush()
    session.execute(
        sa.insert(OfferedDay),
        [
            {"offer_id": offer.id, "child_id": day.child_id, "day": day.day,
             "class_id": day.care_class.id, "starts": day.span.start, "ends": day.span.end,
             "price_fen": day.fen}
            for day in found.plan.booked
        ],
    )  # fmt: skip
    return offer

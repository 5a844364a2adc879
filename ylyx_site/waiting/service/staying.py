"""Once in the queue: pausing, coming back, leaving."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.places.gains import mark
from ylyx_site.waiting import errors
from ylyx_site.waiting.kinds import EntryState, Event
from ylyx_site.waiting.models import WaitingEntry
from ylyx_site.waiting.queries.entries import houses_of, own_entry
from ylyx_site.waiting.service.ending import end_entry, set_state
from ylyx_site.waiting.service.lines import line, lock_queues, write


def pause(session: Session, code: str, *, actor_id: int, now: datetime) -> None:
    """Be skipped until resumed; the place in the queue stays. Raises `CannotPause`."""
    entry = own_entry(session, actor_id, code)
    if not _move(session, entry, EntryState.PAUSED, Event.PAUSED, now):
        raise errors.CannotPause
    _note(session, "waiting.paused", entry, actor_id, now)


def resume(session: Session, code: str, *, actor_id: int, now: datetime) -> None:
    """Be asked again. Raises `CannotResume`."""
    entry = own_entry(session, actor_id, code)
    if not _move(session, entry, EntryState.WAITING, Event.RESUMED, now):
        raise errors.CannotResume
    mark(session, [one.facility_id for one in houses_of(session, entry.id)])
    _note(session, "waiting.resumed", entry, actor_id, now)


def leave(session: Session, code: str, *, actor_id: int, now: datetime) -> None:
    """Wait no more; an open offer is given back. Raises `NotWaitingAnyMore`."""
    entry = own_entry(session, actor_id, code)
    if not end_entry(session, entry.id, EntryState.ENDED, now):
        raise errors.NotWaitingAnyMore
    _note(session, "waiting.left", entry, actor_id, now)


def _move(
    session: Session, entry: WaitingEntry, after: EntryState, event: Event, now: datetime
) -> bool:
    """Between waiting and paused, once, with a line in each queue."""
    before = EntryState.PAUSED if after is EntryState.WAITING else EntryState.WAITING
    houses = houses_of(session, entry.id)
    lock_queues(session, [one.facility_id for one in houses])
    if not set_state(session, entry.id, (before,), after, now):
        return False
    for house in houses:
        write(session, house.facility_id, [line(house.number, event)], now)
    return True


def _note(session: Session, action: str, entry: WaitingEntry, actor_id: int, now: datetime) -> None:
    note(session, action, f"waiting:{entry.code}", actor_id=actor_id, now=now)

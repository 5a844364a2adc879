"""What the worker does each minute; each may run twice, or at once with another worker."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.kinds import BondState
from ylyx_site.families.models import Bond, Person
from ylyx_site.places.gains import marked
from ylyx_site.shared import clock
from ylyx_site.waiting.kinds import LIVE, EntryState, NeedState
from ylyx_site.waiting.models import PriorityClaim, WaitingChild, WaitingDay, WaitingEntry
from ylyx_site.waiting.queries.open_offers import facilities_with_lapsed
from ylyx_site.waiting.service.ending import end_entry
from ylyx_site.waiting.service.running import run

A_BATCH = 10  # facilities in one transaction
MOST_ENDED = 200
MOST_COUNTED = 1000
KEPT = timedelta(days=180)  # ended entries; their lines stay, which name nobody


def make_offers(session: Session, now: datetime) -> int:
    """Run the queues where places were gained or offers have run out; returns how many."""
    due = {*marked(session, A_BATCH), *facilities_with_lapsed(session, now, A_BATCH)}
    for facility_id in sorted(due):
        run(session, facility_id, now)
    return len(due)


def queues_due(session: Session, now: datetime) -> int:
    """How many queues `make_offers` has to run now; a thousand stand for all beyond."""
    due = {*marked(session, MOST_COUNTED), *facilities_with_lapsed(session, now, MOST_COUNTED)}
    return len(due)


def end_entries(session: Session, now: datetime) -> int:
    """End entries whose days have passed, or whose children left; returns how many."""
    session.execute(
        sa.update(WaitingDay)
        .where(WaitingDay.state == NeedState.OPEN, WaitingDay.day < clock.day_of(now))
        .values(state=NeedState.PAST)
        .execution_options(synchronize_session=False)
    )
    over = session.scalars(
        sa.select(WaitingEntry.id)
        .where(WaitingEntry.state.in_(LIVE), sa.or_(_without_days(), _without_guardian()))
        .order_by(WaitingEntry.id)
        .limit(MOST_ENDED)
    ).all()
    for entry_id in over:
        end_entry(session, entry_id, EntryState.ENDED, now)
    return len(over)


def _without_days() -> sa.ColumnElement[bool]:
    return ~sa.exists().where(
        WaitingDay.entry_id == WaitingEntry.id, WaitingDay.state == NeedState.OPEN
    )


def _without_guardian() -> sa.ColumnElement[bool]:
    """Whether the account may no longer act for one of the children."""
    live = (
        sa.select(Bond.person_id)
        .join(Person, Person.id == Bond.person_id)
        .where(
            Bond.person_id == WaitingChild.child_id,
            Bond.account_id == WaitingEntry.account_id,
            Bond.state == BondState.LIVE,
            Bond.ended_at.is_(None),
            Person.ended_at.is_(None),
        )
    )
    return sa.exists().where(WaitingChild.entry_id == WaitingEntry.id, ~live.exists())


def forget_ended(session: Session, now: datetime) -> int:
    """Half a year after the end nobody needs to know who waited; the lines stay."""
    old = (
        sa.select(WaitingChild.entry_id)
        .join(WaitingEntry, WaitingEntry.id == WaitingChild.entry_id)
        .where(WaitingEntry.ended_at < now - KEPT)
        .limit(MOST_ENDED)
    )
    ids = set(session.scalars(old))
    for model in (WaitingChild, PriorityClaim):
        session.execute(
            sa.delete(model)
            .where(model.entry_id.in_(ids))
            .execution_options(synchronize_session=False)
        )
    return len(ids)

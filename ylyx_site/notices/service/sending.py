"""Claiming messages that are due, and writing down what became of them.

A claim gives its messages one key and moves `due_at` to where the claim runs out: whoever is killed
after it, before or after sending, leaves them to be claimed again, under the same key. So a message
goes out at least once, and once more for each time that a worker is killed in between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.notices import rules
from ylyx_site.notices.kinds import ALWAYS
from ylyx_site.notices.models import Notice
from ylyx_site.notices.service.planning import when_due
from ylyx_site.shared import clock

BATCH = 20  # of a few seconds each at worst: well within the lease

# The first of its account and subject stands for all that go out with it. Only such rows are
# locked one by one, so that two workers never hold two parts of one message.
LEADS = """
SELECT id FROM notice AS one
WHERE due_at <= :now AND (message_key = key OR message_key IS NULL AND NOT EXISTS (
  SELECT 1 FROM notice AS other
  WHERE other.account_id = one.account_id AND other.subject = one.subject
    AND other.due_at IS NOT NULL AND other.message_key IS NULL
    AND (other.due_at, other.id) < (one.due_at, one.id)))
ORDER BY due_at, id LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes out as one message: the newest first. `until` is when the claim runs out."""

    key: str
    notices: tuple[Notice, ...]
    until: datetime

    @property
    def newest(self) -> Notice:
        """The message whose words and link are used."""
        return self.notices[0]


def claim(session: Session, now: datetime, most: int = BATCH) -> list[Parcel]:
    """Claim up to `most` messages, with all that goes out together with each of them.

    Several workers may do it at once: none gets what another one has. Those that a day of tries
    has not brought out are given up and left out. What a late worker finds in the quiet hours, and
    is not urgent, waits for the morning.
    """
    _keep_quiet(session, now)
    until = now + rules.LEASE
    parcels = [_gather(session, lead, until) for lead in _leads(session, now, most)]
    session.flush()
    given_up = [one for one in parcels if _is_given_up(one, now)]
    for parcel in given_up:
        settle(session, parcel.key, sender="", sent_at=None)
    return [one for one in parcels if one not in given_up]


def settle(session: Session, key: str, *, sender: str, sent_at: datetime | None) -> None:
    """Nothing is left to send of this message; `sent_at` None: it was not sent."""
    session.execute(
        sa.update(Notice)
        .where(Notice.message_key == key)
        .values(due_at=None, sender=sender, sent_at=sent_at)
        .execution_options(synchronize_session=False)
    )


def put_off(session: Session, parcel: Parcel, now: datetime) -> None:
    """Try again after a pause, not in quiet hours; nothing to do when the claim has run out."""
    pause = rules.pause_after(parcel.newest.tries)
    session.execute(
        sa.update(Notice)
        .where(Notice.message_key == parcel.key, Notice.due_at == parcel.until)
        .values(due_at=when_due(parcel.newest.kind, now + pause))
        .execution_options(synchronize_session=False)
    )


def _keep_quiet(session: Session, now: datetime) -> None:
    quiet = rules.quiet_left(clock.minute_of(now))
    if quiet:
        session.execute(
            sa.update(Notice)
            .where(Notice.due_at <= now, Notice.kind.not_in(ALWAYS))
            .values(due_at=now + quiet)
            .execution_options(synchronize_session=False)
        )


def _leads(session: Session, now: datetime, most: int) -> Sequence[Notice]:
    """On SQLite the write transaction is the lock."""
    is_postgres = session.get_bind().dialect.name == "postgresql"
    claimed = sa.text(LEADS + (" FOR UPDATE OF one SKIP LOCKED" if is_postgres else ""))
    typed = claimed.bindparams(sa.bindparam("now", now, Notice.due_at.type), most=most)
    ids = list(session.scalars(typed))
    rows = session.scalars(
        sa.select(Notice).where(Notice.id.in_(ids)).execution_options(populate_existing=True)
    )
    return sorted(rows, key=lambda one: ids.index(one.id))


def _gather(session: Session, lead: Notice, until: datetime) -> Parcel:
    """The lead with what it goes out with: the same as before when it was claimed before."""
    together = (
        Notice.message_key == lead.key
        if lead.message_key is not None
        else sa.and_(
            Notice.account_id == lead.account_id,
            Notice.subject == lead.subject,
            Notice.due_at.is_not(None),
            Notice.message_key.is_(None),
        )
    )
    rows = session.scalars(
        sa.update(Notice)
        .where(together)
        .values(message_key=lead.key, due_at=until, tries=Notice.tries + 1)
        .returning(Notice)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).all()
    newest_first = sorted(rows, key=lambda one: (one.planned_at, one.id), reverse=True)
    return Parcel(lead.key, tuple(newest_first), until)


def _is_given_up(parcel: Parcel, now: datetime) -> bool:
    """The try of this very claim does not count: what was never tried is tried once."""
    newest = parcel.newest
    return rules.is_given_up(newest.planned_at, newest.tries - 1, now)

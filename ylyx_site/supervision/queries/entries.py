"""The journal as supervisors and administrators ask it: who did what, to whose data, where."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.models import Facility
from ylyx_site.identity.models import Account, Grant
from ylyx_site.journal.models import JournalEntry
from ylyx_site.journal.sealing import bent
from ylyx_site.shared import clock
from ylyx_site.shared.identifiers import mask_name
from ylyx_site.shared.spans import DaySpan
from ylyx_site.supervision.deeds import TOPICS, Topic, deed_words
from ylyx_site.supervision.queries.months import Scope
from ylyx_site.supervision.queries.subjects import names_of

ENTRIES_A_PAGE = 50
WITH_A_CODE = ("booking", "order", "waiting", "offer")


class Question(NamedTuple):
    """What is asked; None is not asked. `subjects` tell of a person, `actors` are accounts."""

    subjects: Collection[str] | None = None
    actors: Collection[int] | None = None
    facility_id: int | None = None
    topic: Topic | None = None
    days: DaySpan | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is read. `whose` is masked, `what` is to be said in the request's language.

    `number` in the chain is None until it is sealed; `is_bent`: its seal does not fit any more.
    """

    at: datetime
    who: str
    what: str
    whose: str
    where: str
    detail: str
    number: int | None
    is_bent: bool


def entries(
    session: Session, scope: Scope | None, own_id: int, asked: Question, page: int
) -> tuple[list[Entry], bool]:
    """A page of the journal, latest first, and whether there is more.

    `scope` None is the whole platform; a supervisor sees the facilities of the own district and
    kind, what was done to the district's rules, and the own deeds.
    """
    rows = session.execute(
        sa.select(JournalEntry, Account.name, Facility.name, _works().label("works"))
        .outerjoin(Account, Account.id == JournalEntry.actor_id)
        .outerjoin(Facility, Facility.id == JournalEntry.facility_id)
        .where(*_seen_by(scope, own_id), *_where(asked))
        .order_by(*_latest_first(scope, asked))
        .offset((page - 1) * ENTRIES_A_PAGE)
        .limit(ENTRIES_A_PAGE + 1)
    ).all()
    shown = rows[:ENTRIES_A_PAGE]
    names = names_of(session, {row[0].subject for row in shown})
    wrong = bent(session, [row[0] for row in shown])
    return [_entry(row, names, wrong) for row in shown], len(rows) > ENTRIES_A_PAGE


def accounts_called(session: Session, text: str) -> list[int]:
    """Accounts with this name, or with a number that ends so."""
    ends = text.isascii() and text.isdigit()
    where = Account.phone.endswith(text, autoescape=True) if ends else Account.name == text
    return list(session.scalars(sa.select(Account.id).where(where).limit(100)))


def _entry(row: Any, names: dict[str, str], wrong: Collection[int]) -> Entry:
    it, who, where, works = row
    kind, _colon, rest = it.subject.partition(":")
    whose = mask_name(names[it.subject]) if it.subject in names else ""
    return Entry(
        it.at, (who if works else mask_name(who)) if who else "", deed_words(it.action),
        whose or (rest if kind in WITH_A_CODE else ""), where or "", it.detail,
        it.number, it.id in wrong,
    )  # fmt: skip


def _works() -> Any:
    """Whether the actor has, or had, a role: families are masked."""
    return sa.exists().where(Grant.account_id == JournalEntry.actor_id)


def _seen_by(scope: Scope | None, own_id: int) -> list[Any]:
    if scope is None:
        return []
    district = f"division:{scope.division}"
    return [
        sa.or_(
            scope.holds(JournalEntry.facility_id),
            JournalEntry.actor_id == own_id,
            JournalEntry.subject.startswith(district, autoescape=True),
        )
    ]


def _latest_first(scope: Scope | None, asked: Question) -> list[Any]:
    """All of a long journal comes by its key; what is left of it is sorted by its moments."""
    if scope is None and asked == Question():
        return [JournalEntry.id.desc()]
    return [JournalEntry.at.desc(), JournalEntry.id.desc()]


def _where(asked: Question) -> list[Any]:
    where: list[Any] = []
    if asked.subjects is not None:
        where.append(JournalEntry.subject.in_(asked.subjects))
    if asked.actors is not None:
        where.append(JournalEntry.actor_id.in_(asked.actors))
    if asked.facility_id is not None:
        where.append(JournalEntry.facility_id == asked.facility_id)
    if asked.topic is not None:
        where.append(_about(asked.topic))
    if asked.days is not None:
        first, after = asked.days.first, asked.days.last + timedelta(days=1)
        where += [
            JournalEntry.at >= datetime.combine(first, time(), clock.ZONE),
            JournalEntry.at < datetime.combine(after, time(), clock.ZONE),
        ]
    return where


def _about(topic: Topic) -> Any:
    named = JournalEntry.action.in_(TOPICS[topic][1].keys())
    if topic is not Topic.READS:
        return named
    exported = JournalEntry.action.endswith("_exported", autoescape=True)
    found = JournalEntry.action.endswith("_found", autoescape=True)
    return sa.or_(named, exported, found, JournalEntry.action.endswith("_read", autoescape=True))

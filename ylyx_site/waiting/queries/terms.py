"""The published rule of a queue: its limits and who comes first. Data, by facility or division."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.models import Facility
from ylyx_site.waiting.models import PriorityGroup, QueueTerms


@dataclass(frozen=True, slots=True)
class Terms:
    """Limits of a queue. `answer_minutes` are minutes of day time to answer an offer in."""

    most_waiting: int = 200
    most_per_child: int = 3
    answer_minutes: int = 240


class Group(NamedTuple):
    """A group that comes first; the smaller rank the earlier. `paper`: what proves it."""

    id: int
    name: str
    paper: str
    rank: int
    valid_from: date
    valid_to: date | None


USUAL = Terms()
DISTRICT = 6
LEVELS = (12, 9, DISTRICT)  # digits of a community, a town, a district


def scope_of_facility(facility_id: int) -> str:
    """The name under which a facility's own limits stand."""
    return f"facility:{facility_id}"


def terms_of(session: Session, facility_id: int) -> Terms:
    """The facility's own limits, else those of its town, its district, else the usual ones."""
    division = _division(session, facility_id)
    return _first_of(session, [scope_of_facility(facility_id), *_scopes_of(division)])


def terms_of_division(session: Session, division: str) -> Terms:
    """The limits that stand for a division, its own or those above it."""
    return _first_of(session, _scopes_of(division))


def groups_of_division(session: Session, division: str, today: date) -> list[Group]:
    """The groups that this division has published and that have not ended, the first first."""
    return _groups(session, PriorityGroup.division_code == division, _not_ended(today))


def answer_minutes(session: Session, facility_ids: Collection[int]) -> int:
    """How long a family has to answer, where it is least."""
    usual = USUAL.answer_minutes
    return min((terms_of(session, one).answer_minutes for one in facility_ids), default=usual)


def groups_of(session: Session, facility_id: int, today: date) -> list[Group]:
    """The groups that come first here today, the first of them first."""
    division = _division(session, facility_id)
    here = sa.or_(
        PriorityGroup.facility_id == facility_id,
        sa.literal(division).startswith(PriorityGroup.division_code),
    )
    return _groups(session, here, PriorityGroup.valid_from <= today, _not_ended(today))


def _scopes_of(division: str) -> list[str]:
    """The names under which limits stand for a division, the nearest first."""
    return [f"division:{division[:length]}" for length in LEVELS if len(division) >= length]


def _first_of(session: Session, scopes: Sequence[str]) -> Terms:
    rows = {
        row.scope: Terms(row.most_waiting, row.most_per_child, row.answer_minutes)
        for row in session.scalars(sa.select(QueueTerms).where(QueueTerms.scope.in_(scopes)))
    }
    return next((rows[scope] for scope in scopes if scope in rows), USUAL)


def _groups(session: Session, *where: sa.ColumnElement[bool]) -> list[Group]:
    columns = (
        PriorityGroup.id, PriorityGroup.name, PriorityGroup.paper, PriorityGroup.rank,
        PriorityGroup.valid_from, PriorityGroup.valid_to,
    )  # fmt: skip
    rows = session.execute(
        sa.select(*columns).where(*where).order_by(PriorityGroup.rank, PriorityGroup.id)
    )
    return [Group(*row) for row in rows]


def _not_ended(today: date) -> sa.ColumnElement[bool]:
    return sa.or_(PriorityGroup.valid_to.is_(None), PriorityGroup.valid_to >= today)


def _division(session: Session, facility_id: int) -> str:
    found = session.scalar(sa.select(Facility.division_code).where(Facility.id == facility_id))
    return str(found or "")

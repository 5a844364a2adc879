"""The published rule of a queue: its limits and who comes first. Data, by facility or division."""

from collections.abc import Collection
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


def scope_of_facility(facility_id: int) -> str:
    """The name under which a facility's own limits stand."""
    return f"facility:{facility_id}"


def terms_of(session: Session, facility_id: int) -> Terms:
    """The facility's own limits, else those of its town, its district, else the usual ones."""
    division = _division(session, facility_id)
    scopes = [scope_of_facility(facility_id)]
    scopes += [f"division:{division[:length]}" for length in (12, 9, 6) if len(division) >= length]
    rows = {
        row.scope: Terms(row.most_waiting, row.most_per_child, row.answer_minutes)
        for row in session.scalars(sa.select(QueueTerms).where(QueueTerms.scope.in_(scopes)))
    }
    return next((rows[scope] for scope in scopes if scope in rows), USUAL)


def answer_minutes(session: Session, facility_ids: Collection[int]) -> int:
    """How long a family has to answer, where it is least."""
    usual = USUAL.answer_minutes
    return min((terms_of(session, one).answer_minutes for one in facility_ids), default=usual)


def groups_of(session: Session, facility_id: int, today: date) -> list[Group]:
    """The groups that come first here today, the first of them first."""
    division = _division(session, facility_id)
    columns = (
        PriorityGroup.id, PriorityGroup.name, PriorityGroup.paper, PriorityGroup.rank,
        PriorityGroup.valid_from, PriorityGroup.valid_to,
    )  # fmt: skip
    rows = session.execute(
        sa.select(*columns)
        .where(
            sa.or_(
                PriorityGroup.facility_id == facility_id,
                sa.literal(division).startswith(PriorityGroup.division_code),
            ),
            PriorityGroup.valid_from <= today,
            sa.or_(PriorityGroup.valid_to.is_(None), PriorityGroup.valid_to >= today),
        )
        .order_by(PriorityGroup.rank, PriorityGroup.id)
    )
    return [Group(*row) for row in rows]


def _division(session: Session, facility_id: int) -> str:
    found = session.scalar(sa.select(Facility.division_code).where(Facility.id == facility_id))
    return str(found or "")

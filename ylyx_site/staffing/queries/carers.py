"""Carers of a facility and their certificates."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.shared.refusals import NotFound
from ylyx_site.staffing.kinds import CertificateKind, Job
from ylyx_site.staffing.models import Carer, Certificate
from ylyx_site.staffing.rules.counting import Paper, ends_soon, has_health_certificate


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """A certificate as it is shown: its number by the tail alone."""

    id: int
    kind: CertificateKind
    number_tail: str
    valid_from: date
    valid_to: date

    @property
    def paper(self) -> Paper:
        """What the rules look at."""
        return Paper(self.kind, self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True)
class CarerFacts:
    """Somebody on the list of a facility."""

    id: int
    worker_id: int
    name: str
    job: Job
    phone_tail: str
    started_on: date
    ended_on: date | None
    certificates: tuple[CertificateFacts, ...]

    @property
    def papers(self) -> list[Paper]:
        """What the rules look at."""
        return [one.paper for one in self.certificates]

    def is_there(self, day: date) -> bool:
        """Whether somebody works here on a day."""
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)

    def may_count(self, day: date) -> bool:
        """Whether somebody would count for the ratio when on duty that day."""
        is_caring = self.job is Job.CARER and self.is_there(day)
        return is_caring and has_health_certificate(self.papers, day)

    def health_ends(self, today: date) -> str:
        """How the health certificate stands: `good`, `soon` (30 days), or `none` (no valid one)."""
        if not has_health_certificate(self.papers, today):
            return "none"
        return "soon" if ends_soon(self.papers, CertificateKind.HEALTH, today) else "good"


def carers_of(session: Session, facility_id: int, since: date) -> list[CarerFacts]:
    """Everybody who works at a facility on that day or later, carers first; two queries."""
    living = sa.or_(Carer.ended_on.is_(None), Carer.ended_on > since)
    rows = session.scalars(
        sa.select(Carer)
        .where(Carer.facility_id == facility_id, living)
        .order_by(Carer.job != Job.CARER, Carer.name, Carer.id)
    ).all()
    papers = _certificates(session, [one.id for one in rows])
    return [_facts(one, papers) for one in rows]


def carer_of(session: Session, facility_id: int, carer_id: int) -> CarerFacts:
    """One of a facility's carers, ended ones too; raises `NotFound` for any other."""
    row = session.scalar(
        sa.select(Carer).where(Carer.id == carer_id, Carer.facility_id == facility_id)
    )
    if row is None:
        raise NotFound
    return _facts(row, _certificates(session, [row.id]))


def _certificates(
    session: Session, carer_ids: list[int]
) -> Mapping[int, list[CertificateFacts]]:  # fmt: skip
    rows = session.scalars(
        sa.select(Certificate)
        .where(Certificate.carer_id.in_(carer_ids), Certificate.withdrawn_at.is_(None))
        .order_by(Certificate.kind, Certificate.valid_to.desc(), Certificate.id)
    )
    found: defaultdict[int, list[CertificateFacts]] = defaultdict(list)
    for one in rows:
        found[one.carer_id].append(
            CertificateFacts(one.id, one.kind, one.number_tail, one.valid_from, one.valid_to)
        )
    return found


def _facts(row: Carer, papers: Mapping[int, list[CertificateFacts]]) -> CarerFacts:
    return CarerFacts(
        row.id, row.worker_id, row.name, row.job, row.phone_tail, row.started_on, row.ended_on,
        tuple(papers.get(row.id, ())),
    )  # fmt: skip

"""Papers and cases go when the consent goes, and some months after the child's last day."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.entry.models import ChildCase, ChildPaper, DistrictEntry, PaperPicture
from ylyx_site.entry.rules.gate import EntryTerms, months_after
from ylyx_site.journal.service import note
from ylyx_site.shared import clock


def erase(session: Session, child_id: int) -> None:
    """Erase a child's papers and cases, pictures first."""
    _erase(session, [child_id])


def forget_old(session: Session, now: datetime, most: int = 100) -> int:
    """Erase what is kept of children who have not been booked anywhere for the district's months.

    `most` children at a time; returns how many. Of several districts the longest keeping holds,
    because papers belong to the child.
    """
    kept = session.scalar(sa.select(sa.func.max(DistrictEntry.keep_months)))
    before = months_after(clock.day_of(now), -(kept or EntryTerms().keep_months))
    ids = list(session.scalars(_long_gone(before, clock.instant_at(before, 0)).limit(most)))
    if ids:
        _erase(session, ids)
    for child_id in ids:
        note(session, "entry.forgotten", f"person:{child_id}", actor_id=None, now=now)
    return len(ids)


def _long_gone(before: object, filed_before: datetime) -> sa.Select[int]:
    """Children with papers or cases, all of them old, and no care since."""
    has_care = sa.exists().where(CareDay.day >= before, CareDay.state != CareState.CANCELLED)
    with_papers = (
        sa.select(ChildPaper.child_id)
        .where(~has_care.where(CareDay.child_id == ChildPaper.child_id))
        .group_by(ChildPaper.child_id)
        .having(sa.func.max(ChildPaper.filed_at) < filed_before)
    )
    with_cases = (
        sa.select(ChildCase.child_id)
        .where(~has_care.where(CareDay.child_id == ChildCase.child_id))
        .group_by(ChildCase.child_id)
        .having(sa.func.max(ChildCase.recorded_at) < filed_before)
    )
    both = sa.union(with_papers, with_cases).subquery()
    return sa.select(both.c.child_id).order_by(both.c.child_id)


def _erase(session: Session, child_ids: list[int]) -> None:
    papers = sa.select(ChildPaper.id).where(ChildPaper.child_id.in_(child_ids))
    for statement in (
        sa.delete(PaperPicture).where(PaperPicture.paper_id.in_(papers)),
        sa.delete(ChildPaper).where(ChildPaper.child_id.in_(child_ids)),
        sa.delete(ChildCase).where(ChildCase.child_id.in_(child_ids)),
    ):
        session.execute(statement.execution_options(synchronize_session=False))

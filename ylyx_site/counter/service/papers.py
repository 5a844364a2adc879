"""Filing papers that elders signed; the photograph is sealed."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.counter.models import DeskPaper
from ylyx_site.counter.wishes import Filing
from ylyx_site.journal.service import note
from ylyx_site.shared import vault


def file_paper(
    session: Session,
    facility_id: int,
    person_id: int,
    filing: Filing,
    *,
    actor_id: int,
    now: datetime,
) -> None:
    """File a paper that a clerk, the actor, has seen."""
    photo, number = filing.photo, filing.number.strip()
    paper = DeskPaper(
        facility_id=facility_id, person_id=person_id, kind=filing.kind, number=number,
        photo_sealed=vault.seal_bytes(photo) if photo else None, filed_by=actor_id, filed_at=now,
    )  # fmt: skip
    session.add(paper)
    session.flush()
    note(
        session, "counter.paper_filed", f"person:{person_id}",
        actor_id=actor_id, now=now, facility_id=facility_id, detail=filing.kind.value,
    )  # fmt: skip

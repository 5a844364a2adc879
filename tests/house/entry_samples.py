"""One of everything that entry and handing over keep about a child, for the access matrix."""

from datetime import date

from sqlalchemy.orm import Session

from ylyx_site.entry.kinds import PaperKind, PaperState
from ylyx_site.entry.models import ChildPaper, Disease, PaperPicture
from ylyx_site.handover.models import PickupAdult, PickupBlock, PickupPhoto
from ylyx_site.shared import clock, vault


def of_entry(session: Session, child_id: int, account_id: int) -> dict[str, object]:
    """A waiting paper, an adult with a photograph, a block, a disease; values by argument."""
    now, told = (
        clock.now(),
        vault.seal('{"name": "张三", "looks": "", "phone": "", "relation": ""}'),
    )
    paper = ChildPaper(
        child_id=child_id, kind=PaperKind.HEALTH_CHECK, state=PaperState.WAITING,
        uploaded_by=account_id, filed_at=now, version="",
    )  # fmt: skip
    adult = PickupAdult(
        child_id=child_id, sealed=told, valid_from=date(2026, 11, 1), added_by=account_id,
        added_at=now,
    )  # fmt: skip
    block = PickupBlock(child_id=child_id, sealed=told, recorded_by=account_id, recorded_at=now)
    disease = Disease(division_code="500111", name="水痘", days=14, needs_paper=True)
    session.add_all([paper, adult, block, disease])
    session.flush()
    session.add_all([
        PaperPicture(paper_id=paper.id, sealed=vault.seal_bytes(b"webp")),
        PickupPhoto(adult_id=adult.id, sealed=vault.seal_bytes(b"webp"), consent_at=now),
    ])  # fmt: skip
    session.flush()
    return {
        "paper_id": paper.id, "adult_id": adult.id, "block_id": block.id, "case_id": 999,
        "disease_id": disease.id,
    }  # fmt: skip

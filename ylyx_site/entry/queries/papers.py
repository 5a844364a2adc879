"""Papers, fetched through a guardian of the child or through a nursery to which it comes."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from ylyx_site.childcare.queries.children import child_of_house
from ylyx_site.entry.kinds import PaperKind, PaperState, ReturnReason
from ylyx_site.entry.models import ChildPaper, PaperPicture
from ylyx_site.families.queries import child_of
from ylyx_site.identity.models import Account
from ylyx_site.shared import vault
from ylyx_site.shared.refusals import NotFound


class PaperFacts(NamedTuple):
    """A paper without its picture; names are those of accounts."""

    id: int
    kind: PaperKind
    facility_id: int | None
    case_id: int | None
    state: PaperState
    filed_at: datetime
    dated_on: date | None
    valid_until: date | None
    version: str
    signed_by: str | None
    decided_by: str | None
    decided_at: datetime | None
    reason: ReturnReason | None
    has_picture: bool
    by_family: bool


def papers_of_own(session: Session, account_id: int, child_id: int) -> list[PaperFacts]:
    """The papers of a child of theirs, latest first; raises `NotFound`."""
    child_of(session, account_id, child_id)
    return _papers(session, ChildPaper.child_id == child_id)


def papers_at_house(
    session: Session, facility_id: int, child_id: int, today: date
) -> list[PaperFacts]:
    """The papers that staff of a nursery may see of a child, latest first; raises `NotFound`.

    Agreements with other nurseries are not among them.
    """
    child_of_house(session, facility_id, child_id, today)
    return _papers(session, ChildPaper.child_id == child_id, _seen_by(facility_id))


def paper_at_house(
    session: Session, facility_id: int, child_id: int, paper_id: int, today: date
) -> PaperFacts:
    """One of them; raises `NotFound`."""
    child_of_house(session, facility_id, child_id, today)
    where = (ChildPaper.child_id == child_id, ChildPaper.id == paper_id, _seen_by(facility_id))
    found = _papers(session, *where)
    if not found:
        raise NotFound
    return found[0]


def picture_of_own(session: Session, account_id: int, child_id: int, paper_id: int) -> bytes:
    """The picture of a paper of their child, WebP; raises `NotFound`."""
    child_of(session, account_id, child_id)
    return _picture(session, ChildPaper.child_id == child_id, ChildPaper.id == paper_id)


def picture_at_house(
    session: Session, facility_id: int, child_id: int, paper_id: int, today: date
) -> bytes:
    """The picture of a paper that staff may see; raises `NotFound`."""
    child_of_house(session, facility_id, child_id, today)
    where = (ChildPaper.child_id == child_id, ChildPaper.id == paper_id, _seen_by(facility_id))
    return _picture(session, *where)


def waiting_at_house(
    session: Session, facility_id: int, child_ids: Collection[int]
) -> dict[int, int]:
    """How many uploads of each child wait for somebody of this nursery."""
    rows = session.execute(
        sa.select(ChildPaper.child_id, sa.func.count())
        .where(
            ChildPaper.child_id.in_(child_ids),
            ChildPaper.state == PaperState.WAITING,
            _seen_by(facility_id),
        )
        .group_by(ChildPaper.child_id)
    )
    return {child_id: number for child_id, number in rows}  # noqa: C416 rows are not pairs


def _seen_by(facility_id: int) -> sa.ColumnElement[bool]:
    return sa.or_(ChildPaper.facility_id.is_(None), ChildPaper.facility_id == facility_id)


def _picture(session: Session, *where: sa.ColumnElement[bool]) -> bytes:
    sealed = session.scalar(
        sa.select(PaperPicture.sealed)
        .join(ChildPaper, ChildPaper.id == PaperPicture.paper_id)
        .where(*where)
    )
    if sealed is None:
        raise NotFound
    return vault.unseal_bytes(sealed)


def _papers(session: Session, *where: sa.ColumnElement[bool]) -> list[PaperFacts]:
    return [PaperFacts(*row) for row in session.execute(_select().where(*where))]


def _select() -> Any:
    signer, decider = aliased(Account), aliased(Account)
    return (
        sa.select(
            ChildPaper.id, ChildPaper.kind, ChildPaper.facility_id, ChildPaper.case_id,
            ChildPaper.state, ChildPaper.filed_at, ChildPaper.dated_on, ChildPaper.valid_until,
            ChildPaper.version, signer.name, decider.name, ChildPaper.decided_at,
            ChildPaper.reason, PaperPicture.paper_id.is_not(None),
            ChildPaper.uploaded_by.is_not(None),
        )
        .outerjoin(PaperPicture, PaperPicture.paper_id == ChildPaper.id)
        .outerjoin(signer, signer.id == ChildPaper.signed_by)
        .outerjoin(decider, decider.id == ChildPaper.decided_by)
        .where(ChildPaper.state != PaperState.REPLACED)
        .order_by(ChildPaper.filed_at.desc(), ChildPaper.id)
    )  # fmt: skip

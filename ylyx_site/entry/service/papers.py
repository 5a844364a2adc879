"""Papers: sent by a guardian, seen at the desk, confirmed or sent back by staff."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.queries.children import child_of_house, nurseries_of
from ylyx_site.entry.errors import (
    InTheFuture,
    SeenAlready,
    SignerMissing,
    TooManyUploads,
    UntilBeforeDate,
    UntilMissing,
    VersionMissing,
)
from ylyx_site.entry.kinds import LASTING, PaperKind, PaperState
from ylyx_site.entry.models import ChildPaper, PaperPicture
from ylyx_site.entry.queries.gate import cases_of
from ylyx_site.entry.queries.papers import paper_at_house
from ylyx_site.entry.rules.wishes import Desk, PaperPlace, Seen, Sending
from ylyx_site.families.kinds import BondState
from ylyx_site.families.queries import child_of, guardian_by_handle, live_guardians
from ylyx_site.families.service.turns import take_turns
from ylyx_site.journal.service import note
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.shared import clock, vault
from ylyx_site.shared.refusals import N_, NotFound

MOST_UPLOADS = 20  # of one child within a day


def upload(
    session: Session, place: PaperPlace, picture: bytes, *, actor_id: int, now: datetime
) -> None:
    """A guardian sends a redrawn picture; it counts when staff have confirmed it.

    Takes the place of an earlier one that nobody has looked at. Raises `NotFound` for a child of
    others, for a nursery at which the child is not booked, for no such case; `TooManyUploads`.
    """
    take_turns(session, f"person:{place.child_id}")
    child_of(session, actor_id, place.child_id)
    refuse_misplaced(session, place, clock.day_of(now))
    _refuse_many(session, place.child_id, now)
    _replace(session, place, PaperState.WAITING)
    paper = _new(place, PaperState.WAITING, now)
    paper.uploaded_by = actor_id
    session.add(paper)
    session.flush()
    session.add(PaperPicture(paper_id=paper.id, sealed=vault.seal_bytes(picture)))
    _note(session, "uploaded", paper, actor_id=actor_id, facility_id=None, now=now)


def record(session: Session, place: PaperPlace, seen: Seen, desk: Desk) -> None:
    """Staff have seen the paper itself; it counts at once.

    Raises `NotFound` for a child that does not come to this nursery, and the refusals of a date.
    """
    today = clock.day_of(desk.now)
    child_of_house(session, desk.facility_id, place.child_id, today)
    refuse_misplaced(session, place, today, desk.facility_id)
    _refuse(place.kind, seen, today)
    take_turns(session, f"person:{place.child_id}")
    _replace(session, place, PaperState.WAITING)
    paper = _new(place, PaperState.WAITING, desk.now)
    session.add(paper)
    session.flush()
    _confirm(session, paper, place.child_id, seen, desk)
    _note(
        session, "recorded", paper, actor_id=desk.actor_id, facility_id=desk.facility_id,
        now=desk.now,
    )  # fmt: skip


def confirm(session: Session, child_id: int, paper_id: int, seen: Seen, desk: Desk) -> None:
    """What a guardian has sent is right. Raises as `record` does, and `SeenAlready`."""
    paper = _waiting(session, child_id, paper_id, desk)
    _refuse(paper.kind, seen, clock.day_of(desk.now))
    _confirm(session, paper, child_id, seen, desk)
    _note(
        session, "confirmed", paper, actor_id=desk.actor_id, facility_id=desk.facility_id,
        now=desk.now,
    )  # fmt: skip


def send_back(session: Session, child_id: int, sending: Sending, desk: Desk) -> None:
    """What a guardian has sent will not do: the picture goes, the reason stays.

    The guardians are told, without a word of what it is about. Raises `NotFound`, `SeenAlready`.
    """
    paper = _waiting(session, child_id, sending.paper_id, desk)
    paper.state, paper.reason = PaperState.RETURNED, sending.reason
    _decide(paper, desk)
    _forget_picture(session, [paper.id])
    _note(
        session, "returned", paper, actor_id=desk.actor_id, facility_id=desk.facility_id,
        now=desk.now,
    )  # fmt: skip
    news = News(
        NoticeKind.FAMILY_CARE, N_("老师看了您上传的材料，需要重新传一张。请打开看原因。"), {},
        f"/family/people/{child_id}/papers", f"papers:{child_id}", f"entry.returned:{paper.id}",
    )  # fmt: skip
    plan(session, live_guardians(session, child_id), news, now=desk.now)


def refuse_misplaced(
    session: Session, place: PaperPlace, today: date, facility_id: int | None = None
) -> None:
    """Raise `NotFound` unless agreements name a nursery of the child and returns one of its cases.

    Staff (`facility_id`) file agreements with their own nursery only.
    """
    houses = [facility_id] if facility_id else nurseries_of(session, place.child_id, today)
    is_agreement = place.kind is PaperKind.AGREEMENT
    is_return = place.kind is PaperKind.RETURN
    if is_agreement != (place.facility_id is not None) or is_return != (place.case_id is not None):
        raise NotFound
    if is_agreement and place.facility_id not in houses:
        raise NotFound
    cases = cases_of(session, [place.child_id]).get(place.child_id, []) if is_return else []
    if is_return and place.case_id not in {one.id for one in cases}:
        raise NotFound


def _refuse(kind: PaperKind, seen: Seen, today: date) -> None:
    if seen.dated_on > today:
        raise InTheFuture
    if kind in LASTING and seen.valid_until is None:
        raise UntilMissing
    if seen.valid_until is not None and seen.valid_until < seen.dated_on:
        raise UntilBeforeDate
    if kind is PaperKind.AGREEMENT and not seen.version:
        raise VersionMissing
    if kind is PaperKind.AGREEMENT and not seen.signed_by:
        raise SignerMissing


def _refuse_many(session: Session, child_id: int, now: datetime) -> None:
    sent = session.scalar(
        sa.select(sa.func.count()).where(
            ChildPaper.child_id == child_id,
            ChildPaper.uploaded_by.is_not(None),
            ChildPaper.filed_at > now - timedelta(days=1),
        )
    )
    if (sent or 0) >= MOST_UPLOADS:
        raise TooManyUploads(most=MOST_UPLOADS)


def _new(place: PaperPlace, state: PaperState, now: datetime) -> ChildPaper:
    return ChildPaper(
        child_id=place.child_id, kind=place.kind, facility_id=place.facility_id,
        case_id=place.case_id, state=state, filed_at=now, version="",
    )  # fmt: skip


def _waiting(session: Session, child_id: int, paper_id: int, desk: Desk) -> ChildPaper:
    """The row, locked as far as the database can, still waiting."""
    paper_at_house(session, desk.facility_id, child_id, paper_id, clock.day_of(desk.now))
    take_turns(session, f"person:{child_id}")
    paper = session.get_one(ChildPaper, paper_id, populate_existing=True)
    if paper.state is not PaperState.WAITING:
        raise SeenAlready
    return paper


def _confirm(session: Session, paper: ChildPaper, child_id: int, seen: Seen, desk: Desk) -> None:
    place = PaperPlace(child_id, paper.kind, paper.facility_id, paper.case_id)
    _forget_picture(session, _ids(session, place, PaperState.CONFIRMED))
    paper.state = PaperState.CONFIRMED
    paper.dated_on, paper.valid_until = seen.dated_on, seen.valid_until
    if paper.kind is PaperKind.AGREEMENT:
        paper.version = seen.version
        signer = guardian_by_handle(session, child_id, seen.signed_by)
        if signer.state is not BondState.LIVE:
            raise NotFound
        paper.signed_by = signer.account_id
    _decide(paper, desk)
    session.flush()


def _decide(paper: ChildPaper, desk: Desk) -> None:
    paper.decided_by, paper.decided_at = desk.actor_id, desk.now
    paper.decided_where = desk.facility_id


def _replace(session: Session, place: PaperPlace, state: PaperState) -> None:
    """Papers of this place that nobody has looked at make room for the new one."""
    ids = _ids(session, place, state)
    _forget_picture(session, ids)
    session.execute(
        sa.update(ChildPaper)
        .where(ChildPaper.id.in_(ids))
        .values(state=PaperState.REPLACED)
        .execution_options(synchronize_session=False)
    )


def _ids(session: Session, place: PaperPlace, state: PaperState) -> list[int]:
    """Vaccination and deferral stand for each other."""
    kinds = LASTING if place.kind in LASTING else {place.kind}
    return list(
        session.scalars(
            sa.select(ChildPaper.id).where(
                ChildPaper.child_id == place.child_id,
                ChildPaper.kind.in_(kinds),
                ChildPaper.facility_id.is_not_distinct_from(place.facility_id),
                ChildPaper.case_id.is_not_distinct_from(place.case_id),
                ChildPaper.state == state,
            )
        )
    )


def _forget_picture(session: Session, paper_ids: list[int]) -> None:
    session.execute(
        sa.delete(PaperPicture)
        .where(PaperPicture.paper_id.in_(paper_ids))
        .execution_options(synchronize_session=False)
    )


def _note(
    session: Session, deed: str, paper: ChildPaper, *, actor_id: int, facility_id: int | None,
    now: datetime,
) -> None:  # fmt: skip
    session.flush()
    note(
        session, f"entry.{deed}", f"person:{paper.child_id}", actor_id=actor_id,
        facility_id=facility_id, detail=f"paper:{paper.id} {paper.kind}", now=now,
    )  # fmt: skip

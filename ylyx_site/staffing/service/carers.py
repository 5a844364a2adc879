"""The list of carers and their certificates."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.service.checks import from_today_on
from ylyx_site.identity.queries import account_by_phone
from ylyx_site.shared import clock, vault
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import DaySpan
from ylyx_site.staffing.errors import CarerThere, EndsBeforeStarting, ValidBackwards
from ylyx_site.staffing.models import Carer, Certificate, Shift, Worker
from ylyx_site.staffing.queries.carers import carer_of
from ylyx_site.staffing.queries.shifts import days_of_carer
from ylyx_site.staffing.service.following import following
from ylyx_site.staffing.service.keeping import noted
from ylyx_site.staffing.service.shifts import take_off
from ylyx_site.staffing.wishes import (
    CarerChange,
    CarerEnd,
    CarerWish,
    CertificateEnd,
    CertificateWish,
)


def add_carer(
    session: Session, facility_id: int, wish: CarerWish, *, actor_id: int, now: datetime
) -> int:
    """Put somebody on the list, known over all facilities by the number; returns the carer's id.

    Raises `CarerThere` for whoever is on it.
    """
    worker_id = _worker(session, wish.phone)
    living = sa.or_(Carer.ended_on.is_(None), Carer.ended_on > wish.started_on)
    ours = sa.select(Carer.id).where(
        Carer.facility_id == facility_id, Carer.worker_id == worker_id, living
    )
    if session.scalar(ours) is not None:
        raise CarerThere("phone")
    account = account_by_phone(session, wish.phone)
    carer = Carer(
        facility_id=facility_id, worker_id=worker_id, account_id=account.id if account else None,
        name=wish.name, job=wish.job, phone_sealed=vault.seal(wish.phone),
        phone_tail=wish.phone[-4:], started_on=wish.started_on,
    )  # fmt: skip
    session.add(carer)
    session.flush()
    noted(
        session, "carer_added", f"carer:{carer.id}", facility_id,
        actor_id=actor_id, now=now, detail=wish.job.value,
    )  # fmt: skip
    return carer.id


def change_carer(
    session: Session,
    facility_id: int,
    wish: CarerChange,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Give somebody another name or job; a job that does not count lowers the places."""
    row = _row(session, facility_id, wish.carer_id)
    days = _rostered(session, row.id, clock.day_of(now))
    with following(session, facility_id, days, confirmed=confirmed):
        row.name, row.job = wish.name, wish.job
        noted(
            session, "carer_changed", f"carer:{row.id}", facility_id,
            actor_id=actor_id, now=now, detail=wish.job.value,
        )  # fmt: skip


def end_carer(
    session: Session,
    facility_id: int,
    wish: CarerEnd,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Let somebody leave from a day on, whose shifts from then on go.

    Raises `NotFound`, `InThePast`, `EndsBeforeStarting`.
    """
    row = _row(session, facility_id, wish.carer_id)
    from_today_on(wish.ended_on, now, "ended_on")
    if wish.ended_on < row.started_on:
        raise EndsBeforeStarting("ended_on")
    days = _rostered(session, row.id, wish.ended_on)
    with following(session, facility_id, days, confirmed=confirmed):
        gone = sa.select(Shift).where(Shift.carer_id == row.id, Shift.day >= wish.ended_on)
        shifts = session.scalars(gone).all()
        for shift in shifts:
            take_off(session, facility_id, shift)
        row.ended_on = wish.ended_on
        noted(
            session, "carer_ended", f"carer:{row.id}", facility_id,
            actor_id=actor_id, now=now, detail=f"{wish.ended_on} {len(shifts)} shifts",
        )  # fmt: skip


def add_certificate(
    session: Session,
    facility_id: int,
    wish: CertificateWish,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Enter a paper of a carer, which holds on both its days. Raises `ValidBackwards`."""
    row = _row(session, facility_id, wish.carer_id)
    if wish.valid_to < wish.valid_from:
        raise ValidBackwards("valid_to")
    days = _rostered(session, row.id, clock.day_of(now))
    with following(session, facility_id, days, confirmed=confirmed):
        session.add(
            Certificate(
                carer_id=row.id, kind=wish.kind, number_sealed=vault.seal(wish.number),
                number_tail=wish.number[-4:], valid_from=wish.valid_from, valid_to=wish.valid_to,
            )
        )  # fmt: skip
        noted(
            session, "certificate_added", f"carer:{row.id}", facility_id,
            actor_id=actor_id, now=now, detail=f"{wish.kind} {wish.valid_from}..{wish.valid_to}",
        )  # fmt: skip


def withdraw_certificate(
    session: Session,
    facility_id: int,
    wish: CertificateEnd,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Let a paper no longer hold: a mistake, or taken away. Raises `NotFound`."""
    row = _row(session, facility_id, wish.carer_id)
    paper = session.get(Certificate, wish.certificate_id)
    if paper is None or paper.carer_id != row.id or paper.withdrawn_at is not None:
        raise NotFound
    days = _rostered(session, row.id, clock.day_of(now))
    with following(session, facility_id, days, confirmed=confirmed):
        paper.withdrawn_at = now
        noted(
            session, "certificate_withdrawn", f"carer:{row.id}", facility_id,
            actor_id=actor_id, now=now, detail=f"{paper.kind} {paper.valid_from}..{paper.valid_to}",
        )  # fmt: skip


def _worker(session: Session, phone: str) -> int:
    index = vault.blind_index(f"telephone:{phone}")
    session.execute(
        on_conflict(session, Worker).on_conflict_do_nothing(), [{"phone_index": index}]
    )  # fmt: skip
    return session.scalars(sa.select(Worker.id).where(Worker.phone_index == index)).one()


def _row(session: Session, facility_id: int, carer_id: int) -> Carer:
    carer_of(session, facility_id, carer_id)
    return session.scalars(sa.select(Carer).where(Carer.id == carer_id)).one()


def _rostered(session: Session, carer_id: int, first: date) -> DaySpan:
    """From `first` to the last day on which the carer is on the roster."""
    days = days_of_carer(session, carer_id, first)
    return DaySpan(first, days[-1] if days else first)

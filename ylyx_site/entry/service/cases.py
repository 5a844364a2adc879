"""A child's infectious disease: written down once, it keeps the child away from every nursery."""

import json
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.queries.children import child_of_house
from ylyx_site.entry.errors import CaseKnown, IllInTheFuture, UnknownDisease
from ylyx_site.entry.models import ChildCase
from ylyx_site.entry.queries.diseases import cases_of_child, diseases_of_house
from ylyx_site.entry.rules.gate import back_on
from ylyx_site.entry.rules.wishes import CaseWish, Desk
from ylyx_site.families.queries import live_guardians
from ylyx_site.families.service.turns import take_turns
from ylyx_site.journal.service import note
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.shared import clock, vault
from ylyx_site.shared.refusals import N_, NotFound

MOST_DAYS_AGO = 60


def record_case(session: Session, wish: CaseWish, desk: Desk) -> None:
    """Write a case down and tell the guardians that there is something to do, not what.

    The days and the paper are those of the table now; a later change of it changes no case. Raises
    `NotFound`, `UnknownDisease`, `IllInTheFuture`, `CaseKnown`.
    """
    today = clock.day_of(desk.now)
    child_of_house(session, desk.facility_id, wish.child_id, today)
    table = {one.id: one for one in diseases_of_house(session, desk.facility_id)}
    disease = table.get(wish.disease_id)
    if disease is None:
        raise UnknownDisease
    if not today - timedelta(days=MOST_DAYS_AGO) <= wish.fell_ill_on <= today:
        raise IllInTheFuture(most=MOST_DAYS_AGO)
    take_turns(session, f"person:{wish.child_id}")
    _refuse_known(session, wish, disease.name)
    sealed = vault.seal(
        json.dumps({"disease": disease.name, "source": wish.source}, ensure_ascii=False)
    )
    case = ChildCase(
        child_id=wish.child_id, facility_id=desk.facility_id, sealed=sealed,
        fell_ill_on=wish.fell_ill_on, back_on=back_on(wish.fell_ill_on, disease.days),
        needs_paper=disease.needs_paper, recorded_by=desk.actor_id, recorded_at=desk.now,
    )  # fmt: skip
    session.add(case)
    session.flush()
    _note(session, "case_recorded", wish.child_id, case.id, desk)
    _tell(session, case, desk)


def withdraw_case(session: Session, child_id: int, case_id: int, desk: Desk) -> None:
    """A case was written down by mistake; only the nursery that wrote it. Raises `NotFound`."""
    child_of_house(session, desk.facility_id, child_id, clock.day_of(desk.now))
    ended = session.scalars(
        sa.update(ChildCase)
        .where(
            ChildCase.id == case_id,
            ChildCase.child_id == child_id,
            ChildCase.facility_id == desk.facility_id,
            ChildCase.ended_at.is_(None),
        )
        .values(ended_at=desk.now, ended_by=desk.actor_id)
        .returning(ChildCase.id)
        .execution_options(synchronize_session=False)
    ).all()
    if not ended:
        raise NotFound
    _note(session, "case_withdrawn", child_id, case_id, desk)


def _refuse_known(session: Session, wish: CaseWish, disease: str) -> None:
    for one in cases_of_child(session, wish.child_id):
        if one.disease == disease and one.fell_ill_on <= wish.fell_ill_on < one.back_on:
            raise CaseKnown


def _note(session: Session, deed: str, child_id: int, case_id: int, desk: Desk) -> None:
    note(
        session, f"entry.{deed}", f"person:{child_id}", actor_id=desk.actor_id,
        facility_id=desk.facility_id, detail=f"case:{case_id}", now=desk.now,
    )  # fmt: skip


def _tell(session: Session, case: ChildCase, desk: Desk) -> None:
    sentence = N_("老师记了孩子再来之前要做的事。请打开看从哪天起可以来、要带什么。")
    news = News(
        NoticeKind.FAMILY_CARE, sentence, {}, f"/family/people/{case.child_id}/papers",
        f"papers:{case.child_id}", f"entry.case:{case.id}",
    )  # fmt: skip
    plan(session, live_guardians(session, case.child_id), news, now=desk.now)

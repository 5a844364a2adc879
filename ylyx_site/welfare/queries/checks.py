"""Checks of a canteen, for commands and for its pages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families.models import Person
from ylyx_site.identity.models import Account
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.shared import vault
from ylyx_site.shared.refusals import NotFound
from ylyx_site.welfare.kinds import Outcome, StepKind, Why
from ylyx_site.welfare.models import WelfareCheck, WelfareStep

PAGE = 50


@dataclass(frozen=True, slots=True)
class StepFacts:
    """A step as it was written down; `words` opened."""

    check_id: int
    kind: StepKind
    reached: bool
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """A check with its steps, the first step first. `opened_by`, `ended_by`: names, or empty."""

    id: int
    person_id: int
    person: str
    meal_id: int
    day: date
    meal: Meal
    serving: Serving
    why: Why
    opened_at: datetime
    opened_by: str
    escalated_at: datetime | None
    ended_at: datetime | None
    ended_by: str
    outcome: Outcome | None
    words: str
    steps: tuple[StepFacts, ...]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to look."""
        return self.ended_at is None

    @property
    def taken(self) -> frozenset[StepKind]:
        """What has been tried."""
        return frozenset(one.kind for one in self.steps)

    @property
    def is_reached(self) -> bool:
        """Whether somebody spoke with the person or saw them."""
        return any(one.reached for one in self.steps)


def check_of(session: Session, facility_id: int, check_id: int) -> WelfareCheck:
    """A check of this canteen as it stands now; raises `NotFound`."""
    found = session.scalar(
        sa.select(WelfareCheck)
        .where(WelfareCheck.id == check_id, WelfareCheck.facility_id == facility_id)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def open_checks(session: Session, facility_id: int) -> list[CheckFacts]:
    """Those that are open, the longest first. Two queries."""
    return _facts(
        session, WelfareCheck.facility_id == facility_id, WelfareCheck.ended_at.is_(None),
        order=(WelfareCheck.opened_at, WelfareCheck.id), most=None,
    )  # fmt: skip


def ended_checks(session: Session, facility_id: int, page: int = 1) -> list[CheckFacts]:
    """Those that have ended, the latest first; one more than a page tells of more. Two queries."""
    return _facts(
        session, WelfareCheck.facility_id == facility_id, WelfareCheck.ended_at.is_not(None),
        order=(WelfareCheck.ended_at.desc(), WelfareCheck.id.desc()),
        most=PAGE + 1, skip=(page - 1) * PAGE,
    )  # fmt: skip


def check_facts(session: Session, facility_id: int, check_id: int) -> CheckFacts:
    """One check of this canteen; raises `NotFound`."""
    found = _facts(
        session, WelfareCheck.facility_id == facility_id, WelfareCheck.id == check_id,
        order=(WelfareCheck.id,), most=1,
    )  # fmt: skip
    if not found:
        raise NotFound
    return found[0]


def open_meals(session: Session, meal_ids: Collection[int]) -> dict[int, int]:
    """Of these meals, those with an open check: the check's number by the meal's."""
    rows = session.execute(
        sa.select(WelfareCheck.meal_id, WelfareCheck.id).where(
            WelfareCheck.meal_id.in_(meal_ids), WelfareCheck.ended_at.is_(None)
        )
    )
    return {row.meal_id: row.id for row in rows}


def steps_of(session: Session, check_ids: Collection[int]) -> list[StepFacts]:
    """The steps of these checks, the first first."""
    rows = session.execute(
        sa.select(WelfareStep, Account.name)
        .join(Account, Account.id == WelfareStep.by_id)
        .where(WelfareStep.check_id.in_(check_ids))
        .order_by(WelfareStep.at, WelfareStep.id)
    )
    return [
        StepFacts(step.check_id, step.kind, step.reached, _said(step.words_sealed), by, step.at)
        for step, by in rows
    ]


def _facts(
    session: Session,
    *where: sa.ColumnElement[bool],
    order: Sequence[Any],
    most: int | None,
    skip: int = 0,
) -> list[CheckFacts]:
    opened, ended = aliased(Account), aliased(Account)
    rows = session.execute(
        sa.select(WelfareCheck, Person.name, OrderedMeal.serving, opened.name, ended.name)
        .join(Person, Person.id == WelfareCheck.person_id)
        .join(OrderedMeal, OrderedMeal.id == WelfareCheck.meal_id)
        .outerjoin(opened, opened.id == WelfareCheck.opened_by)
        .outerjoin(ended, ended.id == WelfareCheck.ended_by)
        .where(*where)
        .order_by(*order)
        .limit(most)
        .offset(skip)
    ).all()
    steps = steps_of(session, [row[0].id for row in rows])
    return [
        CheckFacts(
            check.id, check.person_id, person, check.meal_id, check.day, check.meal, serving,
            check.why, check.opened_at, opened_by or "", check.escalated_at, check.ended_at,
            ended_by or "", check.outcome, _said(check.words_sealed),
            tuple(one for one in steps if one.check_id == check.id),
        )
        for check, person, serving, opened_by, ended_by in rows
    ]  # fmt: skip


def _said(sealed: str | None) -> str:
    return vault.unseal(sealed) if sealed else ""

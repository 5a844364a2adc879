"""One child's day: what is on record, the checks, the guardians. Whoever shows it journals it."""

import json
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.kinds import CheckKind, Result, Symptom
from ylyx_site.attendance.models import HealthCheck
from ylyx_site.attendance.queries.days import day_of_house
from ylyx_site.childcare.models import CareDay
from ylyx_site.families.kinds import BondState
from ylyx_site.families.models import Person
from ylyx_site.families.queries.people import GuardianFacts, guardians_of
from ylyx_site.identity.models import Account
from ylyx_site.shared import vault


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """A check as it was written; the temperature in tenths of a degree."""

    kind: CheckKind
    result: Result
    tenths: int | None
    symptoms: tuple[Symptom, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChildDay:
    """A child's day at the own house."""

    day: CareDay
    child: str
    guardians: tuple[GuardianFacts, ...]
    checks: tuple[CheckFacts, ...]


def child_day(session: Session, facility_id: int, day_id: int) -> ChildDay:
    """All that staff need at the door about one child; raises `NotFound` for another house."""
    day = day_of_house(session, facility_id, day_id)
    name = session.scalar(sa.select(Person.name).where(Person.id == day.child_id)) or ""
    live = [one for one in guardians_of(session, day.child_id) if one.state is BondState.LIVE]
    return ChildDay(day, name, tuple(live), tuple(_checks(session, day_id)))


def _checks(session: Session, day_id: int) -> list[CheckFacts]:
    rows = session.execute(
        sa.select(
            HealthCheck.kind, HealthCheck.result, HealthCheck.sealed, Account.name, HealthCheck.at
        )
        .join(Account, Account.id == HealthCheck.by_id)
        .where(HealthCheck.care_day_id == day_id)
        .order_by(HealthCheck.id)
    )
    return [_facts(*row) for row in rows]


def _facts(
    kind: CheckKind, result: Result, sealed: str | None, by: str, at: datetime
) -> CheckFacts:
    seen = json.loads(vault.unseal(sealed)) if sealed else {"tenths": None, "symptoms": []}
    symptoms = tuple(Symptom(one) for one in seen["symptoms"])
    return CheckFacts(kind, result, seen["tenths"], symptoms, by, at)

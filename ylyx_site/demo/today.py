"""The day so far at 金星托育中心: its list at the door stands as it would at this hour."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.kinds import CheckKind, Reason, Result
from ylyx_site.attendance.models import Attendance, HealthCheck
from ylyx_site.attendance.rules.wishes import Author, CheckWish
from ylyx_site.attendance.service.absences import Telling, excuse
from ylyx_site.attendance.service.checks import record_check
from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.demo.days import CARER, HEAD
from ylyx_site.demo.rows import insert_rows
from ylyx_site.entry.queries.gate import lacks_of
from ylyx_site.opening.models import OpenedDay
from ylyx_site.shared import clock

OPENED = 7 * 60 + 24
TOLD = 7 * 60 + 28
WARM = 374  # tenths of a degree
UNCHECKED_EVERY = 11  # somebody came in and was not looked at yet


def enter_today(
    session: Session, accounts: dict[str, int], facility_id: int, throws: Random, *, now: datetime
) -> None:
    """Who has come by now, who is away, one who is too warm; nothing before the doors open."""
    days, minute = _booked(session, facility_id, clock.day_of(now)), clock.minute_of(now)
    if not days or minute < TOLD:
        return
    _open(session, accounts[HEAD], facility_id, days[0].day)
    away, warm, *others = days
    told = clock.instant_at(away.day, TOLD)
    excuse(session, [away], Telling(accounts[CARER], told, by_staff=True, reason=Reason.ILL))
    _too_warm(session, warm, Author(facility_id, accounts[CARER], now, ""))
    came = [(one, one.starts + throws.randrange(2, 44)) for one in others]
    _came(session, [one for one in came if one[1] <= minute], accounts[CARER], minute, throws)


def _booked(session: Session, facility_id: int, day: date) -> list[CareDay]:
    """Today's children who may come in, in a mixed order."""
    days = session.scalars(
        sa.select(CareDay)
        .where(
            CareDay.facility_id == facility_id, CareDay.day == day,
            CareDay.state == CareState.BOOKED,
        )
        .order_by(CareDay.id)
    ).all()  # fmt: skip
    lacks = lacks_of(session, facility_id, {one.child_id for one in days}, day)
    return [one for one in days if one.child_id not in lacks and one.starts <= OPENED + 10]


def _open(session: Session, head_id: int, facility_id: int, day: date) -> None:
    row = {
        "facility_id": facility_id, "day": day, "opened_by": head_id,
        "opened_at": clock.instant_at(day, OPENED), "not_good": "", "reason": "",
    }  # fmt: skip
    insert_rows(session, OpenedDay, [row])


def _too_warm(session: Session, day: CareDay, author: Author) -> None:
    record_check(session, day.id, CheckWish(CheckKind.MORNING, WARM, ()), author)


def _came(
    session: Session,
    came: Sequence[tuple[CareDay, int]],
    carer_id: int,
    minute: int,
    throws: Random,
) -> None:
    for one, arrived in came:
        one.arrived_at = clock.instant_at(one.day, arrived)
    session.flush()
    rows = [_attendance(one, carer_id, minute, throws) for one, _ in came]
    insert_rows(session, Attendance, rows)
    insert_rows(session, HealthCheck, list(_checks(came, carer_id)))


def _checks(came: Sequence[tuple[CareDay, int]], carer_id: int) -> Iterable[dict[str, Any]]:
    for number, (one, _) in enumerate(came, 1):
        if number % UNCHECKED_EVERY:
            yield {
                "care_day_id": one.id, "kind": CheckKind.MORNING, "result": Result.OK,
                "sealed": None, "by_id": carer_id, "at": one.arrived_at,
            }  # fmt: skip


def _attendance(one: CareDay, carer_id: int, minute: int, throws: Random) -> dict[str, Any]:
    left = one.ends - throws.randrange(0, 25)
    has_left = left <= minute
    return {
        "care_day_id": one.id,
        "arrived_by": carer_id,
        "left_at": clock.instant_at(one.day, left) if has_left else None,
        "left_by": carer_id if has_left else None,
        "left_with": throws.choice(("mother", "father", "grandparent")) if has_left else "",
    }

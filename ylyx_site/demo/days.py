"""The past days of one nursery: who came, who was late, who stayed away, what was written and paid.

Only 金星托育中心, whose head and carer sign in: its month sheets and notes have something to show.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.attendance.kinds import Area, Ate, Mood, Slept
from ylyx_site.attendance.models import Attendance, DailyNote
from ylyx_site.attendance.rules.notes import NoteWish, packed
from ylyx_site.attendance.service.absences import Telling, excuse
from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.demo.rows import insert_rows
from ylyx_site.fees.kinds import Means, ReceiptKind
from ylyx_site.fees.models import FeeTerms
from ylyx_site.fees.rules.wishes import ReceiptWish
from ylyx_site.fees.service.receipts import record
from ylyx_site.shared import clock, vault
from ylyx_site.shared.months import days_of, month_of

CARER, HEAD = "13800000011", "13800000010"
AWAY, LATE = 0.08, 0.06
TOLD = 7 * 60 + 40
SAID = (
    "搭积木搭得很高，自己收拾好了。", "学会了自己洗手，还提醒了小朋友。",
    "今天会说“老师再见”了。", "和小朋友一起拍球，跑得很开心。",
)  # fmt: skip


def enter_days(
    session: Session, accounts: dict[str, int], facility_id: int, throws: Random, *, now: datetime
) -> None:
    """Write down the days before today, set the table, take a few payments."""
    today = clock.day_of(now)
    first = days_of(month_of(today - timedelta(days=45))).first
    session.add(
        FeeTerms(
            facility_id=facility_id, from_day=first, late_grace=10, late_step=15,
            late_step_fen=500, meal_fen=1500, meal_minute=690, told_days_before=0,
            told_minute=510, told_back=100, untold_back=0, month_fen=0,
        )
    )  # fmt: skip
    days = session.scalars(
        sa.select(CareDay)
        .where(
            CareDay.facility_id == facility_id, CareDay.day < today,
            CareDay.state == CareState.BOOKED,
        )
        .order_by(CareDay.id)
    ).all()  # fmt: skip
    came = _leave_out_the_absent(session, days, accounts, throws)
    _came(session, came, accounts[CARER], throws)
    _notes(session, came, accounts[CARER], throws)
    _payments(session, facility_id, came, accounts[HEAD], now)


def _leave_out_the_absent(
    session: Session, days: Sequence[CareDay], accounts: dict[str, int], throws: Random
) -> list[CareDay]:
    """Some stay away, told in the morning; returns those who came."""
    away = [one for one in days if throws.random() < AWAY]
    for day in sorted({one.day for one in away}):
        told = clock.instant_at(day, TOLD)
        of_day = [one for one in away if one.day == day]
        excuse(session, of_day, Telling(accounts[CARER], told, by_staff=True))
    gone = {one.id for one in away}
    return [one for one in days if one.id not in gone]


def _came(session: Session, days: Sequence[CareDay], carer_id: int, throws: Random) -> None:
    for one in days:
        one.arrived_at = clock.instant_at(one.day, one.starts + throws.randrange(5, 40))
    session.flush()
    insert_rows(session, Attendance, [_attendance(one, carer_id, throws) for one in days])


def _attendance(one: CareDay, carer_id: int, throws: Random) -> dict[str, Any]:
    late = throws.randrange(12, 40) if throws.random() < LATE else -throws.randrange(0, 25)
    return {
        "care_day_id": one.id,
        "arrived_by": carer_id,
        "left_at": clock.instant_at(one.day, one.ends + late),
        "left_by": carer_id,
        "left_with": throws.choice(("mother", "father", "grandparent")),
    }


def _notes(session: Session, days: Sequence[CareDay], carer_id: int, throws: Random) -> None:
    """Notes of the last day of the house, and of each child's last days."""
    last = max((one.day for one in days), default=date.min)
    few = [one for one in days if one.day == last][:8]
    cast = [one for one in days if one.day >= last - timedelta(days=6)][-4:]
    rows = []
    for one in {each.id: each for each in (*few, *cast)}.values():
        wish = NoteWish(
            throws.choice(list(Ate)), throws.choice(list(Slept)), throws.choice(list(Mood)),
            throws.randrange(362, 370), tuple(throws.sample(list(Area), 2)), throws.choice(SAID),
        )  # fmt: skip
        rows.append({
            "care_day_id": one.id, "sealed": vault.seal(packed(wish)), "by_id": carer_id,
            "at": clock.instant_at(one.day, 16 * 60 + throws.randrange(40)),
        })  # fmt: skip
    insert_rows(session, DailyNote, rows)


def _payments(
    session: Session, facility_id: int, days: Sequence[CareDay], head_id: int, now: datetime
) -> None:
    children = list(dict.fromkeys(one.child_id for one in days))[:6]
    for number, child_id in enumerate(children):
        month = next(month_of(one.day) for one in days if one.child_id == child_id)
        wish = ReceiptWish(
            ReceiptKind.PAID, list(Means)[number % len(Means)], 10_000 * (number + 1)
        )
        record(session, facility_id, child_id, month, wish, actor_id=head_id, now=now)
